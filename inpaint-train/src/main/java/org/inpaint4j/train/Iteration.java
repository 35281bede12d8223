package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.GradientPlan;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One iteration: an update of the discriminator, then one of the generator, on the same generated
 * images (Goodfellow et al., <i>Generative Adversarial Nets</i>, NeurIPS 2014, algorithm 1 with the
 * non-saturating loss of its section 3).
 *
 * <p>The generator runs forward once. Its images go to the discriminator's plan; after the update
 * of the discriminator, the second stage of the generator's plan judges the same images with the
 * new weights and goes back through both networks.
 */
final class Iteration implements AutoCloseable {

  private static final String LATENTS = "z";
  private static final String REAL = "real";
  private static final String GENERATED = "generated";
  private static final String G = "generator.";
  private static final String D = "discriminator.";

  /**
   * The losses of an iteration, each the mean over a batch.
   *
   * @param real -log D(x)
   * @param generated -log(1 - D(G(z)))
   * @param generator -log D(G(z)) after the discriminator's update
   */
  record Losses(float real, float generated, float generator) {}

  private final TrainingOptions options;
  private final Network generator;
  private final Network discriminator;
  private final float[] generatorGradient;
  private final float[] discriminatorGradient;

  private final GradientPlan generatorPlan;
  private final List<String> generatorGradients = new ArrayList<>();
  private final String images;
  private final String generatorLoss;
  private final List<BatchNorm> generatorNorms;
  private final List<BatchNorm> judgedNorms;

  private final GradientPlan discriminatorPlan;
  private final List<String> discriminatorGradients = new ArrayList<>();
  private final String realLoss;
  private final String generatedLoss;
  private final List<BatchNorm> realNorms;
  private final List<BatchNorm> generatedNorms;

  /**
   * Makes both plans.
   *
   * @param options what the networks are
   * @param generator updated by each iteration
   * @param discriminator updated by each iteration
   */
  Iteration(TrainingOptions options, Network generator, Network discriminator) {
    this.options = options;
    this.generator = generator;
    this.discriminator = discriminator;
    this.generatorGradient = new float[generator.values.length];
    this.discriminatorGradient = new float[discriminator.values.length];

    SameDiff graph = SameDiff.create();
    SDVariable z =
        graph.placeHolder(LATENTS, DataType.FLOAT, options.batchSize(), options.latentSize());
    NetworkGraph made = new NetworkGraph(graph, options, generator.shape, G);
    NetworkGraph judge = new NetworkGraph(graph, options, discriminator.shape, D);
    NetworkGraph.Output output = made.generate(z);
    NetworkGraph.Output judged = judge.judge(output.value());
    images = output.value().name();
    generatorNorms = output.norms();
    judgedNorms = judged.norms();
    SDVariable loss = softplus(judged.value().neg()).mean();
    generatorLoss = loss.name();
    GradientPlan.addGradients(graph, loss, made.parameters())
        .forEach(gradient -> generatorGradients.add(gradient.name()));
    Set<String> wanted = new HashSet<>(generatorGradients);
    wanted.addAll(List.of(images, generatorLoss));
    addNames(wanted, generatorNorms);
    addNames(wanted, judgedNorms);
    Set<String> first = names(made.parameters());
    first.add(LATENTS);
    generatorPlan =
        GradientPlan.compile(graph, List.of(first, names(judge.parameters())), Map.of(), wanted);

    graph = SameDiff.create();
    long[] shape = {
      options.batchSize(), options.channels(), options.imageSize(), options.imageSize()
    };
    SDVariable real = graph.placeHolder(REAL, DataType.FLOAT, shape);
    SDVariable generated = graph.placeHolder(GENERATED, DataType.FLOAT, shape);
    judge = new NetworkGraph(graph, options, discriminator.shape, D);
    NetworkGraph.Output ofReal = judge.judge(real);
    NetworkGraph.Output ofGenerated = judge.judge(generated);
    realNorms = ofReal.norms();
    generatedNorms = ofGenerated.norms();
    SDVariable missed = softplus(ofReal.value().neg()).mean();
    SDVariable fooled = softplus(ofGenerated.value()).mean();
    realLoss = missed.name();
    generatedLoss = fooled.name();
    GradientPlan.addGradients(graph, missed.add(fooled), judge.parameters())
        .forEach(gradient -> discriminatorGradients.add(gradient.name()));
    wanted = new HashSet<>(discriminatorGradients);
    wanted.addAll(List.of(realLoss, generatedLoss));
    addNames(wanted, realNorms);
    addNames(wanted, generatedNorms);
    Set<String> all = names(judge.parameters());
    all.add(REAL);
    all.add(GENERATED);
    Map<String, INDArray> shared = new HashMap<>();
    shared.put(GENERATED, generatorPlan.array(images));
    for (SDVariable parameter : judge.parameters()) {
      shared.put(parameter.name(), generatorPlan.array(parameter.name()));
    }
    discriminatorPlan = GradientPlan.compile(graph, List.of(all), shared, wanted);
    load();
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

  /** Hands the values of both networks to the plans, after they were set from outside. */
  void load() {
    set(G, generator.shape, generator.values);
    set(D, discriminator.shape, discriminator.values);
  }

  private void set(String prefix, Shape shape, float[] values) {
    for (Shape.Parameter parameter : shape.parameters()) {
      generatorPlan.set(prefix + parameter.name(), values, parameter.from());
    }
  }

  /**
   * Updates both networks.
   *
   * @param z latents of a batch
   * @param real a batch of images, [N, C, H, W] in -1 to 1
   * @param step the number of the update, from 1
   * @return the losses
   */
  Losses run(float[] z, float[] real, int step) {
    generatorPlan.set(LATENTS, z, 0);
    generatorPlan.run(0);
    track(generator, generatorPlan, generatorNorms);

    discriminatorPlan.set(REAL, real, 0);
    discriminatorPlan.run(0);
    track(discriminator, discriminatorPlan, realNorms);
    track(discriminator, discriminatorPlan, generatedNorms);
    fetch(discriminatorPlan, discriminatorGradients, discriminator.shape, discriminatorGradient);
    discriminator.adam.update(discriminator.values, discriminatorGradient, step);
    set(D, discriminator.shape, discriminator.values);

    generatorPlan.run(1);
    track(discriminator, generatorPlan, judgedNorms);
    fetch(generatorPlan, generatorGradients, generator.shape, generatorGradient);
    generator.adam.update(generator.values, generatorGradient, step);
    set(G, generator.shape, generator.values);
    return new Losses(
        scalar(discriminatorPlan, realLoss),
        scalar(discriminatorPlan, generatedLoss),
        scalar(generatorPlan, generatorLoss));
  }

  private static float scalar(GradientPlan plan, String name) {
    float[] value = new float[1];
    plan.get(name, value, 0);
    return value[0];
  }

  private static void fetch(GradientPlan plan, List<String> gradients, Shape shape, float[] into) {
    for (int i = 0; i < gradients.size(); i++) {
      plan.get(gradients.get(i), into, shape.parameters().get(i).from());
    }
  }

  private void track(Network network, GradientPlan plan, List<BatchNorm> norms) {
    network.running.track(statistics(network, plan, norms));
  }

  /** What the batch norm layers saw in the last run; variances with divisor count - 1. */
  private ChannelStatistics statistics(Network network, GradientPlan plan, List<BatchNorm> norms) {
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

  /** The ops of an iteration with their times, without the updates. */
  List<GradientPlan.OpTime> profile() {
    List<GradientPlan.OpTime> times = new ArrayList<>(generatorPlan.profile(0));
    times.addAll(discriminatorPlan.profile(0));
    times.addAll(generatorPlan.profile(1));
    return times;
  }

  @Override
  public void close() {
    discriminatorPlan.close();
    generatorPlan.close();
  }
}
