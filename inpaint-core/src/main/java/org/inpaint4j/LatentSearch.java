package org.inpaint4j;

import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Searches the latent vectors that complete images.
 *
 * <p>Every image is started {@code restarts} times. The starts of all images are queued and run in
 * batches; each start has its own state, so neither its batch mates nor their number matter to it.
 * The r-th start of an image depends on the seed and on r alone.
 */
final class LatentSearch {

  /** A start is over when its best loss has not fallen by this part within the patience. */
  private static final double PLATEAU = 1e-3;

  private final ObjectivePool objectives;
  private final LatentSpace space;
  private final List<String> terms;
  private final SearchOptions options;
  private final long seed;
  private final int frameEvery;

  LatentSearch(
      ObjectivePool objectives,
      LatentSpace space,
      List<String> terms,
      SearchOptions options,
      long seed,
      int frameEvery) {
    this.objectives = objectives;
    this.space = space;
    this.terms = terms;
    this.options = options;
    this.seed = seed;
    this.frameEvery = frameEvery;
  }

  /**
   * Searches.
   *
   * @param problems the images
   * @param listener told after every step
   * @return what was found for each image, in order; if the search is cancelled, for those images
   *     that had been begun, at least one
   */
  List<Found> search(List<Problem> problems, SearchListener listener) {
    List<Start> starts = new ArrayList<>();
    for (int image = 0; image < problems.size(); image++) {
      for (int restart = 0; restart < options.restarts(); restart++) {
        starts.add(new Start(image, restart));
      }
    }
    List<List<Start>> batches = batches(starts);
    boolean cancelled = false;
    for (int b = 0; b < batches.size() && !cancelled; b++) {
      cancelled =
          run(
              batches.get(b),
              problems,
              listener,
              b * options.steps(),
              batches.size() * options.steps());
    }
    return best(starts, problems.size(), cancelled);
  }

  private List<List<Start>> batches(List<Start> starts) {
    List<List<Start>> batches = new ArrayList<>();
    for (int from = 0; from < starts.size(); ) {
      int width = objectives.widest(Math.min(options.batchSize(), starts.size() - from));
      batches.add(starts.subList(from, from + width));
      from += width;
    }
    return batches;
  }

  /** Runs some starts to their end; returns whether the search was cancelled. */
  private boolean run(
      List<Start> batch,
      List<Problem> problems,
      SearchListener listener,
      int stepsBefore,
      int allSteps) {
    LatentObjective objective = objectives.get(batch.size());
    objective.load(batch.stream().map(start -> problems.get(start.image)).toList());
    int images = batch.size();
    float[][] latents = new float[images][];
    for (int n = 0; n < images; n++) {
      latents[n] = batch.get(n).latent;
    }
    double[][] losses = new double[terms.size()][images];
    float[][] gradients = new float[images][space.size()];
    boolean cancelled = false;
    for (int step = 0; step < options.steps() && !cancelled; step++) {
      objective.evaluate(latents, losses, gradients);
      boolean anyLeft = false;
      double bestSum = 0;
      for (int n = 0; n < images; n++) {
        Start start = batch.get(n);
        if (!start.converged) {
          start.record(losses, n, step);
          start.frames.keep(objective, n, step);
          start.advance(gradients[n], step);
          anyLeft |= !start.converged;
        }
        bestSum += start.bestLoss;
      }
      boolean last = !anyLeft || step + 1 == options.steps();
      int done = stepsBefore + (last ? options.steps() : step + 1);
      cancelled =
          !listener.onStep(done, allSteps, bestSum / images)
              || Thread.currentThread().isInterrupted();
      if (!anyLeft) {
        break;
      }
    }
    regenerate(objective, batch, losses, gradients);
    return cancelled;
  }

  /** Evaluates the best latents once more, for their images. */
  private static void regenerate(
      LatentObjective objective, List<Start> batch, double[][] losses, float[][] gradients) {
    float[][] latents = new float[batch.size()][];
    for (int n = 0; n < latents.length; n++) {
      latents[n] = batch.get(n).bestLatent;
    }
    objective.evaluate(latents, losses, gradients);
    for (int n = 0; n < latents.length; n++) {
      batch.get(n).generated = objective.generated(n);
    }
  }

  private List<Found> best(List<Start> starts, int images, boolean cancelled) {
    List<Found> found = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      @Nullable Start best = null;
      boolean converged = true;
      boolean begun = true;
      for (int restart = 0; restart < options.restarts(); restart++) {
        Start start = starts.get(image * options.restarts() + restart);
        if (start.generated == null) {
          begun = false;
          continue;
        }
        converged &= start.converged;
        if (best == null || start.bestLoss < best.bestLoss) {
          best = start;
        }
      }
      if (best == null) {
        break;
      }
      boolean complete = begun && best.steps + 1 >= options.steps();
      SearchStatus status =
          begun && converged
              ? SearchStatus.CONVERGED
              : cancelled && !complete ? SearchStatus.CANCELLED : SearchStatus.COMPLETED;
      found.add(best.found(status));
    }
    return found;
  }

  /** One start of one image. */
  private final class Start {
    final int image;
    final float[] latent;
    final float[] bestLatent;
    private @Nullable Stepper stepper;
    private int stage = -1;
    private int stageStep;
    final double[][] trace;
    final Frames frames = new Frames(frameEvery);
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestStep;
    int steps;
    boolean converged;
    @Nullable ImagePlanes generated;
    private double plateau = Double.POSITIVE_INFINITY;
    private int plateauStep;

    Start(int image, int restart) {
      this.image = image;
      this.latent = new float[space.size()];
      space.prior().draw(new Random(mix(seed, restart)), latent);
      options.bound().apply(latent);
      this.bestLatent = latent.clone();
      this.trace = new double[terms.size()][options.steps()];
    }

    /** Notes the losses of this step, and keeps the latent if it is the best. */
    void record(double[][] losses, int place, int step) {
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

    Found found(SearchStatus status) {
      checkState(generated != null, "a start must have run");
      double[][] taken = new double[trace.length][];
      for (int t = 0; t < trace.length; t++) {
        taken[t] = Arrays.copyOf(trace[t], steps);
      }
      return new Found(
          bestLatent,
          generated,
          bestStep,
          new LossTrace(terms, taken),
          frames.until(bestStep, generated),
          status);
    }
  }

  /** A seed for each restart: SplitMix64's finalizer, so that near seeds have unlike streams. */
  private static long mix(long seed, int restart) {
    long z = seed + 0x9E3779B97F4A7C15L * (restart + 1L);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
