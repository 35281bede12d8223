package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.eval.metric.HoleFigures;
import org.inpaint4j.eval.metric.ImageMetric;

/**
 * A row of images.csv: one image, filled in one kind of hole by one method.
 *
 * @param truthCrc of the image
 * @param maskCrc of the hole; empty in rows that are older than this column
 * @param identity of the method
 */
record ImageRow(
    String image,
    String mask,
    String method,
    long seed,
    String truthCrc,
    String maskCrc,
    String identity,
    double holeFraction,
    int pixels,
    Map<ImageMetric, Double> metrics,
    HoleFigures figures,
    double processorSeconds,
    double seconds) {

  /** What a row is about; there is one row for each. */
  record Key(String image, String mask, String method) {}

  /** Which mask it was; files of earlier tables lack this column. */
  private static final String MASK_CRC = "mask_crc32";

  static final List<String> HEADER = header();

  /** Columns that came later: files of earlier tables lack them. */
  static final Set<String> LATER = Set.of(MASK_CRC);

  private static List<String> header() {
    List<String> header =
        new ArrayList<>(
            List.of(
                "image",
                "mask",
                "method",
                "seed",
                "truth_crc32",
                MASK_CRC,
                "method_identity",
                "hole_fraction",
                "pixels"));
    for (ImageMetric metric : ImageMetric.values()) {
      header.add(column(metric));
    }
    for (HoleFigure figure : HoleFigure.values()) {
      header.add(figure.column());
    }
    header.add("processor_seconds");
    header.add("seconds");
    return List.copyOf(header);
  }

  private static String column(ImageMetric metric) {
    return metric.name().toLowerCase(Locale.ROOT);
  }

  Key key() {
    return new Key(image, mask, method);
  }

  /** The metric as it enters means: an infinite PSNR counts as 100 dB. */
  double bounded(ImageMetric metric) {
    return Math.min(100, metrics.getOrDefault(metric, Double.NaN));
  }

  /** The figure as it enters means: PSNR is at most 100 dB. */
  double bounded(HoleFigure figure) {
    double value = figure.of(figures);
    return figure == HoleFigure.PSNR ? Math.min(100, value) : value;
  }

  /** The processor time for a megapixel of the image; NaN if it is not known. */
  double processorSecondsPerMegapixel() {
    return processorSeconds / (pixels / 1e6);
  }

  List<String> toFields() {
    List<String> fields =
        new ArrayList<>(
            List.of(
                image,
                mask,
                method,
                Long.toString(seed),
                truthCrc,
                maskCrc,
                identity,
                Double.toString(holeFraction),
                Integer.toString(pixels)));
    for (ImageMetric metric : ImageMetric.values()) {
      fields.add(Double.toString(metrics.getOrDefault(metric, Double.NaN)));
    }
    for (HoleFigure figure : HoleFigure.values()) {
      fields.add(Double.toString(figure.of(figures)));
    }
    fields.add(Double.toString(processorSeconds));
    fields.add(Double.toString(seconds));
    return fields;
  }

  static ImageRow of(List<String> fields) {
    Map<ImageMetric, Double> metrics = new EnumMap<>(ImageMetric.class);
    for (ImageMetric metric : ImageMetric.values()) {
      metrics.put(metric, Double.valueOf(fields.get(HEADER.indexOf(column(metric)))));
    }
    return new ImageRow(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        Long.parseLong(fields.get(3)),
        fields.get(4),
        fields.get(5),
        fields.get(6),
        Double.parseDouble(fields.get(7)),
        Integer.parseInt(fields.get(8)),
        metrics,
        HoleFigure.figures(
            figure -> Double.parseDouble(fields.get(HEADER.indexOf(figure.column())))),
        Double.parseDouble(fields.get(fields.size() - 2)),
        Double.parseDouble(fields.get(fields.size() - 1)));
  }
}
