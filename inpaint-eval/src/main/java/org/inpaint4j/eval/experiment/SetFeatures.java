package org.inpaint4j.eval.experiment;

import com.google.common.collect.Lists;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.FeatureStatistics;
import org.inpaint4j.eval.metric.Frechet;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.eval.metric.KernelDistance;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * Distances between sets of true and filled pictures, of whole pictures and of crops around their
 * holes. Each picture goes through the network once.
 */
final class SetFeatures {

  /** Subsets and their size for the kernel distance; fewer images than this make one subset. */
  private static final int KERNEL_SUBSETS = 50;

  private static final int KERNEL_SUBSET_SIZE = 250;

  /** A crop has a quarter of the hole's longer side more at each side, and at least this. */
  private static final int LEAST_MARGIN = 8;

  private final ImageFeatures network;
  private final TableFolder folder;
  private final TableImages images;
  private final int batchSize;
  private final long seed;
  private final Map<String, float[]> whole = new HashMap<>();
  private final Map<String, float[]> around = new HashMap<>();

  /**
   * Features that are not computed yet.
   *
   * @param batchSize how many images the network gets at once
   * @param seed chooses the subsets of the kernel distance
   */
  SetFeatures(
      ImageFeatures network, TableFolder folder, TableImages images, int batchSize, long seed) {
    this.network = network;
    this.folder = folder;
    this.images = images;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /** Computes what is missing of the features of fills and of their true images. */
  void add(List<ImageRow> rows, MaskSource kind) throws IOException {
    for (List<ImageRow> batch : Lists.partition(rows, batchSize)) {
      Batch pictures = new Batch();
      for (ImageRow row : batch) {
        ImagePlanes truth = images.image(row.image());
        ImagePlanes filled = folder.filled(row.key());
        Mask mask =
            kind.maskOf(TableImages.plain(row.image()), truth.width(), truth.height(), row.seed());
        Bounds crop = crop(mask);
        pictures.add(whole, truthName(row, false), truth);
        pictures.add(whole, filledName(row), filled);
        pictures.add(around, truthName(row, true), truth.crop(crop));
        pictures.add(around, filledName(row), filled.crop(crop));
      }
      pictures.run();
    }
  }

  /** Pictures that wait for the network. */
  private final class Batch {

    private final List<Map<String, float[]>> places = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<ImagePlanes> pictures = new ArrayList<>();

    void add(Map<String, float[]> place, String name, ImagePlanes picture) {
      if (!place.containsKey(name)) {
        places.add(place);
        names.add(name);
        pictures.add(picture);
      }
    }

    void run() {
      for (int from = 0; from < pictures.size(); from += batchSize) {
        int to = Math.min(pictures.size(), from + batchSize);
        float[][] vectors = network.of(pictures.subList(from, to));
        for (int i = from; i < to; i++) {
          places.get(i).put(names.get(i), vectors[i - from]);
        }
      }
    }
  }

  private static String truthName(ImageRow row, boolean crop) {
    return crop ? "/" + row.mask() + "/" + row.image() : TableImages.plain(row.image());
  }

  private static String filledName(ImageRow row) {
    return row.method() + "/" + row.mask() + "/" + row.image();
  }

  /** The part of the picture around a hole. */
  static Bounds crop(Mask mask) {
    Bounds hole = mask.holeBounds().orElseThrow();
    int margin = Math.max(LEAST_MARGIN, Math.max(hole.width(), hole.height()) / 4);
    return hole.grown(margin, mask.size());
  }

  /** The distances of the whole pictures, or of the crops, of rows that were {@link #add added}. */
  SetDistances distances(List<ImageRow> rows, boolean crops) {
    if (rows.size() < 2) {
      return SetDistances.NONE;
    }
    Map<String, float[]> vectors = crops ? around : whole;
    float[][] real = new float[rows.size()][];
    float[][] found = new float[rows.size()][];
    for (int i = 0; i < found.length; i++) {
      real[i] = vectors.get(truthName(rows.get(i), crops));
      found[i] = vectors.get(filledName(rows.get(i)));
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
