package org.inpaint4j.search;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.FillOutcome;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.jspecify.annotations.Nullable;

/**
 * Fills by searching the latent space of a generator for the image that agrees with the known
 * pixels: semantic image inpainting (Yeh et al., "Semantic Image Inpainting with Deep Generative
 * Models", 2017, section 3).
 *
 * <p>The starts of all images of a call are searched in common batches, which changes the time and
 * never the result, unless a network {@linkplain Generator#mixesBatch mixes its batches}. Native
 * memory is held from the first call until {@link #close}.
 *
 * <p>Not for pictures unlike those the generator was trained on, and not for scattered holes, where
 * a smooth fill is closer to the truth.
 */
public final class LatentSearch implements Filler {

  private final Generator generator;
  private final List<LossTerm> losses;
  private final ObjectivePool objectives;
  private final Start.Settings settings;
  private boolean closed;

  /**
   * A search.
   *
   * @param generator the network that is searched
   * @param discriminator the network that judges, if a loss needs it
   * @param losses what is minimised: the sum of the terms, at least one
   * @param options how to search
   * @param frameEvery the distance in steps between two pictures that {@link FoundLatent#frames}
   *     keeps, or 0 for none. Each start keeps up to 64 pictures until its image is done; a longer
   *     search keeps every second of them at twice the distance.
   * @throws IllegalArgumentException if there is no loss, a loss needs a discriminator and there is
   *     none, or generator and discriminator do not fit together
   */
  public LatentSearch(
      Generator generator,
      Optional<Discriminator> discriminator,
      List<LossTerm> losses,
      SearchOptions options,
      int frameEvery) {
    checkArgument(!losses.isEmpty(), "a search must have a loss term: found none");
    checkArgument(frameEvery >= 0, "frameEvery must not be negative: found %s", frameEvery);
    for (LossTerm loss : losses) {
      checkArgument(
          discriminator.isPresent() || !loss.needsDiscriminator(),
          "the loss '%s' must be given a discriminator: found none",
          loss.identity());
    }
    discriminator.ifPresent(
        judge ->
            checkArgument(
                judge.imageShape().equals(generator.imageShape()),
                "the discriminator must judge images of the generator's shape: expected %s, found"
                    + " %s",
                generator.imageShape(),
                judge.imageShape()));
    this.generator = generator;
    this.losses = List.copyOf(losses);
    this.objectives = new ObjectivePool(generator, discriminator, this.losses);
    this.settings =
        new Start.Settings(
            generator.latentSpace(),
            this.losses.stream().map(LossTerm::name).toList(),
            options,
            frameEvery);
  }

  @Override
  public Optional<ImageShape> imageShape() {
    return Optional.of(generator.imageShape());
  }

  /** As many images as have their starts in one batch; 1 if a network mixes its batches. */
  @Override
  public int batch() {
    SearchOptions options = settings.options();
    return objectives.mixesBatch() ? 1 : Math.max(1, options.batchSize() / options.restarts());
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> made = new LinkedHashMap<>();
    made.put("filler", "latent search");
    made.put("generator", generator.identity());
    made.put("losses", String.join(", ", losses.stream().map(LossTerm::identity).toList()));
    made.put("search", settings.options().toString());
    made.putAll(EngineVersions.all());
    return made;
  }

  /**
   * Searches for one image.
   *
   * <p>If more than one candidate is asked for, each is one start of the search by itself, whatever
   * {@link SearchOptions#outcome} says; if the options have fewer starts or finalists than
   * candidates, there are as many as candidates.
   *
   * @param task what to fill, of {@link #imageShape}. Not modified.
   * @return what was found, the lowest loss first; perhaps fewer than asked for if cancelled
   * @throws IllegalArgumentException if the image is of another shape, or a latent to start at of
   *     another length
   * @throws IllegalStateException if this is closed
   */
  @Override
  public List<FoundLatent> fill(FillTask task) {
    if (!fits(task)) {
      throw misfit(task);
    }
    return search(List.of(task)).get(0);
  }

  @Override
  public List<FillOutcome> fillAll(List<FillTask> tasks) {
    List<FillTask> together =
        tasks.stream().filter(task -> sharesBatch(task) && fits(task)).toList();
    @Nullable Iterator<List<FoundLatent>> found = null;
    List<FillOutcome> outcomes = new ArrayList<>();
    for (FillTask task : tasks) {
      if (!fits(task)) {
        outcomes.add(FillOutcome.failed(misfit(task)));
      } else if (!sharesBatch(task)) {
        outcomes.add(FillOutcome.of(mayBegin(outcomes) ? fill(task) : List.of()));
      } else {
        if (found == null) {
          List<List<FoundLatent>> none = Collections.nCopies(together.size(), List.of());
          found = (mayBegin(outcomes) ? search(together) : none).iterator();
        }
        outcomes.add(FillOutcome.of(found.next()));
      }
    }
    return outcomes;
  }

  /** Once there is a filling, an interrupted thread begins no other search. */
  private static boolean mayBegin(List<FillOutcome> outcomes) {
    return !Thread.currentThread().isInterrupted()
        || outcomes.stream().allMatch(outcome -> outcome.fillings().isEmpty());
  }

  /** Images that take more starts than others are searched by themselves. */
  private boolean sharesBatch(FillTask task) {
    return task.candidates() == 1
        && task.latents().starts().size() <= settings.options().restarts();
  }

  private boolean fits(FillTask task) {
    return imageFits(task) && task.latents().starts().stream().allMatch(this::latentFits);
  }

  private boolean imageFits(FillTask task) {
    ImageShape shape = generator.imageShape();
    return task.target().channels() == shape.channels()
        && task.target().size().equals(shape.pixels());
  }

  private boolean latentFits(List<Float> latent) {
    return latent.size() == generator.latentSpace().size();
  }

  private IllegalArgumentException misfit(FillTask task) {
    if (imageFits(task)) {
      return new IllegalArgumentException(
          "a latent to start at must be as long as the latent space: expected "
              + generator.latentSpace().size()
              + ", found "
              + task.latents().starts().stream().map(List::size).toList());
    }
    return new IllegalArgumentException(
        "a search must be given images of the generator's shape: expected "
            + generator.imageShape()
            + ", found "
            + task.target());
  }

  private List<List<FoundLatent>> search(List<FillTask> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    checkState(!closed, "a filler must not be used after close()");
    return new SearchRun(objectives, settings, tasks).run().stream().map(this::found).toList();
  }

  private List<FoundLatent> found(ImageSearch image) {
    List<Start> seen = image.seen();
    int candidates = image.task().candidates();
    if (seen.isEmpty()) {
      return List.of();
    }
    boolean mean = candidates == 1 && settings.options().outcome() == SearchOptions.Outcome.MEAN;
    if (mean) {
      return List.of(found(image, seen.get(0), mean(seen)));
    }
    return seen.stream()
        .limit(candidates)
        .map(start -> found(image, start, start.generated()))
        .toList();
  }

  private FoundLatent found(ImageSearch image, Start start, ImagePlanes generated) {
    List<Float> weights = pixelWeights(image.task().mask());
    ImagePlanes picture = Samples.toUnit(generated);
    return new FoundLatent(
        picture,
        image.status(),
        boxed(start.bestLatent),
        start.bestStep(),
        start.trace(),
        start.frames(generated),
        weights,
        Explained.warnings(image.task(), picture, weights));
  }

  /** The sum of the terms' weights. */
  private List<Float> pixelWeights(Mask mask) {
    float[] sum = new float[0];
    for (LossTerm loss : losses) {
      Optional<float[]> weights = loss.pixelWeights(mask);
      if (weights.isPresent()) {
        sum = sum.length == 0 ? new float[weights.get().length] : sum;
        for (int i = 0; i < sum.length; i++) {
          sum[i] += weights.get()[i];
        }
      }
    }
    return boxed(sum);
  }

  private static List<Float> boxed(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  /** The mean of the starts' images, summed in their order. */
  private static ImagePlanes mean(List<Start> starts) {
    ImagePlanes mean = starts.get(0).generated().copy();
    float[] samples = mean.samples();
    for (Start start : starts.subList(1, starts.size())) {
      float[] more = start.generated().samples();
      checkState(more.length == samples.length, "starts of one image must have one shape");
      for (int i = 0; i < samples.length; i++) {
        samples[i] += more[i];
      }
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] /= starts.size();
    }
    return mean;
  }

  @Override
  public void close() {
    closed = true;
    objectives.close();
  }
}
