package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The discriminator's half of an iteration: judges a batch of real images and a batch of generated
 * ones, for the gradient of the discriminator.
 */
final class DiscriminatorHalf implements AutoCloseable {

  /** What the names of the discriminator's parameters start with. */
  static final String DISCRIMINATOR = "discriminator.";

  private static final String REAL = "real";
  private static final String GENERATED = "generated";
  private static final String SHIFT = "shift";
  private static final String MIXTURE = "mixture";
  private static final int JUDGE = 0;

  /** Of the noise that the penalty adds, for samples in -1 to 1. */
  private static final double DEVIATION = 0.01;

  private final Network discriminator;
  private final GraphPlan plan;
  private final PlannedNetwork judging;

  private final AugmentedBatch real;
  private final AugmentedBatch generated;
  private final List<BatchNorm> realNorms;
  private final List<BatchNorm> generatedNorms;
  private final String realLoss;
  private final String generatedLoss;
  private final Optional<String> penalty;
  private final List<String> gradients = new ArrayList<>();
  private final float[] gradient;

  /**
   * Makes the plan.
   *
   * @param discriminator its running statistics are tracked by {@link #judge}
   * @param parameters the arrays of the discriminator's parameters, by the names of the inputs.
   *     Read by each run.
   * @param generatedImages [N, C, H, W] in -1 to 1. Read by each run.
   */
  DiscriminatorHalf(
      TrainingOptions options,
      Network discriminator,
      Map<String, INDArray> parameters,
      INDArray generatedImages) {
    this.discriminator = discriminator;
    gradient = new float[discriminator.values.length];

    SameDiff graph = Engine.newGraph();
    long[] shape = {
      options.batchSize(), options.channels(), options.imageSize(), options.imageSize()
    };
    SDVariable realImages = graph.placeHolder(REAL, DataType.FLOAT, shape);
    SDVariable madeImages = graph.placeHolder(GENERATED, DataType.FLOAT, shape);
    NetworkGraph judge = new NetworkGraph(graph, options, discriminator.shape, DISCRIMINATOR);
    real = new AugmentedBatch("real.", options, realImages);
    NetworkGraph.Output ofReal = judge.judge(real.images());
    generated = new AugmentedBatch("generated.", options, madeImages);
    NetworkGraph.Output ofGenerated = judge.judge(generated.images());
    realNorms = ofReal.norms();
    generatedNorms = ofGenerated.norms();
    SDVariable missed = options.loss().ofReal(ofReal.value());
    SDVariable fooled = options.loss().ofGenerated(ofGenerated.value());
    SDVariable total = missed.add(fooled);
    realLoss = missed.name();
    generatedLoss = fooled.name();
    Set<String> inputs = PlannedNetwork.inputs(discriminator.shape, DISCRIMINATOR);
    if (options.gradientPenalty() > 0) {
      inputs.addAll(List.of(SHIFT, MIXTURE));
      SDVariable shift = graph.placeHolder(SHIFT, DataType.FLOAT, shape);
      SDVariable mixture = graph.placeHolder(MIXTURE, DataType.FLOAT, options.batchSize(), 1, 1, 1);
      SDVariable points = real.images().add(generated.images().sub(real.images()).mul(mixture));
      SDVariable moved = judge.judge(points.add(shift.mul(DEVIATION))).value();
      SDVariable slope = moved.sub(judge.judge(points).value()).mul(1 / DEVIATION);
      SDVariable excess = options.loss().penalty(slope);
      total = total.add(excess.mul(options.gradientPenalty()));
      penalty = Optional.of(excess.name());
    } else {
      penalty = Optional.empty();
    }
    GraphPlan.addGradients(graph, total, judge.parameters())
        .forEach(variable -> gradients.add(variable.name()));

    inputs.add(REAL);
    inputs.add(GENERATED);
    inputs.addAll(real.inputs());
    inputs.addAll(generated.inputs());
    Set<String> wanted = new HashSet<>(gradients);
    wanted.addAll(List.of(realLoss, generatedLoss));
    penalty.ifPresent(wanted::add);
    realNorms.forEach(norm -> wanted.addAll(norm.statistics()));
    generatedNorms.forEach(norm -> wanted.addAll(norm.statistics()));
    Map<String, INDArray> shared = new HashMap<>(parameters);
    shared.put(GENERATED, generatedImages);
    plan = GraphPlan.trainable(graph, List.of(inputs), shared, wanted);
    judging = new PlannedNetwork(plan, discriminator.shape, DISCRIMINATOR);
  }

  /**
   * Judges both batches, and tracks the discriminator's running statistics.
   *
   * @param draw real images, and what the penalty needs. Not modified.
   * @param draws where the augmentations come from
   * @param step the number of the update, from 1
   */
  void judge(DcganDraw draw, Draws draws, int step) {
    plan.set(REAL, draw.real(), 0);
    if (penalty.isPresent()) {
      plan.set(SHIFT, draw.shift(), 0);
      plan.set(MIXTURE, draw.mixture(), 0);
    }
    real.draw(plan, draws.random(Draws.Purpose.AUGMENTED_REAL, step));
    generated.draw(plan, draws.random(Draws.Purpose.AUGMENTED_GENERATED, step));
    plan.run(JUDGE);
    discriminator.running.track(judging.statistics(realNorms));
    discriminator.running.track(judging.statistics(generatedNorms));
  }

  /** The gradient of the last judgement for the discriminator's values. */
  float[] gradient() {
    judging.gradient(gradients, gradient);
    return gradient;
  }

  float realLoss() {
    return PlannedNetwork.scalar(plan, realLoss);
  }

  /** Without its weight; 0 under a loss without one. */
  float penalty() {
    return penalty.map(name -> PlannedNetwork.scalar(plan, name)).orElse(0f);
  }

  float generatedLoss() {
    return PlannedNetwork.scalar(plan, generatedLoss);
  }

  @Override
  public void close() {
    plan.close();
  }
}
