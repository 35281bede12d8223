package org.inpaint4j.eval.metric;

import org.inpaint4j.image.Size;

/**
 * SSIM of luma from 0 to 255 as a mean over the hole: Gaussian window of 11x11 with σ = 1.5,
 * population covariance, the picture mirrored at its borders (the border pixels twice).
 *
 * <p>Wang, Bovik, Sheikh, Simoncelli, Image Quality Assessment: From Error Visibility to Structural
 * Similarity, IEEE TIP 2004, equation 13.
 */
final class LumaSsim {

  private static final int RADIUS = 5;
  private static final double C1 = 0.01 * 255 * (0.01 * 255);
  private static final double C2 = 0.03 * 255 * (0.03 * 255);
  private static final double[] TAPS = taps();

  private LumaSsim() {}

  private static double[] taps() {
    double[] taps = new double[2 * RADIUS + 1];
    double sum = 0;
    for (int i = 0; i < taps.length; i++) {
      double x = i - RADIUS;
      taps[i] = Math.exp(-x * x / 4.5);
      sum += taps[i];
    }
    for (int i = 0; i < taps.length; i++) {
      taps[i] /= sum;
    }
    return taps;
  }

  /**
   * The mean of the map over the hole.
   *
   * @param a luma of the truth. Not modified.
   * @param b luma of the result. Not modified.
   * @param hole at least one pixel
   */
  static double mean(double[] a, double[] b, HolePixels hole) {
    double[] aa = new double[a.length];
    double[] bb = new double[a.length];
    double[] ab = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      aa[i] = a[i] * a[i];
      bb[i] = b[i] * b[i];
      ab[i] = a[i] * b[i];
    }
    Size size = hole.size();
    double[] ma = blurred(a, size);
    double[] mb = blurred(b, size);
    double[] va = blurred(aa, size);
    double[] vb = blurred(bb, size);
    double[] map = blurred(ab, size);
    for (int i = 0; i < map.length; i++) {
      double means = ma[i] * ma[i] + mb[i] * mb[i];
      double product = ma[i] * mb[i];
      map[i] =
          (2 * product + C1)
              * (2 * (map[i] - product) + C2)
              / ((means + C1) * (va[i] + vb[i] - means + C2));
    }
    return hole.sum(map) / hole.count();
  }

  private static double[] blurred(double[] plane, Size size) {
    int width = size.width();
    int height = size.height();
    int[] columns = mirrored(width);
    int[] rows = mirrored(height);
    double[] across = new double[plane.length];
    double[] blurred = new double[plane.length];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        double sum = 0;
        for (int k = 0; k < TAPS.length; k++) {
          sum += TAPS[k] * plane[y * width + columns[x + k]];
        }
        across[i] = sum;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < TAPS.length; k++) {
        int from = rows[y + k] * width;
        for (int x = 0; x < width; x++) {
          blurred[y * width + x] += TAPS[k] * across[from + x];
        }
      }
    }
    return blurred;
  }

  /** The places from -5 to n + 4, mirrored so that the border pixels come twice: c b a | a b c. */
  private static int[] mirrored(int n) {
    int[] places = new int[n + 2 * RADIUS];
    for (int i = 0; i < places.length; i++) {
      int place = Math.floorMod(i - RADIUS, 2 * n);
      places[i] = place < n ? place : 2 * n - 1 - place;
    }
    return places;
  }
}
