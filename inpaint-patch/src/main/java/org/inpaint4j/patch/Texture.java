package org.inpaint4j.patch;

import java.util.Arrays;

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
    float[] features = new float[width * height * FEATURES];
    double[] row = new double[3 * (width + 1)];
    int n = 3 * width;
    // Sums along the rows of a window, in a ring.
    float[][] sums = new float[2 * WINDOW + 1][n];
    float[] next = new float[n];
    double[] column = new double[n];
    for (int y = -WINDOW; y < height; y++) {
      int in = y + WINDOW;
      Arrays.fill(next, 0);
      if (in < height) {
        slopes(pixels, hole, width, height, channels, in, row);
        along(row, width, next);
      }
      float[] last = sums[in % sums.length];
      for (int k = 0; k < n; k++) {
        double entering = next[k];
        double leaving = last[k];
        column[k] += entering - leaving;
      }
      sums[in % sums.length] = next;
      next = last;
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

  private static void along(double[] row, int width, float[] sums) {
    for (int x = 0; x < width; x++) {
      int from = 3 * Math.max(0, x - WINDOW);
      int to = 3 * Math.min(width, x + WINDOW + 1);
      for (int k = 0; k < 3; k++) {
        sums[3 * x + k] = (float) (row[to + k] - row[from + k]);
      }
    }
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
}
