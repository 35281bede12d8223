package org.inpaint4j.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Searches the latent vectors that complete images.
 *
 * <p>For every image {@code draws} latents are drawn and scored; the best {@code restarts} of them
 * are started. After a third of the steps the {@code finalists} with the lowest losses go on. The
 * starts of all images are queued and run in batches. The k-th draw of an image depends on the seed
 * and on k alone.
 */
final class LatentSearch {

  private final ObjectivePool objectives;
  private final Start.Settings settings;
  private final SearchOptions options;
  private final int terms;

  LatentSearch(ObjectivePool objectives, Start.Settings settings) {
    this.objectives = objectives;
    this.settings = settings;
    this.options = settings.options();
    this.terms = settings.terms().size();
  }

  /**
   * Searches.
   *
   * @param problems the images
   * @param results how many to give for each image, at least 1. With more than one they are single
   *     starts, whatever {@link SearchOptions#outcome} says, and there are at least as many starts.
   * @param surely how many of the images get a result even if the search is cancelled before their
   *     turn
   * @param listener told after every step
   * @return what was found for each image in order, best first; if the search is cancelled, for
   *     those images that had been begun, and perhaps fewer than {@code results}
   */
  List<List<Found>> search(
      List<Problem> problems, int results, int surely, SearchListener listener) {
    int restarts = Math.max(options.restarts(), results);
    int draws = Math.max(options.draws(), restarts);
    int finalists = Math.max(Math.min(options.finalists(), restarts), results);
    int trial = finalists == restarts ? 0 : (options.steps() + 2) / 3;
    int count = problems.size();
    List<Integer> scored = draws == restarts ? List.of() : batches(draws);
    Work work =
        new Work(
            listener,
            (long) scored.size() * count
                + (long) batches(count * restarts).size() * trial
                + (long) batches(count * finalists).size() * (options.steps() - trial));
    List<List<Start>> all = new ArrayList<>();
    for (int image = 0; image < count && !work.cancelled; image++) {
      List<Start> drawn = new ArrayList<>();
      for (int k = 0; k < draws; k++) {
        drawn.add(new Start(settings, image, k));
      }
      all.add(best(drawn, problems.get(image), scored, work).subList(0, restarts));
    }
    run(all.stream().flatMap(List::stream).toList(), problems, 0, trial, work);
    if (!work.cancelled) {
      List<Start> left = new ArrayList<>();
      for (List<Start> starts : all) {
        starts.sort(Comparator.comparingDouble(start -> start.bestLoss));
        left.addAll(starts.subList(0, finalists));
      }
      run(left, problems, trial, options.steps(), work);
    }
    for (int image = 0; image < surely && work.cancelled; image++) {
      if (image == all.size()) {
        all.add(List.of(new Start(settings, image, 0)));
      }
      if (all.get(image).stream().allMatch(start -> start.generated == null)) {
        take(all.get(image).get(0), problems.get(image));
      }
    }
    return found(all, finalists, results, work.cancelled);
  }

  /** All draws for an image, the best first; those that were not scored are the last. */
  private List<Start> best(List<Start> drawn, Problem problem, List<Integer> widths, Work work) {
    @Nullable LatentObjective loaded = null;
    double lowest = Double.POSITIVE_INFINITY;
    int from = 0;
    for (int width : widths) {
      LatentObjective objective = objectives.get(width);
      if (objective != loaded) {
        objective.load(Collections.nCopies(width, problem));
        loaded = objective;
      }
      double[][] losses = new double[terms][width];
      List<Start> batch = drawn.subList(from, from + width);
      from += width;
      objective.evaluate(latents(batch), losses);
      for (int n = 0; n < width; n++) {
        batch.get(n).score(losses, n);
        lowest = Math.min(lowest, batch.get(n).score);
      }
      work.add(1, lowest);
      if (work.cancelled) {
        break;
      }
    }
    drawn.sort(Comparator.comparingDouble(start -> start.score));
    return drawn;
  }

  /** How many starts each batch takes. */
  private List<Integer> batches(int starts) {
    List<Integer> widths = new ArrayList<>();
    for (int left = starts; left > 0; left -= widths.get(widths.size() - 1)) {
      widths.add(objectives.widest(Math.min(options.batchSize(), left)));
    }
    return widths;
  }

  /** Runs starts through some of their steps, unless the search is cancelled. */
  private void run(List<Start> starts, List<Problem> problems, int from, int to, Work work) {
    if (from == to || work.cancelled) {
      return;
    }
    int first = 0;
    for (int width : batches(starts.size())) {
      List<Start> batch = starts.subList(first, first + width);
      first += width;
      run(objectives.get(width), batch, problems, from, to, work);
      if (work.cancelled) {
        break;
      }
    }
  }

  private static float[][] latents(List<Start> batch) {
    return batch.stream().map(start -> start.latent).toArray(float[][]::new);
  }

  private void run(
      LatentObjective objective,
      List<Start> batch,
      List<Problem> problems,
      int from,
      int to,
      Work work) {
    objective.load(batch.stream().map(start -> problems.get(start.image)).toList());
    int images = batch.size();
    float[][] latents = latents(batch);
    double[][] losses = new double[terms][images];
    float[][] gradients = new float[images][settings.space().size()];
    boolean anyLeft = true;
    for (int step = from; step < to && anyLeft && !work.cancelled; step++) {
      objective.evaluate(latents, losses, gradients);
      anyLeft = false;
      double bestSum = 0;
      for (int n = 0; n < images; n++) {
        Start start = batch.get(n);
        if (!start.converged) {
          start.record(objective, losses, n, step);
          start.advance(gradients[n], step);
          anyLeft |= !start.converged;
        }
        bestSum += start.bestLoss;
      }
      work.add(anyLeft ? 1 : to - step, bestSum / images);
    }
    if (work.cancelled || to == options.steps()) {
      regenerate(objective, batch, losses);
    }
  }

  /** Makes what a start has drawn its result. */
  private void take(Start start, Problem problem) {
    LatentObjective objective = objectives.get(1);
    objective.load(List.of(problem));
    double[][] losses = new double[terms][1];
    objective.evaluate(latents(List.of(start)), losses);
    start.record(objective, losses, 0, 0);
    start.generated = objective.generated(0);
  }

  /** Counts steps of batches, and asks whether to go on. */
  private static final class Work {
    private final SearchListener listener;
    private final int all;
    private int done;
    boolean cancelled;

    Work(SearchListener listener, long all) {
      this.listener = listener;
      this.all = Math.toIntExact(all);
    }

    void add(int steps, double loss) {
      done += steps;
      cancelled = !listener.onStep(done, all, loss) || Thread.currentThread().isInterrupted();
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
}
