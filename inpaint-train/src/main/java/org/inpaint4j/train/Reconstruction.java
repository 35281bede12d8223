package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps a generator from leaving out images. An encoder finds latents of real images, and the
 * generator learns to reproduce these images from them, by the mean absolute difference.
 *
 * <p>The adversarial loss alone asks that generated images look real. It does not ask that all
 * kinds of real images be generated. Larsen, Sønderby, Larochelle, Winther, <i>Autoencoding beyond
 * pixels using a learned similarity metric</i>, ICML 2016, train an encoder, a generator and a
 * discriminator together. Two things differ here: the difference is between pixels, which is what a
 * search of the latent space compares, and batch norm gives the latents the mean and variance of
 * the prior, in place of a divergence.
 *
 * <p>The generator applies the batch norm statistics of generated images, as it does when it is
 * searched, and not those of the batch that it reproduces.
 */
final class Reconstruction implements AutoCloseable {

  private static final String REAL = "real";
  private static final String ENCODER = "encoder.";

  /**
   * Iterations until the loss has its full weight for the generator, which cannot learn from an
   * untrained encoder. The encoder's own updates do not depend on the weight.
   */
  private static final int RAMP = 500;

  private final Network encoder;
  private final double weight;
  private final GraphPlan plan;
  private final PlannedNetwork making;
  private final PlannedNetwork finding;
  private final String loss;
  private final List<String> generatorGradients = new ArrayList<>();
  private final List<String> encoderGradients = new ArrayList<>();
  private final float[] generatorGradient;
  private final float[] encoderGradient;

  /**
   * Makes the plan.
   *
   * @param generator the generator; its values are read from the shared arrays
   * @param encoder updated by each run
   * @param shared the arrays of the generator's parameters, by the names of its network with {@code
   *     generator.} before them
   * @param statistics mean and variance of each of the generator's batch norm layers, [1, C, 1, 1]
   */
  Reconstruction(
      TrainingOptions options,
      Network generator,
      Network encoder,
      Map<String, INDArray> shared,
      List<INDArray[]> statistics) {
    this.encoder = encoder;
    weight = options.reconstruction();
    generatorGradient = new float[generator.values.length];
    encoderGradient = new float[encoder.values.length];

    SameDiff graph = Engine.newGraph();
    SDVariable real =
        graph.placeHolder(
            REAL,
            DataType.FLOAT,
            options.batchSize(),
            options.channels(),
            options.imageSize(),
            options.imageSize());
    NetworkGraph finder = new NetworkGraph(graph, options, encoder.shape, ENCODER);
    NetworkGraph maker = new NetworkGraph(graph, options, generator.shape, GeneratorHalf.GENERATOR);
    Map<String, INDArray> arrays = new HashMap<>(shared);
    Set<String> inputs = new HashSet<>(Set.of(REAL));
    List<SDVariable[]> given = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      SDVariable[] pair = new SDVariable[2];
      for (int k = 0; k < 2; k++) {
        String name = (k == 0 ? "mean-" : "variance-") + i;
        pair[k] = graph.placeHolder(name, DataType.FLOAT, statistics.get(i)[k].shape());
        arrays.put(name, statistics.get(i)[k]);
        inputs.add(name);
      }
      given.add(pair);
    }
    SDVariable made = maker.generate(finder.encode(real), given).value();
    SDVariable difference = graph.math().abs(made.sub(real)).mean();
    loss = difference.name();
    List<SDVariable> parameters = new ArrayList<>(maker.parameters());
    parameters.addAll(finder.parameters());
    List<SDVariable> gradients = GraphPlan.addGradients(graph, difference, parameters);
    int ofGenerator = maker.parameters().size();
    for (int i = 0; i < gradients.size(); i++) {
      (i < ofGenerator ? generatorGradients : encoderGradients).add(gradients.get(i).name());
      inputs.add(parameters.get(i).name());
    }
    Set<String> wanted = new HashSet<>(generatorGradients);
    wanted.addAll(encoderGradients);
    wanted.add(loss);
    plan = GraphPlan.trainable(graph, List.of(inputs), arrays, wanted);
    making = new PlannedNetwork(plan, generator.shape, GeneratorHalf.GENERATOR);
    finding = new PlannedNetwork(plan, encoder.shape, ENCODER);
    load();
  }

  /** Hands the encoder's values to the plan, after they were set from outside. */
  void load() {
    finding.set(encoder.values);
  }

  /**
   * Updates the encoder, and adds to the gradient of the generator.
   *
   * @param real a batch of images, [N, C, H, W] in -1 to 1. Not modified.
   * @param gradient of the generator's values. Modified.
   * @param step the number of the update, from 1
   * @return the mean absolute difference, before its weight
   */
  float run(float[] real, float[] gradient, int step) {
    plan.set(REAL, real, 0);
    plan.run(0);
    making.gradient(generatorGradients, generatorGradient);
    float factor = (float) (weight * Math.min(1, step / (double) RAMP));
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += factor * generatorGradient[i];
    }
    finding.gradient(encoderGradients, encoderGradient);
    encoder.adam.update(encoder.values, encoderGradient, step);
    load();
    return PlannedNetwork.scalar(plan, loss);
  }

  @Override
  public void close() {
    plan.close();
  }
}
