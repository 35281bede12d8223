package org.inpaint4j.eval;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Mean and covariance of feature vectors, gathered one vector at a time, and the Fréchet distance
 * between two of them.
 *
 * <p>The mean and the sums of squares are updated by Welford's rule and merged by that of Chan,
 * Golub and LeVeque (Updating Formulae and a Pairwise Algorithm for Computing Sample Variances,
 * 1979), in float64: no sum of raw squares is ever formed, so a large common offset does no harm.
 * Memory is dimension² values, whatever the number of vectors.
 *
 * <p>Not for several threads at once: give each its own and {@link #merge} them.
 */
public interface FeatureStatistics {

  /**
   * Empty statistics.
   *
   * @param dimension the length of the vectors, at least 1
   * @return statistics of no vectors
   */
  static FeatureStatistics create(int dimension) {
    return new Moments(dimension);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param file the file
   * @return the statistics, bit for bit
   * @throws IOException if the file cannot be read or is not whole
   */
  static FeatureStatistics load(Path file) throws IOException {
    return Moments.read(file);
  }

  /**
   * The length of the vectors.
   *
   * @return at least 1
   */
  int dimension();

  /**
   * The number of vectors so far.
   *
   * @return at least 0
   */
  long count();

  /**
   * Adds a vector.
   *
   * @param features {@link #dimension} finite values. Not modified.
   * @throws IllegalArgumentException if the length is another or a value is not finite
   */
  void add(float[] features);

  /**
   * Adds all vectors of other statistics.
   *
   * @param other statistics of the same dimension. Not modified.
   */
  void merge(FeatureStatistics other);

  /**
   * The mean.
   *
   * @return a new array, {@link #dimension} long
   * @throws IllegalStateException if there are no vectors
   */
  double[] mean();

  /**
   * The sample covariance (divided by count - 1).
   *
   * @return a new array, dimension x dimension row by row
   * @throws IllegalStateException if there are fewer than two vectors
   */
  double[] covariance();

  /**
   * Writes the statistics; the file appears whole or not at all.
   *
   * @param file where to; replaced if it exists
   * @throws IOException if it cannot be written
   */
  void save(Path file) throws IOException;

  /**
   * The Fréchet distance between the normal distributions with these means and covariances.
   *
   * <p>{@code |m1 - m2|² + tr(S1 + S2 - 2 (S1 S2)^½)} (Dowson and Landau, The Fréchet Distance
   * between Multivariate Normal Distributions, 1982); Heusel et al. (GANs Trained by a Two
   * Time-Scale Update Rule, 2017) call it FID when the features are Inception-V3's pool3. The trace
   * of the root comes from the eigenvalues of a symmetric matrix that is similar to {@code S1 S2},
   * so no complex or negative part can arise and nothing is added to the diagonals.
   *
   * <p>It is biased: with N vectors on either side it is too high by about a constant over N. Below
   * 2,048 vectors it tells little, and values for different N must not be compared; a warning is
   * logged. {@link KernelDistance} has no such bias.
   *
   * @param other statistics of the same dimension and network. Not modified.
   * @return the distance, at least 0
   * @throws IllegalStateException if either has fewer than two vectors
   */
  double frechetDistance(FeatureStatistics other);
}
