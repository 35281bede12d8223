package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
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
  private final List<List<Float>> starts;
  private final Optional<Consumer<? super LatentStep>> latentListener;

  private InpaintRequest(
      BufferedImage image,
      Mask mask,
      long seed,
      int candidates,
      boolean inPlace,
      Optional<Framing> framing,
      Consumer<? super Progress> listener,
      BooleanSupplier cancelled,
      List<List<Float>> starts,
      Optional<Consumer<? super LatentStep>> latentListener) {
    this.image = image;
    this.mask = mask;
    this.seed = seed;
    this.candidates = candidates;
    this.inPlace = inPlace;
    this.framing = framing;
    this.listener = listener;
    this.cancelled = cancelled;
    this.starts = starts;
    this.latentListener = latentListener;
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
        image,
        mask,
        0,
        1,
        false,
        Optional.empty(),
        progress -> {},
        () -> false,
        List.of(),
        Optional.empty());
  }

  /**
   * What all that is random comes from.
   *
   * @param seed any number
   * @return a new request
   */
  public InpaintRequest seed(long seed) {
    return new InpaintRequest(
        image,
        mask,
        seed,
        candidates,
        inPlace,
        framing,
        listener,
        cancelled,
        starts,
        latentListener);
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
    return new InpaintRequest(
        image,
        mask,
        seed,
        candidates,
        inPlace,
        framing,
        listener,
        cancelled,
        starts,
        latentListener);
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
    return new InpaintRequest(
        image, mask, seed, candidates, true, framing, listener, cancelled, starts, latentListener);
  }

  /**
   * Which squares the model is shown, instead of those of the inpainter's framing.
   *
   * @param framing the framing
   * @return a new request
   */
  public InpaintRequest framing(Framing framing) {
    return new InpaintRequest(
        image,
        mask,
        seed,
        candidates,
        inPlace,
        Optional.of(framing),
        listener,
        cancelled,
        starts,
        latentListener);
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
        cancelled,
        starts,
        latentListener);
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
        () -> before.getAsBoolean() || condition.getAsBoolean(),
        starts,
        latentListener);
  }

  /**
   * Starts the latent search at a latent, that of another result for example, instead of a draw.
   * Called several times it gives several starts, in this order. If the options of the search have
   * more starts, the others are drawn; if they have fewer, there are as many as given here. A bound
   * of the options holds for these latents too. In a photo with several squares it is the start in
   * each of them.
   *
   * @param latent as long as the generator's latent space; copied
   * @return a new request. It fails with an {@link IllegalArgumentException} if the latent is of
   *     another length, or if the inpainter's filler is no latent search.
   */
  public InpaintRequest startAt(List<Float> latent) {
    List<List<Float>> more = new ArrayList<>(starts);
    more.add(List.copyOf(latent));
    return new InpaintRequest(
        image,
        mask,
        seed,
        candidates,
        inPlace,
        framing,
        listener,
        cancelled,
        List.copyOf(more),
        latentListener);
  }

  /**
   * Shown every latent of every step of a latent search, on the thread that fills, before it is
   * moved: one call for each start. For studying a search; a copy is made of each latent.
   *
   * @param listener the listener. If it throws, this request fails with that error. A filler that
   *     searches no latent space never calls it.
   * @return a new request
   */
  public InpaintRequest onLatent(Consumer<? super LatentStep> listener) {
    return new InpaintRequest(
        image,
        mask,
        seed,
        candidates,
        inPlace,
        framing,
        this.listener,
        cancelled,
        starts,
        Optional.of(listener));
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

  List<List<Float>> starts() {
    return starts;
  }

  Optional<Consumer<? super LatentStep>> latentListener() {
    return latentListener;
  }

  boolean isCancelled() {
    return cancelled.getAsBoolean();
  }
}
