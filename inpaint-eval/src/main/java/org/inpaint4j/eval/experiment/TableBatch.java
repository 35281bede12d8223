package org.inpaint4j.eval.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.HoleMeasures;
import org.inpaint4j.eval.metric.ImageMetric;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** Fills a batch of images by one method, and measures each. */
final class TableBatch {

  /** Points of a loss trace that are kept. */
  private static final int TRACE_POINTS = 60;

  private final TablePictures pictures;
  private final TableImages images;
  private final HoleMeasures measures;

  /**
   * Batches of a table.
   *
   * @param pictures their seeds and names
   * @param measures not closed
   */
  TableBatch(TablePictures pictures, TableImages images, HoleMeasures measures) {
    this.pictures = pictures;
    this.images = images;
    this.measures = measures;
  }

  /** The hole of an image. */
  TableHole hole(String image, MaskSource kind) throws IOException {
    ImagePlanes truth = images.image(image);
    long seed = pictures.seedOf(kind.name(), image);
    Mask mask = kind.maskOf(TableImages.plain(image), truth.width(), truth.height(), seed);
    return new TableHole(image, kind.name(), truth, mask, seed);
  }

  /**
   * Fills.
   *
   * @param names of the images
   * @param alone whether nothing else runs meanwhile, so that processor time can be told
   * @return pictures and rows, to be kept
   */
  TableFilled fill(List<String> names, MaskSource kind, TableMethod method, boolean alone)
      throws IOException {
    List<TableHole> holes = new ArrayList<>();
    for (String name : names) {
      holes.add(hole(name, kind));
    }
    TableMethod.Fills filled = method.fill(holes);
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> traces = new ArrayList<>();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < holes.size(); i++) {
      TableMethod.Fill fill = filled.pictures().get(i);
      TableHole hole = holes.get(i);
      ImagePlanes result = PictureFiles.toPlanes(fill.picture());
      Map<ImageMetric, Double> metrics = new EnumMap<>(ImageMetric.class);
      for (ImageMetric metric : ImageMetric.values()) {
        metrics.put(metric, metric.of(hole.truth(), result, hole.mask()));
      }
      ImageRow row =
          new ImageRow(
              hole.image(),
              hole.kind(),
              method.name(),
              hole.seed(),
              TableFolder.crc(hole.truth()),
              TableFolder.crc(hole.mask()),
              method.identity(TableImages.plain(hole.image()), hole.kind()),
              hole.mask().holeFraction(),
              hole.truth().width() * hole.truth().height(),
              metrics,
              measures.of(hole.truth(), result, hole.mask()),
              alone ? filled.processorSeconds() / holes.size() : Double.NaN,
              filled.seconds() / holes.size());
      files.put(TablePictures.name(row.key()), PictureFiles.png(fill.picture()));
      rows.add(row.toFields());
      traces.addAll(trace(row.key(), fill.losses()));
    }
    return new TableFilled(rows, traces, files);
  }

  /** Some of the losses of a search, evenly spaced, as rows. */
  private static List<List<String>> trace(ImageRow.Key key, List<Double> losses) {
    List<List<String>> trace = new ArrayList<>();
    int last = losses.size() - 1;
    int points = Math.min(TRACE_POINTS, losses.size());
    for (int p = 0; p < points; p++) {
      int step = points == 1 ? 0 : (int) ((long) p * last / (points - 1));
      trace.add(
          List.of(
              key.image(),
              key.mask(),
              key.method(),
              Integer.toString(step),
              Double.toString(losses.get(step))));
    }
    return trace;
  }
}
