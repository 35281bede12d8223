package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inpaint4j.image.Margins;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

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

  /** Not modified once the request is made. */
  private final Settings settings;

  /** What can be set, with what holds if it is not. */
  private static final class Settings {
    private long seed;
    private int candidates = 1;
    private boolean inPlace;
    private Optional<Framing> framing = Optional.empty();
    private Optional<Mask> sources = Optional.empty();
    private Consumer<? super Progress> listener = progress -> {};
    private BooleanSupplier cancelled = () -> false;
    private List<List<Float>> starts = List.of();
    private Optional<Consumer<? super LatentStep>> latentListener = Optional.empty();

    private Settings() {}

    private Settings(Settings other) {
      seed = other.seed;
      candidates = other.candidates;
      inPlace = other.inPlace;
      framing = other.framing;
      sources = other.sources;
      listener = other.listener;
      cancelled = other.cancelled;
      starts = other.starts;
      latentListener = other.latentListener;
    }
  }

  private InpaintRequest(BufferedImage image, Mask mask, Settings settings) {
    this.image = image;
    this.mask = mask;
    this.settings = settings;
  }

  private InpaintRequest with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new InpaintRequest(image, mask, changed);
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
    return new InpaintRequest(image, mask, new Settings());
  }

  /**
   * A request for a larger picture: what is beyond the borders is to be filled.
   *
   * @param image any size. Not modified, not even by {@link #inPlace}, which fills the larger copy
   *     that is made here.
   * @param margins by how much
   * @return the request, whose image and mask are of the larger size
   * @throws IllegalArgumentException if the larger picture would have too many pixels
   */
  public static InpaintRequest extending(BufferedImage image, Margins margins) {
    return of(margins.extended(image), margins.hole(Size.of(image)));
  }

  /**
   * What all that is random comes from.
   *
   * @param seed any number
   * @return a new request
   */
  public InpaintRequest seed(long seed) {
    return with(changed -> changed.seed = seed);
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
        candidates == 1 || !settings.inPlace,
        "a request in place must have a single candidate: found %s",
        candidates);
    return with(changed -> changed.candidates = candidates);
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
        settings.candidates == 1,
        "a request in place must have a single candidate: found %s",
        settings.candidates);
    return with(changed -> changed.inPlace = true);
  }

  /**
   * Which squares the model is shown, instead of those of the inpainter's framing.
   *
   * @param framing the framing
   * @return a new request
   */
  public InpaintRequest framing(Framing framing) {
    return with(changed -> changed.framing = Optional.of(framing));
  }

  /**
   * What of the picture may be copied into wide parts of the hole. Without it that is all that is
   * known around the hole. Thin parts and scattered pixels are filled from what is beside them, and
   * fillers that copy nothing do not look at it.
   *
   * <p>Sources farther away than a filler looks are seen if those within its reach are fewer than
   * four times the pixels of the hole.
   *
   * @param sources as large as the picture; the hole of this mask are the sources. What is missing
   *     itself is none.
   * @return a new request. It fails with an {@link IllegalArgumentException} if there is something
   *     to copy, and no 3x3 pixels of the sources are known.
   * @throws IllegalArgumentException if the mask is not as large as the picture
   */
  public InpaintRequest sources(Mask sources) {
    checkArgument(
        sources.size().equals(mask.size()),
        "mask of sources must be as large as the picture: expected %s, found %s",
        mask.size(),
        sources.size());
    return with(changed -> changed.sources = Optional.of(sources));
  }

  /**
   * Told after every step, on the thread that fills.
   *
   * @param listener the listener; it can end this request with {@link Progress#cancel}. If it
   *     throws, this request fails with that error.
   * @return a new request
   */
  public InpaintRequest onProgress(Consumer<? super Progress> listener) {
    requireNonNull(listener, "listener");
    return with(changed -> changed.listener = listener);
  }

  /**
   * Ends this request, within one step, once a condition holds.
   *
   * @param condition asked after every step and while fillings are blended, on the thread that
   *     fills. If it throws, this request fails with that error, as soon as it can: for callers who
   *     do not want the best so far
   * @return a new request; conditions that were set before still count
   */
  public InpaintRequest cancelWhen(BooleanSupplier condition) {
    BooleanSupplier before = settings.cancelled;
    return with(
        changed -> changed.cancelled = () -> before.getAsBoolean() || condition.getAsBoolean());
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
    List<List<Float>> more = new ArrayList<>(settings.starts);
    more.add(List.copyOf(latent));
    return with(changed -> changed.starts = List.copyOf(more));
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
    return with(changed -> changed.latentListener = Optional.of(listener));
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
    return settings.seed;
  }

  int candidates() {
    return settings.candidates;
  }

  boolean isInPlace() {
    return settings.inPlace;
  }

  Optional<Framing> framing() {
    return settings.framing;
  }

  Optional<Mask> sources() {
    return settings.sources;
  }

  Consumer<? super Progress> listener() {
    return settings.listener;
  }

  List<List<Float>> starts() {
    return settings.starts;
  }

  Optional<Consumer<? super LatentStep>> latentListener() {
    return settings.latentListener;
  }

  boolean isCancelled() {
    return settings.cancelled.getAsBoolean();
  }
}
