package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The generator's half of an iteration: makes images from latents, and later has the discriminator
 * judge these images for the gradient of the generator.
 *
 * <p>Its plan has two stages. The first is the generator alone. The second judges the images that
 * the first has made, with the discriminator's weights of that time, and goes back through both
 * networks.
 */
final class GeneratorHalf implements AutoCloseable {

  /** What the names of the generator's parameters start with. */
  static final String GENERATOR = "generator.";

  private static final String LATENTS = "z";
  private static final int GENERATE = 0;
  private static final int JUDGE = 1;

  private final Network generator;
  private final Network discriminator;
  private final GraphPlan plan;
  private final PlannedNetwork making;
  private final PlannedNetwork judging;

  private final String images;
  private final List<BatchNorm> makingNorms;
  private final AugmentedBatch judged;
  private final List<BatchNorm> judgingNorms;
  private final String loss;
  private final List<String> gradients = new ArrayList<>();
  private final float[] gradient;

  /**
   * Makes the plan.
   *
   * @param generator its running statistics are tracked by {@link #generate}
   * @param discriminator its running statistics are tracked by {@link #judge}
   */
  GeneratorHalf(TrainingOptions options, Network generator, Network discriminator) {
    this.generator = generator;
    this.discriminator = discriminator;
    gradient = new float[generator.values.length];

    SameDiff graph = Engine.newGraph();
    SDVariable z =
        graph.placeHolder(LATENTS, DataType.FLOAT, options.batchSize(), options.latentSize());
    NetworkGraph maker = new NetworkGraph(graph, options, generator.shape, GENERATOR);
    NetworkGraph judge =
        new NetworkGraph(graph, options, discriminator.shape, DiscriminatorHalf.DISCRIMINATOR);
    NetworkGraph.Output made = maker.generate(z);
    judged = new AugmentedBatch("judged.", options, made.value());
    NetworkGraph.Output judgement = judge.judge(judged.images());
    images = made.value().name();
    makingNorms = made.norms();
    judgingNorms = judgement.norms();
    SDVariable takenForReal = options.loss().ofJudged(judgement.value());
    loss = takenForReal.name();
    GraphPlan.addGradients(graph, takenForReal, maker.parameters())
        .forEach(variable -> gradients.add(variable.name()));

    Set<String> first = PlannedNetwork.inputs(generator.shape, GENERATOR);
    first.add(LATENTS);
    Set<String> second =
        PlannedNetwork.inputs(discriminator.shape, DiscriminatorHalf.DISCRIMINATOR);
    second.addAll(judged.inputs());
    Set<String> wanted = new HashSet<>(gradients);
    wanted.addAll(List.of(images, loss));
    makingNorms.forEach(norm -> wanted.addAll(norm.statistics()));
    judgingNorms.forEach(norm -> wanted.addAll(norm.statistics()));
    plan = GraphPlan.trainable(graph, List.of(first, second), Map.of(), wanted);
    making = new PlannedNetwork(plan, generator.shape, GENERATOR);
    judging = new PlannedNetwork(plan, discriminator.shape, DiscriminatorHalf.DISCRIMINATOR);
  }

  /** The generator in the plan. */
  PlannedNetwork generator() {
    return making;
  }

  /** The discriminator in the plan. */
  PlannedNetwork discriminator() {
    return judging;
  }

  /** The array of the images that the last run of the generator made, [N, C, H, W]. */
  INDArray images() {
    return plan.array(images);
  }

  /** Mean and variance of each of the generator's batch norm layers in its last run. */
  List<INDArray[]> statisticsOfGenerator() {
    List<INDArray[]> statistics = new ArrayList<>();
    for (BatchNorm norm : makingNorms) {
      statistics.add(
          new INDArray[] {plan.array(norm.mean().name()), plan.array(norm.variance().name())});
    }
    return statistics;
  }

  /** Makes images, and tracks the generator's running statistics. */
  void generate(float[] z) {
    generator.running.track(statisticsOver(z));
  }

  /** Makes images, and gives the statistics of the generator's batch norm layers. */
  ChannelStatistics statisticsOver(float[] z) {
    plan.set(LATENTS, z, 0);
    plan.run(GENERATE);
    return making.statistics(makingNorms);
  }

  /**
   * Judges the images that were made last, and tracks the discriminator's running statistics.
   *
   * @param random where the augmentation comes from
   * @return the loss
   */
  float judge(Random random) {
    judged.draw(plan, random);
    plan.run(JUDGE);
    discriminator.running.track(judging.statistics(judgingNorms));
    return PlannedNetwork.scalar(plan, loss);
  }

  /** The gradient of the last judgement for the generator's values, which may be modified. */
  float[] gradient() {
    making.gradient(gradients, gradient);
    return gradient;
  }

  @Override
  public void close() {
    plan.close();
  }
}
