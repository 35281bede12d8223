package org.inpaint4j.eval.experiment;

import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.metric.FeatureStatistics;
import org.inpaint4j.eval.metric.Frechet;
import org.inpaint4j.eval.metric.KernelDistance;

/**
 * Distances between sets of true and filled pictures, of whole pictures and of crops around their
 * holes.
 */
final class SetFeatures {

  /** Subsets and their size for the kernel distance; fewer images than this make one subset. */
  private static final int KERNEL_SUBSETS = 50;

  private static final int KERNEL_SUBSET_SIZE = 250;

  private final TableVectors vectors;
  private final long seed;

  /**
   * Distances of features.
   *
   * @param seed chooses the subsets of the kernel distance
   */
  SetFeatures(TableVectors vectors, long seed) {
    this.vectors = vectors;
    this.seed = seed;
  }

  /** The distances of the whole pictures, or of the crops, of rows. */
  SetDistances distances(List<ImageRow> rows, boolean crops) {
    if (rows.size() < 2) {
      return SetDistances.NONE;
    }
    Map<String, float[]> own = crops ? vectors.around() : vectors.whole();
    float[][] real = new float[rows.size()][];
    float[][] found = new float[rows.size()][];
    for (int i = 0; i < found.length; i++) {
      real[i] = own.get(TableVectors.truthName(rows.get(i).key(), crops));
      found[i] = own.get(TableVectors.filledName(rows.get(i).key()));
    }
    int size = Math.min(KERNEL_SUBSET_SIZE, found.length);
    int subsets = size == found.length ? 1 : KERNEL_SUBSETS;
    return new SetDistances(
        frechet(real, found), KernelDistance.between(real, found, subsets, size, seed).mean());
  }

  /** The cheaper way for the number of images: N x N or D x D. */
  private static double frechet(float[][] real, float[][] found) {
    Frechet.warnIfFew(found.length);
    if (found.length <= real[0].length) {
      return Frechet.ofSamples(real, found);
    }
    FeatureStatistics first = FeatureStatistics.create(real[0].length);
    FeatureStatistics second = FeatureStatistics.create(real[0].length);
    for (int i = 0; i < found.length; i++) {
      first.add(real[i]);
      second.add(found[i]);
    }
    return Frechet.ofMoments(first.mean(), first.covariance(), second.mean(), second.covariance());
  }
}
