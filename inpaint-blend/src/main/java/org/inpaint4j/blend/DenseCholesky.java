package org.inpaint4j.blend;

/** The direct solve at the bottom: a Cholesky factorisation of a small dense matrix. */
final class DenseCholesky {

  private final int n;

  /** The lower triangle of the factor, row by row. */
  private final double[] factor;

  private final double[] work;

  /**
   * Factorises a matrix.
   *
   * @param n its size
   * @param matrix symmetric and positive definite, row by row. Modified: becomes the factor.
   */
  DenseCholesky(int n, double[] matrix) {
    this.n = n;
    factor = matrix;
    work = new double[n];
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        double sum = factor[i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= factor[i * n + k] * factor[j * n + k];
        }
        factor[i * n + j] = i == j ? Math.sqrt(sum) : sum / factor[j * n + j];
      }
    }
  }

  /**
   * Solves for one right-hand side.
   *
   * @param at the index in {@code right} and {@code solution} of each unknown. Not modified.
   * @param right the right-hand side. Not modified.
   * @param solution the solution. Modified.
   */
  void solve(int[] at, double[] right, double[] solution) {
    for (int i = 0; i < n; i++) {
      double sum = right[at[i]];
      for (int k = 0; k < i; k++) {
        sum -= factor[i * n + k] * work[k];
      }
      work[i] = sum / factor[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = work[i];
      for (int k = i + 1; k < n; k++) {
        sum -= factor[k * n + i] * work[k];
      }
      work[i] = sum / factor[i * n + i];
      solution[at[i]] = work[i];
    }
  }
}
