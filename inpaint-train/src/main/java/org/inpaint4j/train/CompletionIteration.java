package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One iteration of a completion network: an update of the discriminator, then one of the network,
 * on the same completions. What is computed is what {@code tools/completion/train_completion.py}
 * computes.
 */
final class CompletionIteration implements AutoCloseable {

  private static final int COMPLETE = 0;
  private static final int REVIEW = 1;

  /** The pictures of an iteration. */
  static final class Pictures {
    private final float[] truth;
    private final float[] holes;
    private final float[] latents;

    /**
     * Keeps the arrays, which are not modified.
     *
     * @param truth [N, 3, S, S] in -1 to 1
     * @param holes [N, 1, S, S], 1 in the hole, 0 on known pixels
     * @param latents [N, latent size]
     */
    Pictures(float[] truth, float[] holes, float[] latents) {
      this.truth = truth;
      this.holes = holes;
      this.latents = latents;
    }

    float[] truth() {
      return truth;
    }

    float[] holes() {
      return holes;
    }

    float[] latents() {
      return latents;
    }
  }

  /**
   * The losses of an iteration.
   *
   * @param real -log D of the true pictures
   * @param made -log(1 - D) of the composited ones
   * @param review those of the completion network
   */
  record Losses(float real, float made, CompletionReview.Losses review) {

    static final int KINDS = 10;

    /** In the order of a {@link LossHistory}. */
    float[] inOrder() {
      return new float[] {
        real,
        made,
        review.adversarial(),
        review.hole() > 0 ? review.hole() : review.squared(),
        review.known(),
        review.squared(),
        review.matching(),
        review.features(),
        review.difference(),
        review.edges()
      };
    }
  }

  private final CompletionOptions options;
  private final Network generator;
  private final Network discriminator;
  private final SpectralNorm spectral;
  private final GraphPlan plan;
  private final PlannedNetwork making;
  private final PlannedNetwork reviewing;
  private final CompletionJudge judge;
  private final CompletionReview review;
  private final List<BatchNorm> norms;
  private final List<String> gradients = new ArrayList<>();
  private final float[] gradient;

  /**
   * Makes the plans.
   *
   * @param generator the completion network, updated by each iteration
   * @param discriminator updated by each iteration
   * @param spectral of the discriminator, updated by each iteration
   */
  CompletionIteration(
      CompletionOptions options, Network generator, Network discriminator, SpectralNorm spectral) {
    this.options = options;
    this.generator = generator;
    this.discriminator = discriminator;
    this.spectral = spectral;
    gradient = new float[generator.values.length];
    CompletionMaker maker = CompletionMaker.of(options, generator.shape);
    norms = maker.norms();
    judge = new CompletionJudge(options, discriminator.shape);
    review = new CompletionReview(options, maker, discriminator.shape, judge.maps());
    GraphPlan.addGradients(maker.graph(), review.total(), maker.parameters())
        .forEach(variable -> gradients.add(variable.name()));
    Set<String> wanted = new HashSet<>(gradients);
    wanted.addAll(maker.wanted());
    wanted.addAll(review.wanted());
    Map<String, INDArray> shared = new HashMap<>(review.shared(judge.maps()));
    shared.putAll(judge.pictures());
    plan =
        GraphPlan.trainable(
            maker.graph(),
            List.of(CompletionMaker.inputs(generator.shape), review.inputs()),
            shared,
            wanted);
    making = new PlannedNetwork(plan, generator.shape, CompletionMaker.GENERATOR);
    reviewing = new PlannedNetwork(plan, discriminator.shape, CompletionReview.JUDGE);
    load();
  }

  /** Hands the values of the completion network to the plan, after they were set from outside. */
  void load() {
    making.set(generator.values);
  }

  /**
   * Updates both networks.
   *
   * @param iteration from 0
   */
  Losses run(Pictures pictures, int iteration) {
    HoleWeights holes = new HoleWeights(pictures.holes(), options.design().imageSize());
    double share = options.schedule().share(iteration);
    generator.running.track(statisticsOver(pictures));
    judge.setComposited(plan);

    judge.set(spectral.step(discriminator.values));
    judge.judge(holes);
    float[] ofJudge = judge.gradient();
    spectral.backward(ofJudge);
    discriminator.adam.update(discriminator.values, ofJudge, iteration + 1, share);

    judge.set(spectral.step(discriminator.values));
    judge.look();
    reviewing.set(spectral.step(discriminator.values));
    review.set(plan, holes, iteration);
    plan.run(REVIEW);
    making.gradient(gradients, gradient);
    generator.adam.update(generator.values, gradient, iteration + 1, share);
    load();
    return new Losses(judge.realLoss(), judge.madeLoss(), review.losses(plan, iteration));
  }

  /** Completes pictures, and gives the statistics of the network's batch norm layers. */
  private ChannelStatistics statisticsOver(Pictures pictures) {
    judge.setPictures(pictures);
    plan.set(CompletionMaker.LATENTS, pictures.latents(), 0);
    plan.run(COMPLETE);
    return making.statistics(norms);
  }

  /**
   * The statistics that the batch norm layers have over several batches, for weights that were
   * never trained themselves because they are an average.
   *
   * @param values of the network's parameters
   */
  ChannelStatistics calibrate(float[] values, List<Pictures> batches) {
    making.set(values);
    List<ChannelStatistics> statistics = new ArrayList<>();
    batches.forEach(pictures -> statistics.add(statisticsOver(pictures)));
    load();
    return ChannelStatistics.mean(statistics);
  }

  @Override
  public void close() {
    plan.close();
    judge.close();
  }
}
