package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;

/**
 * A part of a picture to fill, as a {@link Filler} is given it.
 *
 * @param target [C, H, W] samples from 0 (black) to 1 (white), 0 in the hole. Of the size that
 *     {@link Filler#imageShape} asks for, if it asks. Not modified.
 * @param mask as large as the target; at least one pixel of it is hole and at least one is known
 * @param seed decides all that is random
 * @param candidates how many fillings are wanted, at least 1
 * @param listener told of the progress; it can end the work
 * @param latents where a latent search begins, and who is shown its way
 * @param sources what may be copied from, as the hole of a mask as large as the target: a filler
 *     that copies takes nothing else; others do not look at it. Empty if everything known may.
 */
public record FillTask(
    ImagePlanes target,
    Mask mask,
    long seed,
    int candidates,
    FillListener listener,
    LatentPath latents,
    Optional<Mask> sources) {

  /**
   * Checks that the sizes agree.
   *
   * @param target the known samples
   * @param mask as large as the target
   * @param seed decides all that is random
   * @param candidates how many fillings are wanted
   * @param listener told of the progress
   * @param latents where a latent search begins, and who is shown its way
   * @param sources what may be copied from
   */
  public FillTask {
    checkArgument(
        mask.width() == target.width() && mask.height() == target.height(),
        "mask must be as large as the image: expected %sx%s, found %sx%s",
        target.width(),
        target.height(),
        mask.width(),
        mask.height());
    checkArgument(candidates > 0, "candidates must be positive: found %s", candidates);
    sources.ifPresent(
        some ->
            checkArgument(
                some.size().equals(mask.size()),
                "mask of sources must be as large as the picture: expected %s, found %s",
                mask.size(),
                some.size()));
  }

  /**
   * A task that leaves it to the filler where a latent search begins.
   *
   * @param target the known samples
   * @param mask as large as the target
   * @param seed decides all that is random
   * @param candidates how many fillings are wanted
   * @param listener told of the progress
   */
  public FillTask(ImagePlanes target, Mask mask, long seed, int candidates, FillListener listener) {
    this(target, mask, seed, candidates, listener, LatentPath.DRAWN, Optional.empty());
  }

  /**
   * A task with seed 0, one filling, and nobody who listens.
   *
   * @param target the known samples
   * @param mask as large as the target
   * @return the task
   */
  public static FillTask of(ImagePlanes target, Mask mask) {
    return new FillTask(target, mask, 0, 1, FillListener.NONE);
  }

  /**
   * The same task with another listener.
   *
   * @param other the listener
   * @return the task
   */
  public FillTask listener(FillListener other) {
    return new FillTask(target, mask, seed, candidates, other, latents, sources);
  }

  /**
   * The same task with another way of a latent search.
   *
   * @param other where a latent search begins, and who is shown its way
   * @return the task
   */
  public FillTask latents(LatentPath other) {
    return new FillTask(target, mask, seed, candidates, listener, other, sources);
  }

  /**
   * The same task with other sources.
   *
   * @param other what may be copied from; empty: everything known
   * @return the task
   * @throws IllegalArgumentException if the mask is not as large as the target
   */
  public FillTask sources(Optional<Mask> other) {
    return new FillTask(target, mask, seed, candidates, listener, latents, other);
  }
}
