package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.LatentSearch;
import org.inpaint4j.search.SearchOptions;
import org.jspecify.annotations.Nullable;

/**
 * Fills holes in pictures.
 *
 * <pre>{@code
 * try (Inpainter inpainter = Inpainter.builder().model(Faces64.load()).build()) {
 *   InpaintResult result = inpainter.inpaint(photo, Mask.whiteIsHole(maskImage));
 *   ImageIO.write(result.image(), "png", file);
 * }
 * }</pre>
 *
 * <p>The way of the data: a {@link Framing} chooses squares of the photo; their known pixels are
 * brought to the size that the {@link Filler} takes; the filler makes fillings; these are brought
 * back, and a {@link Blender} brings them into the hole. Known pixels stay as they are, bit for
 * bit.
 *
 * <p>A {@link Composition} in place of these divides a hole among several fillers: {@code
 * Photos.automatic()} of {@code inpaint-photo} is such an inpainter, for any photo.
 *
 * <p>May be used by several threads. Unless the filler can serve them at once they take turns,
 * because a search already uses all cores. The same request gives the same bytes, whatever else is
 * in the batch and whichever thread calls. A listener must not close the inpainter that calls it,
 * nor, where threads take turns, have it fill another picture. Native memory is held until {@link
 * #close}.
 *
 * <p>No rival to diffusion models where a data-centre GPU is at hand.
 */
public final class Inpainter implements AutoCloseable {

  private final Work work;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private volatile boolean closed;

  private Inpainter(Work work) {
    this.work = work;
  }

  /**
   * A builder.
   *
   * @return a new builder; a model, a filler, or a generator with losses and a blender must be set
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Fills the hole of a picture.
   *
   * @param image any size; gray or colour, with or without alpha. Not modified. What it holds in
   *     the hole has no influence on the result.
   * @param mask as large as the image
   * @return the filled picture; if the thread is interrupted, with the best found so far
   * @throws HoleOutsideSquareException if a part of the hole lies in none of the framing's squares,
   *     and nothing else may fill it
   * @throws IllegalArgumentException if the sizes differ or no pixel is known
   * @throws IllegalStateException if this is closed, or called by a listener of its own where
   *     threads take turns
   * @throws CancellationException if the thread is interrupted while other threads have their turn
   */
  public InpaintResult inpaint(BufferedImage image, Mask mask) {
    return inpaint(InpaintRequest.of(image, mask));
  }

  /**
   * Fills the hole of a picture as a request says.
   *
   * @param request the picture, and what differs from call to call
   * @return the best filling, with the other {@link InpaintResult#candidates}; if the request is
   *     cancelled or the thread is interrupted, with the best found so far
   * @throws HoleOutsideSquareException if a part of the hole lies in none of the framing's squares,
   *     and nothing else may fill it
   * @throws IllegalArgumentException if no pixel is known
   * @throws IllegalStateException if this is closed, or called by a listener of its own where
   *     threads take turns
   * @throws CancellationException if the thread is interrupted while other threads have their turn
   */
  public InpaintResult inpaint(InpaintRequest request) {
    return inpaintAll(List.of(request)).get(0).orElseThrow();
  }

  /**
   * Fills the holes of several pictures in common batches, which is faster than one by one.
   *
   * @param requests the pictures
   * @return what became of each, in order: the same as if it were filled alone, or its own error.
   *     If the thread is interrupted, requests that were not begun have neither; the first has a
   *     result even then, unless others have their turn.
   * @throws IllegalStateException if this is closed, or called by a listener of its own where
   *     threads take turns
   */
  public List<InpaintOutcome> inpaintAll(List<InpaintRequest> requests) {
    checkOpen();
    checkState(
        !lock.isWriteLockedByCurrentThread(),
        "an inpainter whose callers take turns must not be called by its own call: expected another"
            + " inpainter, or this one after the call, found it in a listener");
    Lock turn = isConcurrent() ? lock.readLock() : lock.writeLock();
    if (!take(turn)) {
      return Collections.nCopies(requests.size(), InpaintOutcome.notBegun());
    }
    try {
      checkOpen();
      return work.fill(requests);
    } finally {
      turn.unlock();
    }
  }

  /** Waits for a turn, unless the thread is interrupted. */
  private static boolean take(Lock turn) {
    if (Thread.currentThread().isInterrupted()) {
      return turn.tryLock();
    }
    try {
      turn.lockInterruptibly();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Fills the hole of a picture on another thread.
   *
   * @param request the picture, and what differs from call to call
   * @param executor runs the work; not shut down
   * @return the result to come, or the error that {@link #inpaint(InpaintRequest)} would throw.
   *     Cancelling it ends the work within one step.
   */
  public CompletableFuture<InpaintResult> inpaintAsync(InpaintRequest request, Executor executor) {
    CompletableFuture<InpaintResult> future = new CompletableFuture<>();
    executor.execute(
        () -> {
          if (future.isDone()) {
            return;
          }
          try {
            future.complete(inpaint(request.cancelWhen(future::isDone)));
          } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
          }
        });
    return future;
  }

  /**
   * Whether calls of several threads run at once. If not they take turns, since one call already
   * uses all cores.
   *
   * @return {@link Filler#isThreadSafe}, of all fillers
   */
  public boolean isConcurrent() {
    return work.isThreadSafe();
  }

  /**
   * How many requests {@link #inpaintAll} should be given at once, if there are many. The results
   * do not depend on it.
   *
   * @return as many as share a batch of a search; 1 for what gains nothing from batches, so that
   *     only one picture has to be in memory
   */
  public int batch() {
    return work.batch();
  }

  /**
   * What results are made with, for a request with seed 0.
   *
   * @return filler, seed, versions
   * @throws IllegalStateException if this is closed
   */
  public Provenance provenance() {
    checkOpen();
    return new Provenance(work.provenance(), 0, Versions.all());
  }

  private void checkOpen() {
    checkState(!closed, "an inpainter must not be used after close()");
  }

  /**
   * Frees the native memory. Work that is going on ends first.
   *
   * @throws IllegalStateException if this is at work for the same thread: a listener cannot wait
   *     for the call that it is told of
   */
  @Override
  public void close() {
    checkState(
        !lock.isWriteLockedByCurrentThread() && lock.getReadHoldCount() == 0,
        "an inpainter must not be closed by its own call: expected close() after the call, found it"
            + " in a listener");
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        work.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Composes an inpainter. What is not set comes from the model. */
  public static final class Builder {
    private @Nullable Composition composition;
    private @Nullable InpaintModel model;
    private @Nullable Filler filler;
    private @Nullable Filler rest;
    private @Nullable Generator generator;
    private @Nullable Discriminator discriminator;
    private final List<LossTerm> losses = new ArrayList<>();
    private @Nullable SearchOptions search;
    private @Nullable Framing framing;
    private @Nullable Blender blender;
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
     * What divides the hole among several fillers, in place of all other parts. The inpainter
     * closes it.
     *
     * @param composition the composition
     * @return this
     * @throws IllegalStateException if a composition was set before
     */
    public Builder composition(Composition composition) {
      checkUnset("composition", this.composition);
      this.composition = requireNonNull(composition);
      return this;
    }

    /**
     * What makes the fillings. The inpainter closes it.
     *
     * @param filler the filler
     * @return this
     * @throws IllegalStateException if a filler was set before
     */
    public Builder filler(Filler filler) {
      checkUnset("filler", this.filler);
      this.filler = requireNonNull(filler);
      return this;
    }

    /**
     * What fills the pixels of the hole that lie in no square of the framing, after the others, and
     * with a warning. The inpainter closes it.
     *
     * @param filler a filler that works at the resolution of the photo; the model's if none is set.
     *     If the model has none either, such holes are refused.
     * @return this
     * @throws IllegalArgumentException if the filler takes images of one size only
     * @throws IllegalStateException if such a filler was set before
     */
    public Builder rest(Filler filler) {
      checkUnset("rest", this.rest);
      checkArgument(
          filler.imageShape().isEmpty(),
          "what fills the rest must work at the resolution of the photo: found %s",
          filler);
      this.rest = filler;
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
     * How to search: the model's options, or {@link SearchOptions#balanced} without a model, if
     * none are set.
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
     * Which squares of a photo are shown to the model. A request can have a framing of its own. A
     * filler that works at the resolution of the photo needs none.
     *
     * @param framing the framing; the model's, or the largest centred square without a model, if
     *     none is set
     * @return this
     * @throws IllegalStateException if a framing was set before
     */
    public Builder framing(Framing framing) {
      checkUnset("framing", this.framing);
      this.framing = requireNonNull(framing);
      return this;
    }

    /**
     * How the filling is brought into the picture.
     *
     * @param blender the blender; the model's if none is set. For a filler that works at the
     *     resolution of the photo it is {@link Blender#paste} if none is set.
     * @return this
     * @throws IllegalStateException if a blender was set before
     */
    public Builder blender(Blender blender) {
      checkUnset("blender", this.blender);
      this.blender = requireNonNull(blender);
      return this;
    }

    /**
     * Keeps G(z) on the way of each latent search, for {@link
     * org.inpaint4j.search.FoundLatent#frames} and {@link Animation}. Not for large batches: each
     * start keeps up to 64 pictures of the model's size (0.8 MB at 64x64) until its image is done.
     * A search that runs longer keeps every second of them at twice the distance.
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
     * @throws IllegalStateException if nothing that fills, or a blender, is missing; if a filler is
     *     set together with parts of a latent search, or a composition with anything else
     * @throws IllegalArgumentException if the parts of a latent search do not fit together
     */
    public Inpainter build() {
      if (composition != null) {
        checkState(
            model == null
                && filler == null
                && rest == null
                && !hasSearchParts()
                && framing == null
                && blender == null,
            "a composition must be all there is: found other parts in one builder");
        return new Inpainter(new ComposedWork(composition));
      }
      Filler fills = effectiveFiller();
      try {
        return new Inpainter(
            new FramedWork(fills, effectiveRest(), effectiveFraming(), effectiveBlender(fills)));
      } catch (RuntimeException e) {
        fills.close();
        throw e;
      }
    }

    private Filler effectiveFiller() {
      boolean parts = hasSearchParts();
      if (filler != null) {
        checkState(
            !parts,
            "a filler must not be given parts of a latent search: found both in one builder");
        return filler;
      }
      if (model != null && !(model instanceof LatentModel)) {
        checkState(!parts, "only a latent model can be given parts of a search: found %s", model);
        return model.filler();
      }
      return latentSearch((LatentModel) model);
    }

    private boolean hasSearchParts() {
      return generator != null
          || discriminator != null
          || !losses.isEmpty()
          || search != null
          || frameEvery > 0;
    }

    private LatentSearch latentSearch(@Nullable LatentModel latent) {
      Generator network =
          generator != null ? generator : latent != null ? latent.generator() : null;
      checkState(
          network != null, "an inpainter must have a model, a filler or a generator: found none");
      List<LossTerm> terms = losses.isEmpty() && latent != null ? latent.losses() : losses;
      checkState(!terms.isEmpty(), "an inpainter must have a model or losses: found neither");
      Optional<Discriminator> judge =
          discriminator != null || latent == null
              ? Optional.ofNullable(discriminator)
              : latent.discriminator();
      SearchOptions options =
          search != null ? search : latent != null ? latent.search() : SearchOptions.balanced();
      return new LatentSearch(network, judge, terms, options, frameEvery);
    }

    private Optional<Filler> effectiveRest() {
      return rest != null || model == null ? Optional.ofNullable(rest) : model.rest();
    }

    private Framing effectiveFraming() {
      if (framing != null) {
        return framing;
      }
      return model == null ? Framing.centeredSquare() : model.framing();
    }

    private Blender effectiveBlender(Filler fills) {
      if (blender != null) {
        return blender;
      }
      if (model != null) {
        return model.blender();
      }
      checkState(
          fills.imageShape().isEmpty(),
          "an inpainter must have a model or a blender: found neither");
      return Blender.paste();
    }

    private static void checkUnset(String what, @Nullable Object value) {
      checkState(value == null, "%s must be set once: found a second one", what);
    }
  }
}
