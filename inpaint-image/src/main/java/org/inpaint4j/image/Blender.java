package org.inpaint4j.image;

import java.util.BitSet;
import java.util.function.BooleanSupplier;

/**
 * Brings a filling into the hole of an image so that no seam shows.
 *
 * <p>Implementations are immutable and may be used by several threads.
 */
@FunctionalInterface
public interface Blender {

  /** A blender looks at known pixels up to this distance from the hole, along rows and columns. */
  int REACH = 2;

  /**
   * Blends a filling into an image.
   *
   * @param image the image to fill, samples from 0 (black) to 1 (white). What it holds in the hole
   *     has no influence on the result. Not modified.
   * @param filling the filling, of the same size and range. It is defined in the hole and on the
   *     known pixels up to {@link #REACH} pixels away from it. Not modified.
   * @param mask the hole, of the same size. Not modified.
   * @return a new image that equals {@code image} in every known pixel, bit for bit; in the hole
   *     its samples are not yet clamped to [0, 1]
   * @throws IllegalArgumentException if the sizes differ or a sample that is used is not finite
   */
  ImagePlanes blend(ImagePlanes image, ImagePlanes filling, Mask mask);

  /**
   * Blends unless it is told to end, which a blender that may take longer than a moment overrides.
   *
   * @param image as in the other method. Not modified.
   * @param filling as there. Not modified.
   * @param mask as there. Not modified.
   * @param goesOn asked now and then, on this thread; once it says no, what comes back may show a
   *     seam. This one never asks.
   * @return as there
   */
  default ImagePlanes blend(
      ImagePlanes image, ImagePlanes filling, Mask mask, BooleanSupplier goesOn) {
    return blend(image, filling, mask);
  }

  /**
   * What adds detail to the fillings of a model, once they are blended.
   *
   * @return {@link Detail#NONE} unless a blender says otherwise
   */
  default Detail detail() {
    return Detail.NONE;
  }

  /**
   * This blender, with detail added after it.
   *
   * @param detail adds the detail
   * @return a new blender; this one is not changed
   */
  default Blender with(Detail detail) {
    Blender blender = this;
    return new Blender() {
      @Override
      public ImagePlanes blend(ImagePlanes image, ImagePlanes filling, Mask mask) {
        return blender.blend(image, filling, mask);
      }

      @Override
      public ImagePlanes blend(
          ImagePlanes image, ImagePlanes filling, Mask mask, BooleanSupplier goesOn) {
        return blender.blend(image, filling, mask, goesOn);
      }

      @Override
      public Detail detail() {
        return detail;
      }
    };
  }

  /**
   * Puts the filling into the hole as it is: for fillings that already fit their surroundings.
   *
   * @return the blender
   */
  static Blender paste() {
    return (image, filling, mask) -> {
      ImagePlanes result = image.copy();
      int pixels = image.width() * image.height();
      BitSet hole = mask.holeBits();
      for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
        for (int c = 0; c < image.channels(); c++) {
          result.samples()[c * pixels + i] = filling.samples()[c * pixels + i];
        }
      }
      return result;
    };
  }
}
