package org.inpaint4j.image;

import java.util.function.BooleanSupplier;

/**
 * Gives a filling that was made at a model's resolution, and enlarged, the detail of its
 * surroundings. {@link Blender#detail} has one; it works after the blending.
 *
 * <p>Implementations are immutable and may be used by several threads.
 */
@FunctionalInterface
public interface Detail {

  /** Leaves fillings as they are. */
  Detail NONE = (picture, missing, hole, square, side) -> picture;

  /**
   * Adds detail to a filling that is in its place.
   *
   * @param picture [C, H, W] the part of a photo that holds the square, samples from 0 to 1, with
   *     the filling in the hole and 0 in what else is missing. Not modified.
   * @param missing all of it that is not known, the hole included. Not modified.
   * @param hole the pixels of the filling. Not modified.
   * @param square where the model's image lies, in pixels of the picture
   * @param side rows and columns of the model's image
   * @return a picture that equals the given one outside of the hole, bit for bit; in the hole its
   *     samples are not yet clamped. The same picture if there is nothing to add.
   */
  ImagePlanes add(ImagePlanes picture, Mask missing, Mask hole, Square square, int side);

  /**
   * Adds detail unless it is told to end, which a detail that may take longer than a moment
   * overrides.
   *
   * @param picture as in the other method. Not modified.
   * @param missing as there. Not modified.
   * @param hole as there. Not modified.
   * @param square as there
   * @param side as there
   * @param goesOn asked now and then, on this thread; as soon as it says no, what comes back is the
   *     given picture. This one never asks.
   * @return as there
   */
  default ImagePlanes add(
      ImagePlanes picture,
      Mask missing,
      Mask hole,
      Square square,
      int side,
      BooleanSupplier goesOn) {
    return add(picture, missing, hole, square, side);
  }
}
