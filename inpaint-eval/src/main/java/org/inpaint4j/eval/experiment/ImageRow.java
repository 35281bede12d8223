package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inpaint4j.eval.metric.ImageMetric;

/** A row of images.csv: one image, filled in one kind of hole by one method. */
record ImageRow(
    String image,
    String mask,
    String method,
    long seed,
    String truthCrc,
    String identity,
    double holeFraction,
    Map<ImageMetric, Double> metrics,
    double seconds) {

  /** What a row is about; there is one row for each. */
  record Key(String image, String mask, String method) {}

  static final List<String> HEADER = header();

  private static List<String> header() {
    List<String> header =
        new ArrayList<>(
            List.of(
                "image",
                "mask",
                "method",
                "seed",
                "truth_crc32",
                "method_identity",
                "hole_fraction"));
    for (ImageMetric metric : ImageMetric.values()) {
      header.add(column(metric));
    }
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

  List<String> toFields() {
    List<String> fields =
        new ArrayList<>(
            List.of(
                image,
                mask,
                method,
                Long.toString(seed),
                truthCrc,
                identity,
                Double.toString(holeFraction)));
    for (ImageMetric metric : ImageMetric.values()) {
      fields.add(Double.toString(metrics.getOrDefault(metric, Double.NaN)));
    }
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
        Double.parseDouble(fields.get(6)),
        metrics,
        Double.parseDouble(fields.get(fields.size() - 1)));
  }
}
