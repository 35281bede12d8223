package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inpaint4j.image.Mask;

/**
 * One picture to fill, and what differs from call to call.
 *
 * <p>Immutable but for the picture, which must not be changed while it is worked on; each method
 * that sets something returns a new request.
 *
 * <pre>{@code
 * inpainter.inpaint(InpaintRequest.of(photo, mask).seed(7).candidates(4));
 * }</pre>
 */
public final class InpaintRequest {

  private final BufferedImage image;
  private final Mask mask;
  private final long seed;
  private final int candidates;
  private final boolean inPlace;
  private final Optional<Framing> framing;
  private final Consumer<? super Progress> listener;
  private final BooleanSupplier cancelled;

  private InpaintRequest(
      BufferedImage image,
      Mask mask,
      long seed,
      int candidates,
      boolean inPlace,
      Optional<Framing> framing,
      Consumer<? super Progress> listener,
      BooleanSupplier cancelled) {
    this.image = image;
    this.mask = mask;
    this.seed = seed;
    this.candidates = candidates;
    this.inPlace = inPlace;
    this.framing = framing;
    this.listener = listener;
    this.cancelled = cancelled;
  }

  /**
   * A request for one filling, with seed 0 and the inpainter's framing.
   *
   * @param image any size; gray or colour, with or without alpha. Not modified, unless {@link
   *     #inPlace} asks for it. What it holds in the hole has no influence on the result.
   * @param mask as large as the image
   * @return the request
   * @throws IllegalArgumentException if the sizes differ
   */
  public static InpaintRequest of(BufferedImage image, Mask mask) {
    checkArgument(
        image.getWidth() == mask.width() && image.getHeight() == mask.height(),
        "mask must be as large as the image: expected %sx%s, found %sx%s",
        image.getWidth(),
        image.getHeight(),
        mask.width(),
        mask.height());
    return new InpaintRequest(
        image, mask, 0, 1, false, Optional.empty(), progress -> {}, () -> false);
  }

  /**
   * What all that is random comes from.
   *
   * @param seed any number
   * @return a new request
   */
  public InpaintRequest seed(long seed) {
    return new InpaintRequest(image, mask, seed, candidates, inPlace, framing, listener, cancelled);
  }

  /**
   * How many fillings to choose from, see {@link InpaintResult#candidates}.
   *
   * @param candidates at least 1
   * @return a new request
   * @throws IllegalArgumentException if the number is not positive, or more than one while this is
   *     in place
   */
  public InpaintRequest candidates(int candidates) {
    checkArgument(candidates > 0, "candidates must be positive: found %s", candidates);
    checkArgument(
        candidates == 1 || !inPlace,
        "a request in place must have a single candidate: found %s",
        candidates);
    return new InpaintRequest(image, mask, seed, candidates, inPlace, framing, listener, cancelled);
  }

  /**
   * Writes the filling into the picture itself instead of a copy of it: for large photos. Then the
   * call needs memory for the part around the hole alone.
   *
   * @return a new request
   * @throws IllegalArgumentException if there are several candidates
   */
  public InpaintRequest inPlace() {
    checkArgument(
        candidates == 1, "a request in place must have a single candidate: found %s", candidates);
    return new InpaintRequest(image, mask, seed, candidates, true, framing, listener, cancelled);
  }

  /**
   * Which squares the model is shown, instead of those of the inpainter's framing.
   *
   * @param framing the framing
   * @return a new request
   */
  public InpaintRequest framing(Framing framing) {
    return new InpaintRequest(
        image, mask, seed, candidates, inPlace, Optional.of(framing), listener, cancelled);
  }

  /**
   * Told after every step, on the thread that fills.
   *
   * @param listener the listener; it can end this request with {@link Progress#cancel}. If it
   *     throws, this request fails with that error.
   * @return a new request
   */
  public InpaintRequest onProgress(Consumer<? super Progress> listener) {
    return new InpaintRequest(
        image,
        mask,
        seed,
        candidates,
        inPlace,
        framing,
        requireNonNull(listener, "listener"),
        cancelled);
  }

  /**
   * Ends this request, within one step, once a condition holds.
   *
   * @param condition asked after every step, on the thread that fills
   * @return a new request; conditions that were set before still count
   */
  public InpaintRequest cancelWhen(BooleanSupplier condition) {
    BooleanSupplier before = cancelled;
    return new InpaintRequest(
        image,
        mask,
        seed,
        candidates,
        inPlace,
        framing,
        listener,
        () -> before.getAsBoolean() || condition.getAsBoolean());
  }

  /**
   * The picture.
   *
   * @return the picture itself, not a copy
   */
  public BufferedImage image() {
    return image;
  }

  /**
   * The mask.
   *
   * @return as large as the picture
   */
  public Mask mask() {
    return mask;
  }

  long seed() {
    return seed;
  }

  int candidates() {
    return candidates;
  }

  boolean isInPlace() {
    return inPlace;
  }

  Optional<Framing> framing() {
    return framing;
  }

  Consumer<? super Progress> listener() {
    return listener;
  }

  boolean isCancelled() {
    return cancelled.getAsBoolean();
  }
}
