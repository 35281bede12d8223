package org.inpaint4j.blend;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Connected;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * Blends the wide parts of a hole in one way and the others in another.
 *
 * @param wide for parts whose pixels are on average more than {@value #WIDE} pixels from the
 *     nearest known one
 * @param thin for the others
 */
record PartsBlender(Blender wide, Blender thin) implements Blender {

  /**
   * Of images of 64x64 pixels, rectangles of 10 % and more have means of 2.4 and more, random
   * pixels (80 %) at most 1.34, strokes 1 to 1.4, of 2,028 parts one 2.3.
   */
  private static final double WIDE = 2;

  /** A larger distance counts as this one. */
  private static final int FARTHEST = 8;

  @Override
  public ImagePlanes blend(ImagePlanes image, ImagePlanes filling, Mask mask) {
    return blend(image, filling, mask, () -> true);
  }

  /** Asks as often as the blenders of the parts do. */
  @Override
  public ImagePlanes blend(
      ImagePlanes image, ImagePlanes filling, Mask mask, BooleanSupplier goesOn) {
    Going going = new Going(goesOn);
    Mask wideParts = wideParts(mask);
    if (wideParts.holeCount() == 0) {
      return thin.blend(image, filling, mask, going);
    }
    ImagePlanes blended = wide.blend(image, filling, mask, going);
    return wideParts.holeCount() == mask.holeCount() || going.hasEnded()
        ? blended
        : Blender.paste().blend(thin.blend(image, filling, mask, going), blended, wideParts);
  }

  private static Mask wideParts(Mask mask) {
    if (mask.holeCount() == 0) {
      return mask;
    }
    int width = mask.width();
    HoleDepth depth = HoleDepth.of(mask, FARTHEST);
    Connected parts = Connected.of(mask);
    double[] sums = new double[parts.bounds().size()];
    int[] counts = new int[sums.length];
    mask.holeBits().stream()
        .forEach(
            i -> {
              int part = parts.part(i % width, i / width);
              sums[part] += Math.min(depth.at(i), FARTHEST);
              counts[part]++;
            });
    List<Integer> wide =
        IntStream.range(0, sums.length).filter(k -> sums[k] > WIDE * counts[k]).boxed().toList();
    return parts.mask(wide, Bounds.of(mask.size()));
  }
}
