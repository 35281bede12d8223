package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Problem;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.Found;
import org.inpaint4j.search.LatentSearch;
import org.inpaint4j.search.ObjectivePool;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.search.Start;
import org.jspecify.annotations.Nullable;

/**
 * Fills holes in images by searching the latent space of a generator: semantic image inpainting
 * (Yeh et al., "Semantic Image Inpainting with Deep Generative Models", 2017).
 *
 * <pre>{@code
 * try (Inpainter inpainter = Inpainter.builder().model(Faces64.load()).seed(7).build()) {
 *   InpaintResult result = inpainter.inpaint(photo, Mask.whiteIsHole(maskImage));
 *   ImageIO.write(result.image(), "png", file);
 * }
 * }</pre>
 *
 * <p>The way of the data: {@link Framing} chooses a square; its known pixels are brought to the
 * model's size; the search finds the latent whose image agrees with them; that image is brought
 * back and blended into the hole.
 *
 * <p>May be used by several threads; their searches run one after the other, because one search
 * already uses all cores. The same input, options, seed and backend give the same bytes, whatever
 * else is in the batch and whichever thread calls. Native memory is held until {@link #close}.
 *
 * <p>Not for pictures unlike those the model was trained on, and no rival to diffusion models where
 * a data-centre GPU is at hand.
 */
public final class Inpainter implements AutoCloseable {

  private final Generator generator;
  private final Framing framing;
  private final Blender blender;
  private final @Nullable Consumer<? super Progress> listener;
  private final LatentSearch search;
  private final ObjectivePool objectives;
  private final Provenance provenance;
  private final boolean everywhere;
  private final ReentrantLock turn = new ReentrantLock(true);
  private boolean closed;

  private Inpainter(Builder builder, Generator generator, Blender blender) {
    List<LossTerm> losses = builder.effectiveLosses();
    SearchOptions options = builder.effectiveSearch();
    this.generator = generator;
    this.framing = builder.effectiveFraming();
    this.blender = blender;
    this.listener = builder.listener;
    this.objectives =
        new ObjectivePool(generator, Optional.ofNullable(builder.effectiveDiscriminator()), losses);
    this.everywhere = losses.stream().anyMatch(LossTerm::looksEverywhere);
    this.search =
        new LatentSearch(
            objectives,
            new Start.Settings(
                generator.latentSpace(),
                losses.stream().map(LossTerm::name).toList(),
                options,
                builder.seed,
                builder.frameEvery));
    this.provenance =
        new Provenance(
            generator.identity(),
            losses.stream().map(LossTerm::identity).toList(),
            options,
            builder.seed,
            Versions.all());
  }

  /**
   * A builder.
   *
   * @return a new builder; a model, or a generator with losses and a blender, must be set
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Fills the hole of an image.
   *
   * @param image any size; gray or colour, with or without alpha. Not modified. What it holds in
   *     the hole has no influence on the result.
   * @param mask as large as the image
   * @return the filled image; if the thread is interrupted or a listener cancels, with the best
   *     found so far
   * @throws IllegalArgumentException if the sizes differ, no pixel is known, or a hole reaches
   *     beyond the squares that the framing shows to the model
   * @throws IllegalStateException if this is closed
   */
  public InpaintResult inpaint(BufferedImage image, Mask mask) {
    return inpaint(List.of(new Task(image, mask))).get(0);
  }

  /**
   * An image with its mask.
   *
   * @param image any size
   * @param mask as large as the image
   */
  public record Task(BufferedImage image, Mask mask) {

    /**
     * Checks that the sizes agree.
     *
     * @param image any size
     * @param mask as large as the image
     */
    public Task {
      checkArgument(
          image.getWidth() == mask.width() && image.getHeight() == mask.height(),
          "mask must be as large as the image: expected %sx%s, found %sx%s",
          image.getWidth(),
          image.getHeight(),
          mask.width(),
          mask.height());
    }
  }

  /**
   * Fills the holes of several images in common batches, which is faster than one by one.
   *
   * @param tasks the images. Not modified.
   * @return the results in order, each the same as if it were filled alone. If the call is
   *     cancelled, only those of the images that had been begun, at least the first.
   * @throws IllegalArgumentException as for a single image
   * @throws IllegalStateException if this is closed
   */
  public List<InpaintResult> inpaint(List<Task> tasks) {
    List<Framed> framed = new ArrayList<>();
    for (Task task : tasks) {
      framed.add(Framed.of(task, framing, generator.imageShape()));
    }
    List<Problem> problems = framed.stream().flatMap(frame -> frame.problems().stream()).toList();
    int surely =
        framed.stream()
            .mapToInt(frame -> frame.problems().size())
            .filter(n -> n > 0)
            .findFirst()
            .orElse(0);
    Timed search = searchInTurn(problems, 1, surely);
    List<Found> found = search.found.stream().map(best -> best.get(0)).toList();
    List<InpaintResult> results = new ArrayList<>();
    int next = 0;
    for (Framed frame : framed) {
      int end = next + frame.problems().size();
      if (end > found.size()) {
        break;
      }
      results.add(
          frame.fill(found.subList(next, end), blender, search.time, provenance, everywhere));
      next = end;
    }
    return results;
  }

  /**
   * Several fillings of one hole, to choose from.
   *
   * <p>If more than one is asked for, each is one start of the search by itself, whatever {@link
   * SearchOptions#outcome} says; if the options have fewer starts or finalists than candidates,
   * there are as many as candidates.
   *
   * @param image as in {@link #inpaint(BufferedImage, Mask)}. Not modified.
   * @param mask as large as the image
   * @param candidates how many, at least 1
   * @return the fillings, the one with the lowest loss first; a single one if there is no hole, and
   *     perhaps fewer if the call is cancelled
   * @throws IllegalArgumentException as for a single filling, or if the number is not positive
   * @throws IllegalStateException if this is closed
   */
  public List<InpaintResult> inpaint(BufferedImage image, Mask mask, int candidates) {
    checkArgument(candidates > 0, "candidates must be positive: found %s", candidates);
    Task task = new Task(image, mask);
    if (candidates == 1) {
      return inpaint(List.of(task));
    }
    Framed frame = Framed.of(task, framing, generator.imageShape());
    Timed search = searchInTurn(frame.problems(), candidates, frame.problems().size());
    int fewest = search.found.stream().mapToInt(List::size).min().orElse(1);
    List<InpaintResult> results = new ArrayList<>();
    for (int k = 0; k < fewest; k++) {
      int rank = k;
      List<Found> found = search.found.stream().map(all -> all.get(rank)).toList();
      results.add(frame.fill(found, blender, search.time, provenance, everywhere));
    }
    return results;
  }

  private record Timed(List<List<Found>> found, Duration time) {}

  private Timed searchInTurn(List<Problem> problems, int results, int surely) {
    if (problems.isEmpty()) {
      return new Timed(List.of(), Duration.ZERO);
    }
    long start = System.nanoTime();
    turn.lock();
    try {
      checkState(!closed, "an inpainter must not be used after close()");
      List<List<Found>> found = search.search(problems, results, surely, this::tell);
      return new Timed(found, Duration.ofNanos(System.nanoTime() - start));
    } finally {
      turn.unlock();
    }
  }

  private boolean tell(int step, int steps, double loss) {
    if (listener == null) {
      return true;
    }
    Told told = new Told(step, steps, loss);
    listener.accept(told);
    return !told.cancelled;
  }

  /** Frees the native memory. A search that is running ends first. */
  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      objectives.close();
    } finally {
      turn.unlock();
    }
  }

  private static final class Told implements Progress {
    private final int step;
    private final int steps;
    private final double loss;
    private boolean cancelled;

    Told(int step, int steps, double loss) {
      this.step = step;
      this.steps = steps;
      this.loss = loss;
    }

    @Override
    public int step() {
      return step;
    }

    @Override
    public int steps() {
      return steps;
    }

    @Override
    public double loss() {
      return loss;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  /** Composes an inpainter. What is not set comes from the model. */
  public static final class Builder {
    private @Nullable InpaintModel model;
    private @Nullable Generator generator;
    private @Nullable Discriminator discriminator;
    private final List<LossTerm> losses = new ArrayList<>();
    private @Nullable SearchOptions search;
    private @Nullable Framing framing;
    private @Nullable Blender blender;
    private @Nullable Consumer<? super Progress> listener;
    private long seed;
    private int frameEvery;

    private Builder() {}

    /**
     * The model: sets all parts that are not set by themselves.
     *
     * @param model the model
     * @return this
     * @throws IllegalStateException if a model was set before
     */
    public Builder model(InpaintModel model) {
      checkUnset("model", this.model);
      this.model = requireNonNull(model);
      return this;
    }

    /**
     * The network that is searched.
     *
     * @param generator the generator
     * @return this
     * @throws IllegalStateException if a generator was set before
     */
    public Builder generator(Generator generator) {
      checkUnset("generator", this.generator);
      this.generator = requireNonNull(generator);
      return this;
    }

    /**
     * The network that judges. Losses may need it.
     *
     * @param discriminator the discriminator
     * @return this
     * @throws IllegalStateException if a discriminator was set before
     */
    public Builder discriminator(Discriminator discriminator) {
      checkUnset("discriminator", this.discriminator);
      this.discriminator = requireNonNull(discriminator);
      return this;
    }

    /**
     * Adds a term to the loss. Without any, the model's terms are used.
     *
     * @param term the term
     * @return this
     */
    public Builder loss(LossTerm term) {
      losses.add(requireNonNull(term));
      return this;
    }

    /**
     * How to search.
     *
     * @param search the options
     * @return this
     * @throws IllegalStateException if options were set before
     */
    public Builder search(SearchOptions search) {
      checkUnset("search", this.search);
      this.search = requireNonNull(search);
      return this;
    }

    /**
     * Which square of an image is shown to the model.
     *
     * @param framing the framing; the largest centred square if none is set
     * @return this
     * @throws IllegalStateException if a framing was set before
     */
    public Builder framing(Framing framing) {
      checkUnset("framing", this.framing);
      this.framing = requireNonNull(framing);
      return this;
    }

    /**
     * How the filling is brought into the image.
     *
     * @param blender the blender
     * @return this
     * @throws IllegalStateException if a blender was set before
     */
    public Builder blender(Blender blender) {
      checkUnset("blender", this.blender);
      this.blender = requireNonNull(blender);
      return this;
    }

    /**
     * Told after every step, on the thread that searches.
     *
     * @param listener the listener; it can end the search with {@link Progress#cancel}
     * @return this
     * @throws IllegalStateException if a listener was set before
     */
    public Builder onProgress(Consumer<? super Progress> listener) {
      checkUnset("progress listener", this.listener);
      this.listener = requireNonNull(listener);
      return this;
    }

    /**
     * The seed of the starts.
     *
     * @param seed any number; 0 if not set
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Keeps G(z) on the way of each search, for {@link InpaintResult.Search#frames} and {@link
     * InpaintResult#writeAnimation}. Not for large batches: each start keeps up to 64 pictures of
     * the model's size (0.8 MB at 64x64) until its image is done, and the result those of the best
     * start. A search that runs longer keeps every second of them at twice the distance.
     *
     * @param every the distance between two pictures in steps, at least 1
     * @return this
     * @throws IllegalArgumentException if the distance is not positive
     */
    public Builder recordFrames(int every) {
      checkArgument(every > 0, "the distance between frames must be positive: found %s", every);
      frameEvery = every;
      return this;
    }

    /**
     * The inpainter. Close it after use.
     *
     * @return a new inpainter
     * @throws IllegalStateException if generator, losses or blender are missing
     * @throws IllegalArgumentException if generator and discriminator do not fit together
     */
    public Inpainter build() {
      Generator network = generator != null ? generator : model != null ? model.generator() : null;
      Blender mixer = blender != null ? blender : model != null ? model.blender() : null;
      checkState(network != null, "an inpainter must have a model or a generator: found neither");
      checkState(mixer != null, "an inpainter must have a model or a blender: found neither");
      checkState(
          !effectiveLosses().isEmpty(), "an inpainter must have a model or losses: found neither");
      Discriminator judge = effectiveDiscriminator();
      checkArgument(
          judge == null || judge.imageShape().equals(network.imageShape()),
          "the discriminator must judge images of the generator's shape: expected %s, found %s",
          network.imageShape(),
          judge == null ? "none" : judge.imageShape());
      return new Inpainter(this, network, mixer);
    }

    private @Nullable Discriminator effectiveDiscriminator() {
      if (discriminator != null || model == null) {
        return discriminator;
      }
      return model.discriminator().orElse(null);
    }

    private List<LossTerm> effectiveLosses() {
      return losses.isEmpty() && model != null ? model.losses() : List.copyOf(losses);
    }

    private SearchOptions effectiveSearch() {
      if (search != null) {
        return search;
      }
      return model == null ? SearchOptions.paperDcgan() : model.search();
    }

    private Framing effectiveFraming() {
      if (framing != null) {
        return framing;
      }
      return model == null ? Framing.centeredSquare() : model.framing();
    }

    private static void checkUnset(String what, @Nullable Object value) {
      checkState(value == null, "%s must be set once: found a second one", what);
    }
  }
}
