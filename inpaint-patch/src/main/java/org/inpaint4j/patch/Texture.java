package org.inpaint4j.patch;

/**
 * Features that tell fine texture from its mean: the mean absolute slopes along rows and columns
 * around a pixel (Newson et al. 2014, section 3.3). They survive the coarse levels, where the
 * texture itself does not.
 */
final class Texture {

  /** Features a pixel. */
  static final int FEATURES = 2;

  /** Pixels to each side that a mean is taken over. */
  private static final int WINDOW = 8;

  private Texture() {}

  /** The features of the finest level: of known pixels alone, 0 where none is near. */
  static float[] of(float[] pixels, boolean[] hole, int width, int height) {
    int channels = pixels.length / (width * height);
    float[] sums = new float[width * height * 3];
    double[] row = new double[3 * (width + 1)];
    for (int y = 0; y < height; y++) {
      slopes(pixels, hole, width, height, channels, y, row);
      for (int x = 0; x < width; x++) {
        int from = 3 * Math.max(0, x - WINDOW);
        int to = 3 * Math.min(width, x + WINDOW + 1);
        for (int k = 0; k < 3; k++) {
          sums[(y * width + x) * 3 + k] = (float) (row[to + k] - row[from + k]);
        }
      }
    }
    return columns(sums, width, height);
  }

  /** Sums from the start of a row: slopes along it, across it, and how many of them are known. */
  private static void slopes(
      float[] p, boolean[] hole, int width, int height, int channels, int y, double[] row) {
    for (int x = 0; x < width; x++) {
      int i = y * width + x;
      boolean seen =
          x + 1 < width && y + 1 < height && !hole[i] && !hole[i + 1] && !hole[i + width];
      float along = 0;
      float across = 0;
      for (int c = 0; seen && c < channels; c++) {
        along += p[(i + 1) * channels + c] - p[i * channels + c];
        across += p[(i + width) * channels + c] - p[i * channels + c];
      }
      row[3 * x + 3] = row[3 * x] + Math.abs(along / channels);
      row[3 * x + 4] = row[3 * x + 1] + Math.abs(across / channels);
      row[3 * x + 5] = row[3 * x + 2] + (seen ? 1 : 0);
    }
  }

  private static float[] columns(float[] sums, int width, int height) {
    float[] features = new float[width * height * FEATURES];
    double[] column = new double[3 * width];
    int n = 3 * width;
    for (int y = -WINDOW; y < height; y++) {
      for (int k = 0; k < n; k++) {
        double in = y + WINDOW < height ? sums[(y + WINDOW) * n + k] : 0;
        double out = y - WINDOW - 1 >= 0 ? sums[(y - WINDOW - 1) * n + k] : 0;
        column[k] += in - out;
      }
      for (int x = 0; y >= 0 && x < width; x++) {
        double seen = column[3 * x + 2];
        if (seen > 0.5) {
          features[(y * width + x) * FEATURES] = (float) (column[3 * x] / seen);
          features[(y * width + x) * FEATURES + 1] = (float) (column[3 * x + 1] / seen);
        }
      }
    }
    return features;
  }
}
