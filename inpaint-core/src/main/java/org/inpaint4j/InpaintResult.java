package org.inpaint4j;

import static com.google.common.base.Preconditions.checkState;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.FoundLatent;

/** A filled picture, and how it came about. */
public final class InpaintResult {

  private final InpaintRequest request;
  private final BufferedImage image;
  private final FillStatus status;
  private final List<Part> parts;
  private final FillMap map;
  private final List<InpaintWarning> warnings;
  private final Duration blendTime;
  private final Provenance provenance;
  private final List<InpaintResult> others;

  InpaintResult(
      InpaintRequest request,
      BufferedImage image,
      FillStatus status,
      List<Part> parts,
      FillMap map,
      List<InpaintWarning> warnings,
      Duration blendTime,
      Provenance provenance,
      List<InpaintResult> others) {
    this.request = request;
    this.image = image;
    this.status = status;
    this.parts = List.copyOf(parts);
    this.map = map;
    this.warnings = List.copyOf(warnings);
    this.blendTime = blendTime;
    this.provenance = provenance;
    this.others = List.copyOf(others);
  }

  /**
   * A part of the photo that was filled from one filling.
   *
   * @param framed the square that the model was shown, and how sure it is that it is a right one;
   *     empty if the filler works at the resolution of the photo
   * @param bounds the rectangle of the photo that the filler was shown, or that is around it
   * @param target what the filler was shown: [C, H, W] samples from 0 to 1, 0 in the hole. Not
   *     modified.
   * @param mask the hole as the filler was shown it, as large as the target
   * @param filling what the filler made, as large as the target
   * @param time how long the filler took; images of one batch share it
   */
  public record Part(
      Optional<Framing.Framed> framed,
      Bounds bounds,
      ImagePlanes target,
      Mask mask,
      Filling filling,
      Duration time) {

    /**
     * The square that the model was shown.
     *
     * @return the square, perhaps turned; empty if the filler works at the resolution of the photo
     */
    public Optional<Square> square() {
      return framed.map(Framing.Framed::square);
    }
  }

  /**
   * The filled picture: of the size and type of the input, and equal to it outside of the hole.
   *
   * @return the picture itself, not a copy; the input itself if the request was in place
   */
  public BufferedImage image() {
    return image;
  }

  /**
   * How the work ended.
   *
   * @return the status
   */
  public FillStatus status() {
    return status;
  }

  /**
   * What the parts of the hole were filled from, one for each square that the {@link Framing} chose
   * and that shows a part of the hole; then what lay in none of them. With a {@link Composition},
   * one for each of its stages.
   *
   * @return the parts in the framing's order, the rest last, or the stages in the order of the
   *     work; empty if there was nothing to fill. Immutable.
   */
  public List<Part> parts() {
    return parts;
  }

  /**
   * Which filler made which pixel of the hole.
   *
   * @return the map; empty if there was nothing to fill
   */
  public FillMap map() {
    return map;
  }

  /**
   * What the latent search found for the first part.
   *
   * @return latent, losses and all else that it tells
   * @throws IllegalStateException if there was nothing to fill, or the filler is no latent search
   */
  public FoundLatent search() {
    checkState(!parts.isEmpty(), "an image without a hole must not be asked for its search");
    Filling filling = parts.get(0).filling();
    checkState(
        filling instanceof FoundLatent,
        "only a latent search has latents: found a filling by %s",
        provenance.filler());
    return (FoundLatent) filling;
  }

  /**
   * Why the filling may not be what was wanted.
   *
   * @return the reasons; empty if there is none, or nothing was to be filled. Immutable.
   */
  public List<InpaintWarning> warnings() {
    return warnings;
  }

  /**
   * All fillings that were asked for, to choose from.
   *
   * @return this one first, which is the best, then the others; perhaps fewer than asked for if the
   *     request was cancelled. Immutable.
   */
  public List<InpaintResult> candidates() {
    List<InpaintResult> all = new java.util.ArrayList<>();
    all.add(this);
    all.addAll(others);
    return List.copyOf(all);
  }

  /**
   * How long the blending took.
   *
   * @return zero if there was nothing to fill
   */
  public Duration blendTime() {
    return blendTime;
  }

  /**
   * What the result was made with.
   *
   * @return filler, seed, versions
   */
  public Provenance provenance() {
    return provenance;
  }

  /** The request that this is the result of. */
  InpaintRequest request() {
    return request;
  }

  @Override
  public String toString() {
    return status + " of " + request.mask();
  }
}
