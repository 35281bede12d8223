package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One iteration: an update of the discriminator, then one of the generator, on the same generated
 * images (Goodfellow et al., <i>Generative Adversarial Nets</i>, NeurIPS 2014, algorithm 1 with the
 * non-saturating loss of its section 3), whose gradient that of a {@link Reconstruction} may be
 * added to.
 *
 * <p>The generator runs forward once. Its images go to the discriminator's plan; after the update
 * of the discriminator, the second stage of the generator's plan judges the same images with the
 * new weights and goes back through both networks.
 */
final class Iteration implements AutoCloseable {

  private static final String LATENTS = "z";
  private static final String REAL = "real";
  private static final String GENERATED = "generated";

  /** What the names of the generator's parameters start with. */
  static final String G = "generator.";

  private static final String D = "discriminator.";

  /**
   * The losses of an iteration, each the mean over a batch.
   *
   * @param real -log D(x)
   * @param generated -log(1 - D(G(z)))
   * @param generator -log D(G(z)) after the discriminator's update
   * @param reconstruction the mean absolute difference of images that are given back; 0 without an
   *     encoder
   */
  record Losses(float real, float generated, float generator, float reconstruction) {}

  private final TrainingOptions options;
  private final Network generator;
  private final Network discriminator;
  private final float[] generatorGradient;
  private final float[] discriminatorGradient;

  private final GraphPlan generatorPlan;
  private final List<String> generatorGradients = new ArrayList<>();
  private final String images;
  private final String generatorLoss;
  private final List<BatchNorm> generatorNorms;
  private final List<BatchNorm> judgedNorms;

  private final Optional<Augmentation> ofJudged;
  private final Optional<Augmentation> ofReal;
  private final Optional<Augmentation> ofGenerated;

  private final GraphPlan discriminatorPlan;
  private final List<String> discriminatorGradients = new ArrayList<>();
  private final String realLoss;
  private final String generatedLoss;
  private final List<BatchNorm> realNorms;
  private final List<BatchNorm> generatedNorms;

  private final Optional<Reconstruction> reconstruction;

  /**
   * Makes the plans.
   *
   * @param options what the networks are
   * @param generator updated by each iteration
   * @param discriminator updated by each iteration
   * @param encoder updated by each iteration; empty for a plain DCGAN
   */
  Iteration(
      TrainingOptions options,
      Network generator,
      Network discriminator,
      Optional<Network> encoder) {
    this.options = options;
    this.generator = generator;
    this.discriminator = discriminator;
    this.generatorGradient = new float[generator.values.length];
    this.discriminatorGradient = new float[discriminator.values.length];

    ofJudged = augmentation("judged.");
    ofReal = augmentation("real.");
    ofGenerated = augmentation("generated.");

    SameDiff graph = SameDiff.create();
    SDVariable z =
        graph.placeHolder(LATENTS, DataType.FLOAT, options.batchSize(), options.latentSize());
    NetworkGraph made = new NetworkGraph(graph, options, generator.shape, G);
    NetworkGraph judge = new NetworkGraph(graph, options, discriminator.shape, D);
    NetworkGraph.Output output = made.generate(z);
    NetworkGraph.Output judged = judge.judge(augmented(ofJudged, output.value()));
    images = output.value().name();
    generatorNorms = output.norms();
    judgedNorms = judged.norms();
    SDVariable loss = softplus(judged.value().neg()).mean();
    generatorLoss = loss.name();
    GraphPlan.addGradients(graph, loss, made.parameters())
        .forEach(gradient -> generatorGradients.add(gradient.name()));
    Set<String> wanted = new HashSet<>(generatorGradients);
    wanted.addAll(List.of(images, generatorLoss));
    addNames(wanted, generatorNorms);
    addNames(wanted, judgedNorms);
    Set<String> first = names(made.parameters());
    first.add(LATENTS);
    Set<String> second = names(judge.parameters());
    ofJudged.ifPresent(augmentation -> second.addAll(augmentation.inputs()));
    generatorPlan = GraphPlan.trainable(graph, List.of(first, second), Map.of(), wanted);

    graph = SameDiff.create();
    long[] shape = {
      options.batchSize(), options.channels(), options.imageSize(), options.imageSize()
    };
    SDVariable real = graph.placeHolder(REAL, DataType.FLOAT, shape);
    SDVariable generated = graph.placeHolder(GENERATED, DataType.FLOAT, shape);
    judge = new NetworkGraph(graph, options, discriminator.shape, D);
    NetworkGraph.Output known = judge.judge(augmented(ofReal, real));
    NetworkGraph.Output unknown = judge.judge(augmented(ofGenerated, generated));
    realNorms = known.norms();
    generatedNorms = unknown.norms();
    SDVariable missed = softplus(known.value().neg()).mean();
    SDVariable fooled = softplus(unknown.value()).mean();
    realLoss = missed.name();
    generatedLoss = fooled.name();
    GraphPlan.addGradients(graph, missed.add(fooled), judge.parameters())
        .forEach(gradient -> discriminatorGradients.add(gradient.name()));
    wanted = new HashSet<>(discriminatorGradients);
    wanted.addAll(List.of(realLoss, generatedLoss));
    addNames(wanted, realNorms);
    addNames(wanted, generatedNorms);
    Set<String> all = names(judge.parameters());
    all.add(REAL);
    all.add(GENERATED);
    ofReal.ifPresent(augmentation -> all.addAll(augmentation.inputs()));
    ofGenerated.ifPresent(augmentation -> all.addAll(augmentation.inputs()));
    Map<String, INDArray> shared = new HashMap<>();
    shared.put(GENERATED, generatorPlan.array(images));
    for (SDVariable parameter : judge.parameters()) {
      shared.put(parameter.name(), generatorPlan.array(parameter.name()));
    }
    discriminatorPlan = GraphPlan.trainable(graph, List.of(all), shared, wanted);
    reconstruction = encoder.map(some -> reconstruction(made.parameters(), some));
    load();
  }

  /** Reads the generator's parameters and statistics where its plan has them. */
  private Reconstruction reconstruction(List<SDVariable> parameters, Network encoder) {
    Map<String, INDArray> shared = new HashMap<>();
    for (SDVariable parameter : parameters) {
      shared.put(parameter.name(), generatorPlan.array(parameter.name()));
    }
    List<INDArray[]> statistics = new ArrayList<>();
    for (BatchNorm norm : generatorNorms) {
      statistics.add(
          new INDArray[] {
            generatorPlan.array(norm.mean().name()), generatorPlan.array(norm.variance().name())
          });
    }
    return new Reconstruction(options, generator, encoder, shared, statistics);
  }

  private Optional<Augmentation> augmentation(String name) {
    return options.augmented() ? Optional.of(new Augmentation(name, options)) : Optional.empty();
  }

  private static SDVariable augmented(Optional<Augmentation> augmentation, SDVariable images) {
    return augmentation.map(some -> some.apply(images)).orElse(images);
  }

  /**
   * log(1 + exp(l)), finite for every l; ND4J's own overflows from l = 89 on. The derivative is
   * sigmoid(l).
   */
  private static SDVariable softplus(SDVariable logit) {
    SameDiff graph = logit.getSameDiff();
    SDVariable size = graph.math().abs(logit);
    SDVariable tail = graph.math().log1p(graph.math().exp(graph.math().neg(size)));
    return logit.add(size).mul(0.5).add(tail);
  }

  private static void addNames(Set<String> names, List<BatchNorm> norms) {
    for (BatchNorm norm : norms) {
      names.add(norm.mean().name());
      names.add(norm.variance().name());
    }
  }

  private static Set<String> names(List<SDVariable> variables) {
    Set<String> names = new HashSet<>();
    variables.forEach(variable -> names.add(variable.name()));
    return names;
  }

  /** Hands the values of all networks to the plans, after they were set from outside. */
  void load() {
    set(G, generator.shape, generator.values);
    set(D, discriminator.shape, discriminator.values);
    reconstruction.ifPresent(Reconstruction::load);
  }

  private void set(String prefix, Shape shape, float[] values) {
    for (Shape.Parameter parameter : shape.parameters()) {
      generatorPlan.set(prefix + parameter.name(), values, parameter.from());
    }
  }

  /**
   * Updates all networks.
   *
   * @param z latents of a batch
   * @param real a batch of images, [N, C, H, W] in -1 to 1
   * @param draws where augmentations come from
   * @param step the number of the update, from 1
   * @return the losses
   */
  Losses run(float[] z, float[] real, Draws draws, int step) {
    generatorPlan.set(LATENTS, z, 0);
    generatorPlan.run(0);
    track(generator, generatorPlan, generatorNorms);

    discriminatorPlan.set(REAL, real, 0);
    draw(ofReal, discriminatorPlan, draws.random(Draws.Purpose.AUGMENTED_REAL, step));
    draw(ofGenerated, discriminatorPlan, draws.random(Draws.Purpose.AUGMENTED_GENERATED, step));
    discriminatorPlan.run(0);
    track(discriminator, discriminatorPlan, realNorms);
    track(discriminator, discriminatorPlan, generatedNorms);
    fetch(discriminatorPlan, discriminatorGradients, discriminator.shape, discriminatorGradient);
    discriminator.adam.update(discriminator.values, discriminatorGradient, step);
    set(D, discriminator.shape, discriminator.values);

    draw(ofJudged, generatorPlan, draws.random(Draws.Purpose.AUGMENTED_JUDGED, step));
    generatorPlan.run(1);
    track(discriminator, generatorPlan, judgedNorms);
    fetch(generatorPlan, generatorGradients, generator.shape, generatorGradient);
    float difference =
        reconstruction.map(some -> some.run(real, generatorGradient, step)).orElse(0f);
    generator.adam.update(generator.values, generatorGradient, step);
    set(G, generator.shape, generator.values);
    return new Losses(
        scalar(discriminatorPlan, realLoss),
        scalar(discriminatorPlan, generatedLoss),
        scalar(generatorPlan, generatorLoss),
        difference);
  }

  private static void draw(Optional<Augmentation> augmentation, GraphPlan plan, Random random) {
    augmentation.ifPresent(some -> some.set(plan, some.draw(random)));
  }

  static float scalar(GraphPlan plan, String name) {
    float[] value = new float[1];
    plan.get(name, value, 0);
    return value[0];
  }

  static void fetch(GraphPlan plan, List<String> gradients, Shape shape, float[] into) {
    for (int i = 0; i < gradients.size(); i++) {
      plan.get(gradients.get(i), into, shape.parameters().get(i).from());
    }
  }

  private void track(Network network, GraphPlan plan, List<BatchNorm> norms) {
    network.running.track(statistics(network, plan, norms));
  }

  /** What the batch norm layers saw in the last run; variances with divisor count - 1. */
  private ChannelStatistics statistics(Network network, GraphPlan plan, List<BatchNorm> norms) {
    ChannelStatistics batch = new ChannelStatistics(network.shape.channels());
    for (int i = 0; i < norms.size(); i++) {
      Shape.Norm norm = network.shape.norms().get(i);
      plan.get(norms.get(i).mean().name(), batch.mean, norm.from());
      plan.get(norms.get(i).variance().name(), batch.variance, norm.from());
      int side = network == generator ? 4 << i : options.imageSize() >> (i + 2);
      double count = (double) options.batchSize() * side * side;
      for (int c = norm.from(); c < norm.from() + norm.channels(); c++) {
        batch.variance[c] = (float) (batch.variance[c] * (count / (count - 1)));
      }
    }
    return batch;
  }

  /**
   * The statistics that a generator's batch norm layers have over several batches: what its running
   * statistics should be, for weights that were never trained themselves because they are an
   * average.
   *
   * @param values of the generator's parameters
   * @param latents a batch of latents each
   */
  ChannelStatistics calibrate(float[] values, List<float[]> latents) {
    set(G, generator.shape, values);
    List<ChannelStatistics> batches = new ArrayList<>();
    for (float[] z : latents) {
      generatorPlan.set(LATENTS, z, 0);
      generatorPlan.run(0);
      batches.add(statistics(generator, generatorPlan, generatorNorms));
    }
    set(G, generator.shape, generator.values);
    return ChannelStatistics.mean(batches);
  }

  @Override
  public void close() {
    reconstruction.ifPresent(Reconstruction::close);
    discriminatorPlan.close();
    generatorPlan.close();
  }
}
