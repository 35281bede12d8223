package org.inpaint4j.patch;

/**
 * Ridge regression with few regressors: solves {@code (E'E + R) b = E'r} with a diagonal R.
 *
 * <p>Not for several threads at once.
 */
final class Ridge {

  /** Smaller pivots are rounding. */
  private static final double LEAST_PIVOT = 1e-9;

  private final float[] gram;
  private final double[] factor;

  Ridge(int most) {
    gram = new float[most * most];
    factor = new double[most * most];
  }

  /**
   * Solves for the coefficients.
   *
   * @param rows regressors of one equation after the other, {@code count} a row. Not modified.
   * @param equations the number of rows
   * @param count a multiple of 4
   * @param noise is added to the diagonal
   * @param share this part of the diagonal's mean is added to it, too
   * @param right E'r, modified: becomes the coefficients
   */
  void solve(float[] rows, int equations, int count, double noise, double share, double[] right) {
    multiply(rows, equations, count);
    double trace = 0;
    for (int i = 0; i < count; i++) {
      trace += gram[i * count + i];
    }
    double ridge = noise + share * trace / count;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        factor[i * count + j] = gram[i * count + j];
      }
      factor[i * count + i] += ridge;
    }
    cholesky(count);
    substitute(right, count);
  }

  /**
   * gram = E'E, its lower half. In blocks of 4x4 whose sums stay in registers: three times as fast
   * as the loop along rows, which is too short to be worth vectorising.
   */
  private void multiply(float[] rows, int equations, int count) {
    for (int c = 0; c < count; c += 4) {
      for (int d = 0; d <= c; d += 4) {
        block(rows, equations, count, c, d);
      }
    }
  }

  private void block(float[] e, int equations, int count, int c, int d) {
    float s00 = 0;
    float s01 = 0;
    float s02 = 0;
    float s03 = 0;
    float s10 = 0;
    float s11 = 0;
    float s12 = 0;
    float s13 = 0;
    float s20 = 0;
    float s21 = 0;
    float s22 = 0;
    float s23 = 0;
    float s30 = 0;
    float s31 = 0;
    float s32 = 0;
    float s33 = 0;
    for (int i = 0, r = 0; i < equations; i++, r += count) {
      float a0 = e[r + c];
      float a1 = e[r + c + 1];
      float a2 = e[r + c + 2];
      float a3 = e[r + c + 3];
      float b0 = e[r + d];
      float b1 = e[r + d + 1];
      float b2 = e[r + d + 2];
      float b3 = e[r + d + 3];
      s00 += a0 * b0;
      s01 += a0 * b1;
      s02 += a0 * b2;
      s03 += a0 * b3;
      s10 += a1 * b0;
      s11 += a1 * b1;
      s12 += a1 * b2;
      s13 += a1 * b3;
      s20 += a2 * b0;
      s21 += a2 * b1;
      s22 += a2 * b2;
      s23 += a2 * b3;
      s30 += a3 * b0;
      s31 += a3 * b1;
      s32 += a3 * b2;
      s33 += a3 * b3;
    }
    put(c * count + d, s00, s01, s02, s03);
    put((c + 1) * count + d, s10, s11, s12, s13);
    put((c + 2) * count + d, s20, s21, s22, s23);
    put((c + 3) * count + d, s30, s31, s32, s33);
  }

  private void put(int at, float s0, float s1, float s2, float s3) {
    gram[at] = s0;
    gram[at + 1] = s1;
    gram[at + 2] = s2;
    gram[at + 3] = s3;
  }

  /** factor becomes its Cholesky factor, with the reciprocals of the diagonal. */
  private void cholesky(int count) {
    for (int i = 0; i < count; i++) {
      int row = i * count;
      for (int j = 0; j < i; j++) {
        int other = j * count;
        double even = factor[row + j];
        double odd = 0;
        int k = 0;
        for (; k + 1 < j; k += 2) {
          even -= factor[row + k] * factor[other + k];
          odd -= factor[row + k + 1] * factor[other + k + 1];
        }
        if (k < j) {
          even -= factor[row + k] * factor[other + k];
        }
        factor[row + j] = (even + odd) * factor[other + j];
      }
      double pivot = factor[row + i];
      for (int k = 0; k < i; k++) {
        pivot -= factor[row + k] * factor[row + k];
      }
      factor[row + i] = 1 / Math.sqrt(Math.max(pivot, LEAST_PIVOT));
    }
  }

  private void substitute(double[] right, int count) {
    for (int i = 0; i < count; i++) {
      double sum = right[i];
      for (int k = 0; k < i; k++) {
        sum -= factor[i * count + k] * right[k];
      }
      right[i] = sum * factor[i * count + i];
    }
    for (int i = count - 1; i >= 0; i--) {
      double value = right[i] * factor[i * count + i];
      right[i] = value;
      for (int k = 0; k < i; k++) {
        right[k] -= factor[i * count + k] * value;
      }
    }
  }
}
