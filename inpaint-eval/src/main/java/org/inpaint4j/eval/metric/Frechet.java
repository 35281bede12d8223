package org.inpaint4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.inpaint4j.image.Internal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Fréchet distance between normal distributions.
 *
 * <p>The hard part of {@code |m1 - m2|² + tr S1 + tr S2 - 2 tr (S1 S2)^½} is the last trace. For
 * any factor {@code S1 = A Aᵀ}, the matrix {@code Aᵀ S2 A} is symmetric and positive semidefinite,
 * and has the same nonzero eigenvalues as {@code S1 S2}. So the trace is the sum of the square
 * roots of its eigenvalues. The root of {@code S1 S2} itself, which is not symmetric and is
 * singular for small samples, is never formed.
 *
 * <ul>
 *   <li>From moments, A is {@code V √Λ} of {@code S1 = V Λ Vᵀ}, without the columns whose
 *       eigenvalues are rounding (below n ε λmax).
 *   <li>From N1 and N2 samples of D features with N smaller than D, A and B are the centred samples
 *       over {@code √(N - 1)} themselves, and {@code (Aᵀ B)(Aᵀ B)ᵀ} is only N1 x N1: {@code O(N³)}
 *       instead of {@code O(D³)} (Mathiasen and Hvilshøj, Backpropagating through Fréchet Inception
 *       Distance, 2020).
 * </ul>
 *
 * <p>Eigenvalues of the product below n ε of the largest are rounding errors, too, and are dropped.
 * Their roots, about 1e-8 of the largest each, would add up.
 */
@Internal
public final class Frechet {

  /** Heusel et al. and most after them ask for this many samples at least. */
  public static final int FEW = 2048;

  private static final Logger LOG = LoggerFactory.getLogger(Frechet.class);
  private static final double EPSILON = Math.ulp(1.0);

  private Frechet() {}

  /**
   * Logs a warning if a distance from so many samples is biased.
   *
   * @param samples how many
   */
  public static void warnIfFew(long samples) {
    if (samples < FEW) {
      LOG.warn(
          "A Fréchet distance from {} samples is biased upwards: use {} or more, or compare only at"
              + " the same number",
          samples,
          FEW);
    }
  }

  /**
   * The distance from means and covariances.
   *
   * @param mean1 D values. Not modified.
   * @param covariance1 D x D, symmetric. Not modified.
   * @param mean2 D values. Not modified.
   * @param covariance2 D x D, symmetric. Not modified.
   * @return at least 0
   */
  public static double ofMoments(
      double[] mean1, double[] covariance1, double[] mean2, double[] covariance2) {
    int n = mean1.length;
    DMatrixRMaj s2 = DMatrixRMaj.wrap(n, n, covariance2);
    DMatrixRMaj root = factor(DMatrixRMaj.wrap(n, n, covariance1.clone()));
    double trace = trace(covariance1, n) + trace(covariance2, n);
    double cross = 0;
    if (root.numCols > 0) {
      DMatrixRMaj right = new DMatrixRMaj(n, root.numCols);
      CommonOps_DDRM.mult(s2, root, right);
      DMatrixRMaj product = new DMatrixRMaj(root.numCols, root.numCols);
      CommonOps_DDRM.multTransA(root, right, product);
      cross = sumOfRoots(product);
    }
    return Math.max(0, squaredDistance(mean1, mean2) + trace - 2 * cross);
  }

  /**
   * The distance from the samples themselves, at least 2 on each side.
   *
   * @param first vectors of one length. Not modified.
   * @param second vectors of that length. Not modified.
   * @return at least 0
   */
  public static double ofSamples(float[][] first, float[][] second) {
    checkArgument(
        first.length > 1 && second.length > 1,
        "a Fréchet distance must have at least 2 samples on each side: found %s and %s",
        first.length,
        second.length);
    double[] mean1 = mean(first);
    double[] mean2 = mean(second);
    checkArgument(
        mean1.length == mean2.length,
        "features must have one dimension: expected %s, found %s",
        mean1.length,
        mean2.length);
    boolean swap = first.length > second.length;
    DMatrixRMaj a = swap ? centred(second, mean2) : centred(first, mean1);
    DMatrixRMaj b = swap ? centred(first, mean1) : centred(second, mean2);
    DMatrixRMaj inner = new DMatrixRMaj(a.numRows, b.numRows);
    CommonOps_DDRM.multTransB(a, b, inner);
    DMatrixRMaj product = new DMatrixRMaj(a.numRows, a.numRows);
    CommonOps_DDRM.multTransB(inner, inner, product);
    double trace = squaredNorm(a) + squaredNorm(b);
    return Math.max(0, squaredDistance(mean1, mean2) + trace - 2 * sumOfRoots(product));
  }

  /**
   * A with A Aᵀ = s, as many columns as s has rank.
   *
   * @param s symmetric, positive semidefinite. Modified.
   */
  private static DMatrixRMaj factor(DMatrixRMaj s) {
    int n = s.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(s, true);
    double largest = 0;
    for (int k = 0; k < n; k++) {
      largest = Math.max(largest, eigen.getEigenvalue(k).getReal());
    }
    double smallest = n * EPSILON * largest;
    int rank = 0;
    for (int k = 0; k < n; k++) {
      rank += eigen.getEigenvalue(k).getReal() > smallest ? 1 : 0;
    }
    DMatrixRMaj root = new DMatrixRMaj(n, rank);
    for (int k = 0, column = 0; k < n; k++) {
      double value = eigen.getEigenvalue(k).getReal();
      if (value > smallest) {
        double scale = Math.sqrt(value);
        DMatrixRMaj vector = eigen.getEigenVector(k);
        for (int i = 0; i < n; i++) {
          root.data[i * rank + column] = scale * vector.data[i];
        }
        column++;
      }
    }
    return root;
  }

  /**
   * The sum of the square roots of the eigenvalues.
   *
   * @param symmetric positive semidefinite up to rounding. Modified.
   */
  private static double sumOfRoots(DMatrixRMaj symmetric) {
    int n = symmetric.numRows;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (symmetric.data[i * n + j] + symmetric.data[j * n + i]) / 2;
        symmetric.data[i * n + j] = mean;
        symmetric.data[j * n + i] = mean;
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(symmetric, false);
    double largest = 0;
    for (int k = 0; k < n; k++) {
      largest = Math.max(largest, eigen.getEigenvalue(k).getReal());
    }
    double smallest = n * EPSILON * largest;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      double value = eigen.getEigenvalue(k).getReal();
      if (value > smallest) {
        sum += Math.sqrt(value);
      }
    }
    return sum;
  }

  private static EigenDecomposition_F64<DMatrixRMaj> decompose(
      DMatrixRMaj symmetric, boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(symmetric.numRows, vectors, true);
    if (!eigen.decompose(symmetric)) {
      throw new ArithmeticException("the eigenvalues of a covariance must converge: they did not");
    }
    return eigen;
  }

  private static double trace(double[] square, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += square[i * n + i];
    }
    return sum;
  }

  private static double squaredNorm(DMatrixRMaj matrix) {
    double sum = 0;
    for (double value : matrix.data) {
      sum += value * value;
    }
    return sum;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  private static double[] mean(float[][] samples) {
    double[] mean = new double[samples[0].length];
    for (float[] sample : samples) {
      checkArgument(
          sample.length == mean.length,
          "a feature vector must be %s long: found %s",
          mean.length,
          sample.length);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += sample[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= samples.length;
    }
    return mean;
  }

  private static DMatrixRMaj centred(float[][] samples, double[] mean) {
    double scale = 1 / Math.sqrt(samples.length - 1.0);
    DMatrixRMaj rows = new DMatrixRMaj(samples.length, mean.length);
    for (int s = 0, k = 0; s < samples.length; s++) {
      for (int i = 0; i < mean.length; i++, k++) {
        rows.data[k] = scale * (samples[s][i] - mean[i]);
      }
    }
    return rows;
  }
}
