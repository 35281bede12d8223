package org.inpaint4j.blend;

import java.util.Arrays;
import org.inpaint4j.image.Mask;

/**
 * The distance of each missing pixel to the nearest known pixel, between their centres, in pixels.
 * Exact up to a limit.
 *
 * <p>First the distances along the columns are taken, then for each row the minimum of the sums of
 * squares (A. Meijster et al., <em>A general algorithm for computing distance transforms in linear
 * time</em>, 2000). The lower envelope of that paper is not needed, since the limit bounds the part
 * of the row to look at.
 */
final class HoleDepth {

  private final float[] distance;

  private HoleDepth(float[] distance) {
    this.distance = distance;
  }

  /**
   * Measures a hole.
   *
   * @param mask the hole
   * @param limit distances above it are given as infinite
   */
  static HoleDepth of(Mask mask, int limit) {
    int width = mask.width();
    int height = mask.height();
    int[] up = new int[width * height];
    for (int x = 0; x < width; x++) {
      int known = limit + 1;
      for (int y = 0; y < height; y++) {
        known = mask.isHole(x, y) ? Math.min(limit, known) + 1 : 0;
        up[y * width + x] = known;
      }
      known = limit + 1;
      for (int y = height - 1; y >= 0; y--) {
        known = mask.isHole(x, y) ? Math.min(limit, known) + 1 : 0;
        up[y * width + x] = Math.min(up[y * width + x], known);
      }
    }
    float[] distance = new float[width * height];
    Arrays.fill(distance, Float.POSITIVE_INFINITY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int least = Integer.MAX_VALUE;
        for (int q = Math.max(0, x - limit); q <= Math.min(width - 1, x + limit); q++) {
          int column = up[y * width + q];
          least = Math.min(least, (x - q) * (x - q) + column * column);
        }
        if (least <= limit * limit) {
          distance[y * width + x] = (float) Math.sqrt(least);
        }
      }
    }
    return new HoleDepth(distance);
  }

  /**
   * The distance of a pixel.
   *
   * @param pixel row by row
   * @return 0 if it is known; infinite above the limit
   */
  double at(int pixel) {
    return distance[pixel];
  }
}
