package org.inpaint4j.eval.metric;

import org.inpaint4j.image.Size;

/** Lengths of gradients. */
final class Gradients {

  private Gradients() {}

  /**
   * The length of the gradient at each pixel: central differences inside, one-sided ones in the
   * first and last row and column.
   *
   * @param plane row by row. Not modified.
   */
  static double[] lengths(double[] plane, Size size) {
    int width = size.width();
    int height = size.height();
    double[] lengths = new double[plane.length];
    for (int y = 0, i = 0; y < height; y++) {
      int up = y > 0 ? width : 0;
      int down = y < height - 1 ? width : 0;
      int rows = (up > 0 ? 1 : 0) + (down > 0 ? 1 : 0);
      for (int x = 0; x < width; x++, i++) {
        int left = x > 0 ? 1 : 0;
        int right = x < width - 1 ? 1 : 0;
        double dx = (plane[i + right] - plane[i - left]) / Math.max(1, left + right);
        double dy = (plane[i + down] - plane[i - up]) / Math.max(1, rows);
        lengths[i] = Math.sqrt(dx * dx + dy * dy);
      }
    }
    return lengths;
  }
}
