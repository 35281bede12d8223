package org.inpaint4j.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.jspecify.annotations.Nullable;

/**
 * One call of a {@link LatentSearch}: the starts of all its images, in common batches.
 *
 * <p>For every image {@code draws} latents are drawn and scored, and the best {@code restarts} of
 * them are started; latents that the task gives come before the draws, and are always started.
 * After a third of the steps the {@code finalists} with the lowest losses go on. The k-th draw of
 * an image depends on the seed of its task and on k alone.
 */
final class SearchRun {

  private final ObjectivePool objectives;
  private final Start.Settings settings;
  private final SearchOptions options;
  private final int terms;
  private final int restarts;
  private final int draws;
  private final int finalists;

  /** How many steps all starts take before the finalists are chosen. */
  private final int trial;

  private final List<ImageSearch> images = new ArrayList<>();

  /**
   * A run that has not begun.
   *
   * @param tasks the images; with several candidates an image has at least as many finalists
   */
  SearchRun(ObjectivePool objectives, Start.Settings settings, List<FillTask> tasks) {
    this.objectives = objectives;
    this.settings = settings;
    this.options = settings.options();
    this.terms = settings.terms().size();
    int candidates = tasks.stream().mapToInt(FillTask::candidates).max().orElse(1);
    int given = tasks.stream().mapToInt(task -> task.latents().starts().size()).max().orElse(0);
    this.restarts = Math.max(Math.max(options.restarts(), candidates), given);
    this.draws = Math.max(options.draws(), restarts);
    this.finalists = Math.max(Math.min(options.finalists(), restarts), candidates);
    this.trial = finalists == restarts ? 0 : (options.steps() + 2) / 3;
    tasks.forEach(task -> images.add(new ImageSearch(task, options, finalists)));
  }

  /**
   * Searches.
   *
   * @return the images with their starts; if the thread is interrupted, those that were not begun
   *     have no start with a picture
   */
  List<ImageSearch> run() {
    announceSteps();
    for (ImageSearch image : images) {
      if (Thread.currentThread().isInterrupted() && image != images.get(0)) {
        break;
      }
      draw(image);
    }
    if (trial > 0) {
      takeSteps(0, trial);
      going().forEach(ImageSearch::keepFinalists);
    }
    takeSteps(trial, options.steps());
    images.stream().filter(ImageSearch::isCancelled).forEach(this::show);
    return images;
  }

  /**
   * Makes the pictures of a cancelled image that its batches have not made: of its best starts so
   * far if any has taken a step, else of its first draw.
   */
  private void show(ImageSearch image) {
    image.keepFinalists();
    for (Start start : image.starts()) {
      if (start.steps > 0 && start.generated == null) {
        regenerate(start);
      }
    }
    if (image.seen().isEmpty() && mustHavePicture(image)) {
      take(image.starts().get(0));
    }
  }

  /**
   * Whether an image that has taken no step yet must be drawn all the same: one whose own listener
   * cancelled it, and the first image even if the thread was interrupted, so that a search always
   * gives a picture. The rest of an interrupted batch counts as not begun.
   */
  private boolean mustHavePicture(ImageSearch image) {
    return image == images.get(0) || !Thread.currentThread().isInterrupted();
  }

  /** The images that are begun and not cancelled. */
  private List<ImageSearch> going() {
    return images.stream()
        .filter(image -> !image.starts().isEmpty() && !image.isCancelled())
        .toList();
  }

  /** Each batch of draws is a step, and so is each step of a batch that holds a start. */
  private void announceSteps() {
    int scored = draws == restarts ? 0 : batches(draws).size();
    int[] tried = batchesOfImages(restarts);
    int[] finished = batchesOfImages(finalists);
    for (int i = 0; i < images.size(); i++) {
      images
          .get(i)
          .expect(
              Math.toIntExact(
                  scored
                      + (long) tried[i] * trial
                      + (long) finished[i] * (options.steps() - trial)));
    }
  }

  /** How many batches hold starts of each image, if each has as many. */
  private int[] batchesOfImages(int startsPerImage) {
    int[] counts = new int[images.size()];
    int first = 0;
    for (int width : batches(images.size() * startsPerImage)) {
      for (int i = first / startsPerImage; i <= (first + width - 1) / startsPerImage; i++) {
        counts[i]++;
      }
      first += width;
    }
    return counts;
  }

  /** How many starts each batch takes. */
  private List<Integer> batches(int starts) {
    List<Integer> widths = new ArrayList<>();
    for (int left = starts; left > 0; left -= widths.get(widths.size() - 1)) {
      widths.add(objectives.widest(Math.min(options.batchSize(), left)));
    }
    return widths;
  }

  /** Draws the starts of an image: the best of all draws by their loss, if there are more. */
  private void draw(ImageSearch image) {
    List<Start> drawn = new ArrayList<>();
    for (int k = 0; k < draws; k++) {
      drawn.add(new Start(settings, image, k));
    }
    if (draws > restarts) {
      score(image, drawn);
      // Those that are given are started whatever their loss.
      drawn.sort(
          Comparator.comparing((Start start) -> !start.given)
              .thenComparingDouble(start -> start.score));
    }
    image.starts().addAll(drawn.subList(0, restarts));
  }

  /** Draws that are not scored because the image is cancelled keep an infinite score. */
  private void score(ImageSearch image, List<Start> drawn) {
    @Nullable LatentObjective loaded = null;
    Start best = drawn.get(0);
    int from = 0;
    for (int width : batches(drawn.size())) {
      LatentObjective objective = objectives.get(width);
      if (objective != loaded) {
        objective.load(Collections.nCopies(width, image.problem()));
        loaded = objective;
      }
      double[][] losses = new double[terms][width];
      List<Start> batch = drawn.subList(from, from + width);
      from += width;
      objective.evaluate(latents(batch), losses);
      for (int n = 0; n < width; n++) {
        batch.get(n).score(losses, n);
        best = batch.get(n).score < best.score ? batch.get(n) : best;
      }
      float[] latent = best.latent;
      image.tell(1, best.score, () -> picture(objective, latents(batch), 0, latent));
      if (image.isCancelled()) {
        return;
      }
    }
  }

  /** Takes some of the steps with all starts that are left. */
  private void takeSteps(int from, int to) {
    List<Start> starts = going().stream().flatMap(image -> image.starts().stream()).toList();
    int first = 0;
    for (int width : batches(starts.size())) {
      if (Thread.currentThread().isInterrupted()) {
        images.forEach(ImageSearch::cancel);
        return;
      }
      List<Start> batch = starts.subList(first, first + width);
      first += width;
      if (hasWork(batch, to)) {
        takeSteps(objectives.get(width), batch, from, to);
      }
    }
  }

  /**
   * Whether a batch has steps to take, or pictures to make after the last step. Starts that are
   * over since the trial need their pictures as well.
   */
  private boolean hasWork(List<Start> batch, int to) {
    return to == options.steps()
        ? batch.stream().anyMatch(start -> !start.image.isCancelled())
        : batch.stream().anyMatch(Start::isActive);
  }

  private void takeSteps(LatentObjective objective, List<Start> batch, int from, int to) {
    objective.load(batch.stream().map(start -> start.image.problem()).toList());
    float[][] latents = latents(batch);
    double[][] losses = new double[terms][batch.size()];
    float[][] gradients = new float[batch.size()][settings.space().size()];
    List<ImageSearch> left =
        new ArrayList<>(batch.stream().map(start -> start.image).distinct().toList());
    left.removeIf(ImageSearch::isCancelled);
    for (int step = from; step < to && !left.isEmpty(); step++) {
      objective.evaluate(latents, losses, gradients);
      for (int n = 0; n < batch.size(); n++) {
        Start start = batch.get(n);
        if (start.isActive()) {
          start.record(objective, losses, n, step);
          start.advance(gradients[n], step);
        }
      }
      tell(left, batch, to - step, objective);
    }
    boolean last = to == options.steps();
    if (last || batch.stream().anyMatch(start -> start.image.isCancelled())) {
      regenerate(objective, batch, losses, last);
    }
  }

  /** Tells each image of a step; one without active starts is through with all that are left. */
  private void tell(
      List<ImageSearch> left, List<Start> batch, int stepsLeft, LatentObjective objective) {
    left.removeIf(
        image -> {
          List<Start> own = batch.stream().filter(start -> start.image == image).toList();
          boolean active = own.stream().anyMatch(Start::isActive);
          double loss = own.stream().mapToDouble(start -> start.bestLoss).average().orElseThrow();
          image.tell(
              active ? 1 : stepsLeft,
              loss,
              () ->
                  picture(
                      objective, latents(batch), batch.indexOf(own.get(0)), image.bestLatent()));
          return !active || image.isCancelled();
        });
  }

  /**
   * What a latent looks like, for somebody who asks. One evaluation, which changes nothing.
   *
   * @param batch a latent for each place. Modified.
   * @param place where the latent goes in place of that of the batch
   */
  private ImagePlanes picture(
      LatentObjective objective, float[][] batch, int place, float[] latent) {
    batch[place] = latent;
    objective.evaluate(batch, new double[terms][batch.length]);
    return Samples.toUnit(objective.generated(place));
  }

  /** Evaluates the best latents once more, for their pictures. */
  private static void regenerate(
      LatentObjective objective, List<Start> batch, double[][] losses, boolean all) {
    float[][] latents = batch.stream().map(start -> start.bestLatent).toArray(float[][]::new);
    objective.evaluate(latents, losses);
    for (int n = 0; n < latents.length; n++) {
      Start start = batch.get(n);
      if (start.steps > 0 && (all || start.image.isCancelled())) {
        start.generated = objective.generated(n);
      }
    }
  }

  /** Makes the picture of the best latent of a start. */
  private void regenerate(Start start) {
    LatentObjective objective = objectives.get(1);
    objective.load(List.of(start.image.problem()));
    regenerate(objective, List.of(start), new double[terms][1], true);
  }

  /** Makes what a start has drawn its result. */
  private void take(Start start) {
    LatentObjective objective = objectives.get(1);
    objective.load(List.of(start.image.problem()));
    double[][] losses = new double[terms][1];
    objective.evaluate(latents(List.of(start)), losses);
    start.record(objective, losses, 0, 0);
    start.generated = objective.generated(0);
  }

  private static float[][] latents(List<Start> batch) {
    return batch.stream().map(start -> start.latent).toArray(float[][]::new);
  }
}
