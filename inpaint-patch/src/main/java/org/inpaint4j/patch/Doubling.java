package org.inpaint4j.patch;

/** Twice the resolution by cubic convolution (Keys 1981, a = -1/2); borders are repeated. */
final class Doubling {

  /** Keys' kernel at distances 1.25, 0.25, 0.75 and 1.75. */
  private static final float[] KEYS = {-0.0703125f, 0.8671875f, 0.2265625f, -0.0234375f};

  private Doubling() {}

  /**
   * A plane of twice the resolution, of which the last row or column may be missing.
   *
   * @param plane [h, w], not modified
   * @param w columns of the plane
   * @param h its rows
   * @param width columns of the result, 2 w or one less
   * @param height its rows, alike
   * @return [height, width]
   */
  static float[] of(float[] plane, int w, int h, int width, int height) {
    float[] wide = new float[h * width];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < width; x++) {
        int step = x % 2 == 0 ? -1 : 1;
        float sum = 0;
        for (int k = -1; k <= 2; k++) {
          sum += KEYS[k + 1] * plane[y * w + Math.max(0, Math.min(w - 1, x / 2 + k * step))];
        }
        wide[y * width + x] = sum;
      }
    }
    float[] result = new float[height * width];
    for (int y = 0; y < height; y++) {
      int step = y % 2 == 0 ? -1 : 1;
      for (int k = -1; k <= 2; k++) {
        int from = Math.max(0, Math.min(h - 1, y / 2 + k * step)) * width;
        for (int x = 0; x < width; x++) {
          result[y * width + x] += KEYS[k + 1] * wide[from + x];
        }
      }
    }
    return result;
  }
}
