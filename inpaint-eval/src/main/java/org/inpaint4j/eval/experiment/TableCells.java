package org.inpaint4j.eval.experiment;

import com.google.common.math.Quantiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.metric.FeatureStatistics;
import org.inpaint4j.eval.metric.Frechet;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.eval.metric.ImageMetric;
import org.inpaint4j.eval.metric.KernelDistance;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;
import org.jspecify.annotations.Nullable;

/** Sums up the rows of a table, and measures the distances of whole sets of images. */
final class TableCells {

  /** Subsets and their size for the kernel distance; fewer images than this make one subset. */
  private static final int KERNEL_SUBSETS = 50;

  private static final int KERNEL_SUBSET_SIZE = 250;

  private final TableFolder folder;
  private final TableResults results;
  private final @Nullable ImageFeatures features;
  private final int batchSize;
  private final long seed;

  /**
   * Cells to be computed.
   *
   * @param features the network for the distances, or null for none
   * @param batchSize how many images the network gets at once
   * @param seed chooses the subsets of the kernel distance
   */
  TableCells(
      TableFolder folder,
      TableResults results,
      @Nullable ImageFeatures features,
      int batchSize,
      long seed) {
    this.folder = folder;
    this.results = results;
    this.features = features;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /** The cells, mask by mask. */
  List<TableCell> all() throws IOException {
    float[][] real = null;
    if (features != null) {
      List<ImagePlanes> truths = new ArrayList<>();
      for (int i = 0; i < results.source().size(); i++) {
        truths.add(results.source().image(i));
      }
      real = inBatches(features, truths);
    }
    List<TableCell> cells = new ArrayList<>();
    for (MaskGenerator mask : results.masks()) {
      for (FillMethod method : results.methods()) {
        List<ImageRow> rows = results.of(mask.name(), method.name());
        double frechet = Double.NaN;
        double kernel = Double.NaN;
        if (features != null && real != null && rows.size() > 1) {
          List<ImagePlanes> filled = new ArrayList<>();
          for (ImageRow row : rows) {
            Path file = folder.picture(row.key());
            filled.add(
                PictureFiles.toPlanes(
                    PictureFiles.read(Files.readAllBytes(file), file.toString())));
          }
          float[][] found = inBatches(features, filled);
          frechet = frechet(real, found);
          int size = Math.min(KERNEL_SUBSET_SIZE, found.length);
          int subsets = size == found.length ? 1 : KERNEL_SUBSETS;
          kernel = KernelDistance.between(real, found, subsets, size, seed).mean();
        }
        Map<ImageMetric, Double> means = new EnumMap<>(ImageMetric.class);
        for (ImageMetric metric : ImageMetric.values()) {
          means.put(
              metric, rows.stream().mapToDouble(row -> row.bounded(metric)).average().orElse(0));
        }
        cells.add(
            new TableCell(
                mask.name(),
                method.name(),
                rows.size(),
                rows.stream().mapToDouble(ImageRow::holeFraction).average().orElse(0),
                means,
                frechet,
                kernel,
                Quantiles.median()
                    .compute(rows.stream().mapToDouble(ImageRow::seconds).toArray())));
      }
    }
    return cells;
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

  private float[][] inBatches(ImageFeatures network, List<ImagePlanes> all) {
    float[][] found = new float[all.size()][];
    for (int from = 0; from < found.length; from += batchSize) {
      int to = Math.min(found.length, from + batchSize);
      System.arraycopy(network.of(all.subList(from, to)), 0, found, from, to - from);
    }
    return found;
  }
}
