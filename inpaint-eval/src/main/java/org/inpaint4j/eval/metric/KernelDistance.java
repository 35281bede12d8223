package org.inpaint4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Random;
import org.inpaint4j.image.Seeds;

/**
 * The kernel distance between two sets of feature vectors.
 *
 * <p>This is the squared maximum mean discrepancy, unbiased, with the kernel {@code k(x, y) = (xᵀy
 * / d + 1)³} over d features, as the mean over random subsets (Bińkowski, Sutherland, Arbel,
 * Gretton, Demystifying MMD GANs, 2018, who call it KID). Unlike that of a Fréchet distance, its
 * expectation does not depend on the number of samples. So use it for a few hundred images. It can
 * be slightly negative for sets that are alike.
 *
 * @param mean the mean over the subsets
 * @param standardDeviation the standard deviation over the subsets (divided by their number); 0 for
 *     one subset
 */
public record KernelDistance(double mean, double standardDeviation) {

  /**
   * Computes the distance.
   *
   * @param first feature vectors of one length. Not modified.
   * @param second feature vectors of that length. Not modified.
   * @param subsets how many subsets to draw, at least 1; 100 is usual
   * @param subsetSize vectors in each subset, drawn without replacement; at least 2 and at most as
   *     many as either set has; 1,000 is usual
   * @param seed chooses the subsets
   * @return the distance
   * @throws IllegalArgumentException if a size is out of range or the lengths differ
   */
  public static KernelDistance between(
      float[][] first, float[][] second, int subsets, int subsetSize, long seed) {
    checkArgument(subsets > 0, "the number of subsets must be positive: found %s", subsets);
    checkArgument(
        subsetSize > 1 && subsetSize <= Math.min(first.length, second.length),
        "a subset must have from 2 to %s vectors: found %s",
        Math.min(first.length, second.length),
        subsetSize);
    int dimension = first[0].length;
    for (float[][] set : new float[][][] {first, second}) {
      for (float[] vector : set) {
        checkArgument(
            vector.length == dimension,
            "a feature vector must be %s long: found %s",
            dimension,
            vector.length);
      }
    }
    Random random = Seeds.random(seed);
    double sum = 0;
    double squares = 0;
    for (int s = 0; s < subsets; s++) {
      double value =
          unbiased(choose(first, subsetSize, random), choose(second, subsetSize, random));
      sum += value;
      squares += value * value;
    }
    double mean = sum / subsets;
    return new KernelDistance(mean, Math.sqrt(Math.max(0, squares / subsets - mean * mean)));
  }

  /** A random subset, or the whole set if the subset is as large. */
  private static float[][] choose(float[][] set, int size, Random random) {
    float[][] copy = set.clone();
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(copy.length - i);
      float[] swap = copy[i];
      copy[i] = copy[other];
      copy[other] = swap;
    }
    return Arrays.copyOf(copy, size);
  }

  private static double unbiased(float[][] x, float[][] y) {
    int n = x.length;
    double within = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        within += kernel(x[i], x[j]) + kernel(y[i], y[j]);
      }
    }
    double across = 0;
    for (float[] a : x) {
      for (float[] b : y) {
        across += kernel(a, b);
      }
    }
    return 2 * within / ((double) n * (n - 1)) - 2 * across / ((double) n * n);
  }

  private static double kernel(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    double base = dot / a.length + 1;
    return base * base * base;
  }
}
