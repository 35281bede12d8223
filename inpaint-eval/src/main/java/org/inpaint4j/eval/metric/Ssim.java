package org.inpaint4j.eval.metric;

import java.util.Arrays;
import org.inpaint4j.image.Mask;

/**
 * Structural similarity of two planes with samples from 0 to 1.
 *
 * <p>Wang, Bovik, Sheikh, Simoncelli, Image Quality Assessment: From Error Visibility to Structural
 * Similarity, IEEE TIP 2004, equation 13 with K1 = 0.01 and K2 = 0.03:
 *
 * <pre>
 * S = (2 ua ub + C1)(2 vab + C2) / ((ua² + ub² + C1)(va + vb + C2))
 * </pre>
 *
 * where u, v are the window's means and (co)variances. With sample covariance v is multiplied with
 * n / (n - 1), n pixels of the window. A window is 11 rows high and 11 columns or one column wide.
 */
final class Ssim {

  static final int WINDOW = 11;

  private static final int RADIUS = WINDOW / 2;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  private static final Ssim UNIFORM = uniformWindow(RADIUS);
  private static final Ssim COLUMNS = uniformWindow(0);
  private static final Ssim GAUSSIAN = gaussianWindow(1.5);

  /** The weights of the rows, and of the columns if the window has several; they sum to 1. */
  private final double[] taps;

  private final double covarianceScale;

  /** How far the window reaches along a row: {@link #RADIUS}, or 0 if it is one column. */
  private final int reach;

  private Ssim(double[] taps, double covarianceScale, int reach) {
    this.taps = taps;
    this.covarianceScale = covarianceScale;
    this.reach = reach;
  }

  /** Equal weights for all pixels of the window, sample covariance. */
  static Ssim uniform() {
    return UNIFORM;
  }

  /** Equal weights for all pixels of a window of one column, sample covariance. */
  static Ssim columns() {
    return COLUMNS;
  }

  /** Gaussian window with a standard deviation of 1.5 pixels, population covariance. */
  static Ssim gaussian() {
    return GAUSSIAN;
  }

  private static Ssim uniformWindow(int reach) {
    double[] taps = new double[WINDOW];
    Arrays.fill(taps, 1.0 / WINDOW);
    double pixels = WINDOW * (2 * reach + 1);
    return new Ssim(taps, pixels / (pixels - 1), reach);
  }

  private static Ssim gaussianWindow(double sigma) {
    double[] taps = new double[WINDOW];
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      double x = (i - RADIUS) / sigma;
      taps[i] = Math.exp(-x * x / 2);
      sum += taps[i];
    }
    for (int i = 0; i < WINDOW; i++) {
      taps[i] /= sum;
    }
    return new Ssim(taps, 1, RADIUS);
  }

  /** The mean over all windows that lie inside the image. Neither plane is modified. */
  double mean(double[] a, double[] b, int width, int height) {
    double sum = 0;
    double[] map = map(a, b, width, height);
    for (double value : map) {
      sum += value;
    }
    return sum / map.length;
  }

  /** The mean over the windows centred in the hole, the image mirrored at its borders. */
  double meanInHole(double[] a, double[] b, Mask mask) {
    int width = mask.width();
    int height = mask.height();
    double[] map =
        map(
            mirrored(a, width, height),
            mirrored(b, width, height),
            width + 2 * reach,
            height + 2 * RADIUS);
    double sum = 0;
    for (int i = 0; i < map.length; i++) {
      if (mask.isHole(i % width, i / width)) {
        sum += map[i];
      }
    }
    return sum / mask.holeCount();
  }

  /** S for every window inside the image, (width - 2 reach) x (height - 10) values. */
  private double[] map(double[] a, double[] b, int width, int height) {
    int mapWidth = width - 2 * reach;
    int mapHeight = height - 2 * RADIUS;
    double[] product = new double[width * height];
    double[] rows = new double[mapWidth * height];
    double[] meanA = filter(a, width, height, rows, new double[mapWidth * mapHeight]);
    double[] meanB = filter(b, width, height, rows, new double[mapWidth * mapHeight]);
    // Only the sum of the two variances is needed: one window less to run.
    addSquares(a, b, product);
    double[] meanSquares = filter(product, width, height, rows, new double[mapWidth * mapHeight]);
    multiply(a, b, product);
    double[] map = filter(product, width, height, rows, new double[mapWidth * mapHeight]);
    for (int i = 0; i < map.length; i++) {
      double ua = meanA[i];
      double ub = meanB[i];
      double squares = ua * ua + ub * ub;
      double variances = covarianceScale * (meanSquares[i] - squares);
      double covariance = covarianceScale * (map[i] - ua * ub);
      map[i] = (2 * ua * ub + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
    }
    return map;
  }

  private static void addSquares(double[] a, double[] b, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * a[i] + b[i] * b[i];
    }
  }

  private static void multiply(double[] a, double[] b, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i];
    }
  }

  /**
   * Correlates a plane with the window where it lies inside.
   *
   * @param in width x height. Not modified.
   * @param rows workspace, (width - 2 reach) x height
   * @param out (width - 2 reach) x (height - 10). Modified.
   * @return out
   */
  private double[] filter(double[] in, int width, int height, double[] rows, double[] out) {
    int outWidth = width - 2 * reach;
    int outHeight = height - 2 * RADIUS;
    for (int y = 0; reach > 0 && y < height; y++) {
      correlate(in, y * width, 1, rows, y * outWidth, outWidth);
    }
    double[] summed = reach > 0 ? rows : in;
    for (int y = 0; y < outHeight; y++) {
      correlate(summed, y * outWidth, outWidth, out, y * outWidth, outWidth);
    }
    return out;
  }

  /**
   * Sums 11 samples, {@code stride} apart, for each of {@code count} neighbours.
   *
   * <p>The sum is written out and uses the symmetry of the window. So the loop over the neighbours
   * is vectorised and each sum stays in a register, which takes half the time of a loop over the
   * taps.
   */
  private void correlate(double[] in, int from, int stride, double[] out, int to, int count) {
    double t0 = taps[0];
    double t1 = taps[1];
    double t2 = taps[2];
    double t3 = taps[3];
    double t4 = taps[4];
    double t5 = taps[5];
    int i1 = from + stride;
    int i2 = i1 + stride;
    int i3 = i2 + stride;
    int i4 = i3 + stride;
    int i5 = i4 + stride;
    int i6 = i5 + stride;
    int i7 = i6 + stride;
    int i8 = i7 + stride;
    int i9 = i8 + stride;
    int i10 = i9 + stride;
    for (int x = 0; x < count; x++) {
      out[to + x] =
          t0 * (in[from + x] + in[i10 + x])
              + t1 * (in[i1 + x] + in[i9 + x])
              + t2 * (in[i2 + x] + in[i8 + x])
              + t3 * (in[i3 + x] + in[i7 + x])
              + t4 * (in[i4 + x] + in[i6 + x])
              + t5 * in[i5 + x];
    }
  }

  /** The plane with the reach of the window at every side, mirrored: border pixels repeat. */
  private double[] mirrored(double[] in, int width, int height) {
    int outWidth = width + 2 * reach;
    int outHeight = height + 2 * RADIUS;
    double[] out = new double[outWidth * outHeight];
    for (int y = 0; y < outHeight; y++) {
      int row = mirror(y - RADIUS, height) * width;
      for (int x = 0; x < outWidth; x++) {
        out[y * outWidth + x] = in[row + mirror(x - reach, width)];
      }
    }
    return out;
  }

  private static int mirror(int i, int length) {
    if (i < 0) {
      return -1 - i;
    }
    return i < length ? i : 2 * length - 1 - i;
  }
}
