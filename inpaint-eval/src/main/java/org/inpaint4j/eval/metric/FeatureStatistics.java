package org.inpaint4j.eval.metric;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.inpaint4j.network.Generator;

/**
 * Mean and covariance of feature vectors that are added one at a time, and the Fréchet distance
 * between two such statistics.
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
   * The statistics of the images of a folder or a zip file.
   *
   * @param path a folder (not its subfolders) or a zip file. Not modified.
   * @param features what the vectors are
   * @param progress is told the number of images done, now and then
   * @return the statistics of all images
   * @throws IOException if there is no image, or one cannot be read
   */
  static FeatureStatistics ofImages(Path path, ImageFeatures features, IntConsumer progress)
      throws IOException {
    return Gathering.ofImages(path, features, progress);
  }

  /**
   * The statistics of what a generator makes. Its images are rounded to 8 bits, like those they are
   * compared to.
   *
   * @param generator the generator
   * @param count how many images, at least 1
   * @param seed of the latents, drawn from the generator's prior; the first images of two counts
   *     are the same
   * @param features what the vectors are
   * @param progress is told the number of images done, now and then
   * @return the statistics of all images
   */
  static FeatureStatistics ofSamples(
      Generator generator, int count, long seed, ImageFeatures features, IntConsumer progress) {
    return Gathering.ofSamples(generator, count, seed, features, progress);
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
