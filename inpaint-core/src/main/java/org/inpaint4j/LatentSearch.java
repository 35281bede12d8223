package org.inpaint4j;

import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Searches the latent vectors that complete images.
 *
 * <p>For every image {@code draws} latents are drawn and scored; the best {@code restarts} of them
 * are started. After a third of the steps the {@code finalists} with the lowest losses go on. The
 * starts of all images are queued and run in batches; each start has its own state, so neither its
 * batch mates nor their number matter to it. The k-th draw of an image depends on the seed and on k
 * alone.
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
   * @param results how many to give for each image, at least 1. With more than one they are single
   *     starts, whatever {@link SearchOptions#outcome} says, and there are at least as many starts.
   * @param listener told after every step
   * @return what was found for each image in order, best first; if the search is cancelled, for
   *     those images that had been begun, at least one, and perhaps fewer than {@code results}
   */
  List<List<Found>> search(List<Problem> problems, int results, SearchListener listener) {
    int restarts = Math.max(options.restarts(), results);
    int finalists = Math.max(Math.min(options.finalists(), restarts), results);
    int trial = finalists == restarts ? 0 : (options.steps() + 2) / 3;
    List<List<Start>> all = new ArrayList<>();
    for (int image = 0; image < problems.size(); image++) {
      all.add(starts(image, problems.get(image), restarts));
    }
    int count = problems.size();
    Work work =
        new Work(
            listener,
            (long) batches(count * restarts).size() * trial
                + (long) batches(count * finalists).size() * (options.steps() - trial));
    boolean cancelled = run(all.stream().flatMap(List::stream).toList(), problems, 0, trial, work);
    if (!cancelled) {
      List<Start> left = new ArrayList<>();
      for (List<Start> starts : all) {
        starts.sort(Comparator.comparingDouble(start -> start.bestLoss));
        left.addAll(starts.subList(0, finalists));
      }
      cancelled = run(left, problems, trial, options.steps(), work);
    }
    return found(all, finalists, results, cancelled);
  }

  /** The best draws for an image, each as a start. */
  private List<Start> starts(int image, Problem problem, int restarts) {
    int draws = Math.max(options.draws(), restarts);
    List<Start> drawn = new ArrayList<>();
    for (int k = 0; k < draws; k++) {
      drawn.add(new Start(image, k));
    }
    if (draws == restarts) {
      return drawn;
    }
    int from = 0;
    for (int width : batches(draws)) {
      LatentObjective objective = objectives.get(width);
      objective.load(Collections.nCopies(width, problem));
      double[][] losses = new double[terms.size()][width];
      List<Start> batch = drawn.subList(from, from + width);
      objective.evaluate(latents(batch), losses);
      for (int n = 0; n < width; n++) {
        batch.get(n).score(losses, n);
      }
      from += width;
    }
    drawn.sort(Comparator.comparingDouble(start -> start.score));
    return new ArrayList<>(drawn.subList(0, restarts));
  }

  /** How many starts each batch takes. */
  private List<Integer> batches(int starts) {
    List<Integer> widths = new ArrayList<>();
    for (int left = starts; left > 0; left -= widths.get(widths.size() - 1)) {
      widths.add(objectives.widest(Math.min(options.batchSize(), left)));
    }
    return widths;
  }

  /** Runs starts through some of their steps; returns whether the search was cancelled. */
  private boolean run(List<Start> starts, List<Problem> problems, int from, int to, Work work) {
    if (from == to) {
      return false;
    }
    int first = 0;
    for (int width : batches(starts.size())) {
      List<Start> batch = starts.subList(first, first + width);
      first += width;
      if (run(objectives.get(width), batch, problems, from, to, work)) {
        return true;
      }
    }
    return false;
  }

  private static float[][] latents(List<Start> batch) {
    return batch.stream().map(start -> start.latent).toArray(float[][]::new);
  }

  private boolean run(
      LatentObjective objective,
      List<Start> batch,
      List<Problem> problems,
      int from,
      int to,
      Work work) {
    objective.load(batch.stream().map(start -> problems.get(start.image)).toList());
    int images = batch.size();
    float[][] latents = latents(batch);
    double[][] losses = new double[terms.size()][images];
    float[][] gradients = new float[images][space.size()];
    boolean cancelled = false;
    boolean anyLeft = true;
    for (int step = from; step < to && anyLeft && !cancelled; step++) {
      objective.evaluate(latents, losses, gradients);
      anyLeft = false;
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
      cancelled = work.cancelledAfter(anyLeft ? 1 : to - step, bestSum / images);
    }
    if (cancelled || to == options.steps()) {
      regenerate(objective, batch, losses);
    }
    return cancelled;
  }

  /** Counts steps of batches, and asks whether to go on. */
  private static final class Work {
    private final SearchListener listener;
    private final int all;
    private int done;

    Work(SearchListener listener, long all) {
      this.listener = listener;
      this.all = Math.toIntExact(all);
    }

    boolean cancelledAfter(int steps, double loss) {
      done += steps;
      return !listener.onStep(done, all, loss) || Thread.currentThread().isInterrupted();
    }
  }

  /** Evaluates the best latents once more, for their images. */
  private static void regenerate(LatentObjective objective, List<Start> batch, double[][] losses) {
    float[][] latents = batch.stream().map(start -> start.bestLatent).toArray(float[][]::new);
    objective.evaluate(latents, losses);
    for (int n = 0; n < latents.length; n++) {
      batch.get(n).generated = objective.generated(n);
    }
  }

  private List<List<Found>> found(
      List<List<Start>> all, int finalists, int results, boolean cancelled) {
    List<List<Found>> found = new ArrayList<>();
    for (List<Start> starts : all) {
      List<Start> seen =
          starts.stream()
              .filter(start -> start.generated != null)
              .sorted(Comparator.comparingDouble(start -> start.bestLoss))
              .toList();
      if (seen.isEmpty()) {
        break;
      }
      boolean finished = seen.size() == finalists;
      boolean converged = finished && seen.stream().allMatch(start -> start.converged);
      boolean complete = finished && seen.get(0).steps == options.steps();
      SearchStatus status =
          converged
              ? SearchStatus.CONVERGED
              : cancelled && !complete ? SearchStatus.CANCELLED : SearchStatus.COMPLETED;
      if (results > 1) {
        found.add(
            seen.stream().limit(results).map(start -> start.found(start.image(), status)).toList());
      } else {
        ImagePlanes image =
            options.outcome() == SearchOptions.Outcome.MEAN ? mean(seen) : seen.get(0).image();
        found.add(List.of(seen.get(0).found(image, status)));
      }
    }
    return found;
  }

  /** The mean of the starts' images, summed in their order. */
  private static ImagePlanes mean(List<Start> starts) {
    ImagePlanes mean = starts.get(0).image().copy();
    float[] samples = mean.samples();
    for (Start start : starts.subList(1, starts.size())) {
      float[] more = start.image().samples();
      for (int i = 0; i < samples.length; i++) {
        samples[i] += more[i];
      }
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] /= starts.size();
    }
    return mean;
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
    double score;
    private double plateau = Double.POSITIVE_INFINITY;
    private int plateauStep;

    Start(int image, int draw) {
      this.image = image;
      this.latent = new float[space.size()];
      space.prior().draw(new Random(mix(seed, draw)), latent);
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
  }

  /** A seed for each draw: SplitMix64's finalizer, so that near seeds have unlike streams. */
  private static long mix(long seed, int draw) {
    long z = seed + 0x9E3779B97F4A7C15L * (draw + 1L);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
