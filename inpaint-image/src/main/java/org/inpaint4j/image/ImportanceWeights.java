package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

/** The share of hole around each known pixel; see {@link Mask#importanceWeights}. */
final class ImportanceWeights {

  private ImportanceWeights() {}

  static float[] of(Mask mask, int window) {
    checkArgument(window >= 2, "the window must be at least 2 pixels: found %s", window);
    int width = mask.width();
    int height = mask.height();
    int before = window / 2;
    int[] rows = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int holes = 0;
        for (int k = 0; k < window; k++) {
          holes += mask.isHole(mirror(x - before + k, width), y) ? 1 : 0;
        }
        rows[y * width + x] = holes;
      }
    }
    float[] weights = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (!mask.isHole(x, y)) {
          int holes = 0;
          for (int k = 0; k < window; k++) {
            holes += rows[mirror(y - before + k, height) * width + x];
          }
          weights[y * width + x] = (float) ((double) holes / ((double) window * window));
        }
      }
    }
    return weights;
  }

  /** The index of the pixel that stands at {@code index} when the line is mirrored without end. */
  private static int mirror(int index, int size) {
    int period = Math.floorMod(index, 2 * size);
    return period < size ? period : 2 * size - 1 - period;
  }
}
