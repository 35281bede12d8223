package org.inpaint4j.search;

import static com.google.common.base.Preconditions.checkState;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.network.LatentSpace;
import org.jspecify.annotations.Nullable;

/**
 * One start of one image: its latent, the way it has taken, and the best it has seen.
 *
 * <p>It has a state of its own, so neither its batch mates nor their number matter to it.
 */
final class Start {

  /** A start is over when its best loss has not fallen by this part within the patience. */
  private static final double PLATEAU = 1e-3;

  /** What all starts of an inpainter have in common. */
  record Settings(
      LatentSpace space, List<String> terms, SearchOptions options, long seed, int frameEvery) {}

  private final LatentSpace space;
  private final List<String> terms;
  private final SearchOptions options;
  private final double[][] trace;
  private final Frames frames;

  /** The number of its image among those of the call. */
  final int image;

  /** Where it stands. */
  final float[] latent;

  /** Where its loss was lowest. */
  final float[] bestLatent;

  double bestLoss = Double.POSITIVE_INFINITY;
  private int bestStep;

  /** The steps taken. */
  int steps;

  /** Whether its loss no longer falls. */
  boolean converged;

  /** The loss of the latent that was drawn, if it was scored. */
  double score = Double.POSITIVE_INFINITY;

  /** G of the best latent, once it has been made. */
  @Nullable ImagePlanes generated;

  private @Nullable Stepper stepper;
  private int stage = -1;
  private int stageStep;
  private double plateau = Double.POSITIVE_INFINITY;
  private int plateauStep;

  /**
   * A start.
   *
   * @param settings of the inpainter
   * @param image the number of its image among those of the call
   * @param draw the number of its draw, which with the seed decides where it starts
   */
  Start(Settings settings, int image, int draw) {
    this.options = settings.options();
    this.space = settings.space();
    this.terms = settings.terms();
    this.frames = new Frames(settings.frameEvery());
    this.image = image;
    this.latent = new float[space.size()];
    space.prior().draw(new Random(mix(settings.seed(), draw)), latent);
    options.bound().apply(latent);
    this.bestLatent = latent.clone();
    this.trace = new double[terms.size()][options.steps()];
  }

  /** Notes the loss of the latent that was drawn. */
  void score(double[][] losses, int place) {
    score = 0;
    for (double[] term : losses) {
      score += term[place];
    }
  }

  /** Notes what was evaluated at this step, and keeps the latent if it is the best. */
  void record(LatentObjective objective, double[][] losses, int place, int step) {
    frames.keep(objective, place, step);
    for (int t = 0; t < losses.length; t++) {
      trace[t][step] = losses[t][place];
    }
    double total = total(step);
    steps = step + 1;
    if (total < bestLoss) {
      bestLoss = total;
      bestStep = step;
      System.arraycopy(latent, 0, bestLatent, 0, latent.length);
    }
    if (plateau == Double.POSITIVE_INFINITY || total < plateau - PLATEAU * Math.abs(plateau)) {
      plateau = total;
      plateauStep = step;
    }
    converged = step - plateauStep >= options.patience();
  }

  /** Steps from this latent; each stage of the space has an equal part of the steps. */
  void advance(float[] gradient, int step) {
    int stages = space.stages().size();
    int now = (int) ((long) step * stages / options.steps());
    if (stepper == null || now != stage) {
      stage = now;
      stageStep = 0;
      int stageSteps = (options.steps() + stages - 1) / stages;
      stepper = Stepper.of(options.optimizer(), space.stages().get(stage), stageSteps);
    }
    stepper.step(latent, gradient, total(step), stageStep++);
    options.bound().apply(latent);
  }

  private double total(int step) {
    double total = 0;
    for (double[] term : trace) {
      total += term[step];
    }
    return total;
  }

  /** G of the best latent. */
  ImagePlanes image() {
    checkState(generated != null, "a start must have run");
    return generated;
  }

  Found found(ImagePlanes filling, SearchStatus status) {
    double[][] taken = new double[trace.length][];
    for (int t = 0; t < trace.length; t++) {
      taken[t] = Arrays.copyOf(trace[t], steps);
    }
    return new Found(
        bestLatent,
        filling,
        bestStep,
        new LossTrace(terms, taken),
        frames.until(bestStep, filling),
        status);
  }

  /** A seed for each draw: SplitMix64's finalizer, so that near seeds have unlike streams. */
  private static long mix(long seed, int draw) {
    long z = seed + 0x9E3779B97F4A7C15L * (draw + 1L);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
