package org.inpaint4j.eval.experiment;

import com.google.common.collect.Lists;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** Sends the pictures of a table through a feature network, each once. */
final class FeaturePass {

  /** A crop has a quarter of the hole's longer side more at each side, and at least this. */
  private static final int LEAST_MARGIN = 8;

  private final ImageFeatures network;
  private final TablePictures pictures;
  private final TableImages images;
  private final int batchSize;

  /**
   * Nothing is computed yet.
   *
   * @param batchSize how many images the network gets at once
   */
  FeaturePass(ImageFeatures network, TablePictures pictures, TableImages images, int batchSize) {
    this.network = network;
    this.pictures = pictures;
    this.images = images;
    this.batchSize = batchSize;
  }

  /** Computes what is missing of the features of fills and of their true images. */
  void add(TableVectors vectors, List<ImageRow.Key> keys, MaskSource kind) throws IOException {
    for (List<ImageRow.Key> batch : Lists.partition(keys, batchSize)) {
      Batch waiting = new Batch();
      for (ImageRow.Key key : batch) {
        ImagePlanes truth = images.image(key.image());
        ImagePlanes filled = pictures.filled(key);
        long seed = pictures.seedOf(key.mask(), key.image());
        Mask mask =
            kind.maskOf(TableImages.plain(key.image()), truth.width(), truth.height(), seed);
        Bounds crop = crop(mask);
        waiting.add(vectors.whole(), TableVectors.truthName(key, false), truth);
        waiting.add(vectors.whole(), TableVectors.filledName(key), filled);
        waiting.add(vectors.around(), TableVectors.truthName(key, true), truth.crop(crop));
        waiting.add(vectors.around(), TableVectors.filledName(key), filled.crop(crop));
      }
      waiting.run();
    }
  }

  /** Pictures that wait for the network. */
  private final class Batch {

    private final List<Map<String, float[]>> places = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<ImagePlanes> waiting = new ArrayList<>();

    void add(Map<String, float[]> place, String name, ImagePlanes picture) {
      if (!place.containsKey(name)) {
        places.add(place);
        names.add(name);
        waiting.add(picture);
      }
    }

    void run() throws InterruptedIOException {
      for (int from = 0; from < waiting.size(); from += batchSize) {
        int to = Math.min(waiting.size(), from + batchSize);
        TableFilling.checkNotInterrupted();
        float[][] vectors = network.of(waiting.subList(from, to));
        for (int i = from; i < to; i++) {
          places.get(i).put(names.get(i), vectors[i - from]);
        }
      }
    }
  }

  /** The part of the picture around a hole. */
  static Bounds crop(Mask mask) {
    Bounds hole = mask.holeBounds().orElseThrow();
    int margin = Math.max(LEAST_MARGIN, Math.max(hole.width(), hole.height()) / 4);
    return hole.grown(margin, mask.size());
  }
}
