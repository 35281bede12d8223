package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.inpaint4j.eval.metric.ImageMetric;
import org.jspecify.annotations.Nullable;

/** The table as text: one block of rows for each kind of mask, one column for each method. */
final class TableLayout {

  /**
   * One row.
   *
   * @param mask the kind of mask
   * @param metric the name of the metric
   * @param values the formatted value of each method
   * @param best which of them are best, as printed
   */
  record Line(String mask, String metric, List<String> values, List<Boolean> best) {}

  private record Measure(
      String name, ToDoubleFunction<TableCell> value, String format, boolean higherIsBetter) {

    static Measure of(ImageMetric metric, String name) {
      String format = name.contains("SSIM") ? "%.3f" : "%.2f";
      return new Measure(
          name,
          cell -> cell.metrics().getOrDefault(metric, Double.NaN),
          format,
          metric.higherIsBetter());
    }
  }

  private TableLayout() {}

  /** The reference's metrics and the distances between sets, as in the paper. */
  static List<Line> reference(List<TableCell> cells, @Nullable String distance) {
    List<Measure> measures = new ArrayList<>();
    measures.add(Measure.of(ImageMetric.REFERENCE_L1, "l1 %"));
    measures.add(Measure.of(ImageMetric.REFERENCE_SSIM, "SSIM"));
    measures.add(Measure.of(ImageMetric.GRAY_SSIM, "SSIM, 11x11"));
    measures.add(Measure.of(ImageMetric.REFERENCE_PSNR, "PSNR dB"));
    if (distance != null) {
      measures.add(new Measure(distance, TableCell::frechet, "%.2f", false));
      measures.add(
          new Measure(
              distance.replace("FID", "KID") + " x 1000",
              cell -> 1000 * cell.kernel(),
              "%.2f",
              false));
    }
    return lines(cells, measures);
  }

  /** The reference's metrics inside the hole. */
  static List<Line> referenceInHole(List<TableCell> cells) {
    return lines(
        cells,
        List.of(
            Measure.of(ImageMetric.REFERENCE_L1_HOLE, "l1 %"),
            Measure.of(ImageMetric.REFERENCE_SSIM_HOLE, "SSIM"),
            Measure.of(ImageMetric.GRAY_SSIM_HOLE, "SSIM, 11x11"),
            Measure.of(ImageMetric.REFERENCE_PSNR_HOLE, "PSNR dB")));
  }

  /** The field's metrics over the image and inside the hole, and the time. */
  static List<Line> field(List<TableCell> cells) {
    return lines(
        cells,
        List.of(
            Measure.of(ImageMetric.MAE, "MAE %"),
            Measure.of(ImageMetric.SSIM, "SSIM"),
            Measure.of(ImageMetric.PSNR, "PSNR dB"),
            Measure.of(ImageMetric.MAE_HOLE, "MAE % in the hole"),
            Measure.of(ImageMetric.SSIM_HOLE, "SSIM in the hole"),
            Measure.of(ImageMetric.PSNR_HOLE, "PSNR dB in the hole"),
            new Measure("seconds an image, median", TableCell::medianSeconds, "%.4f", false)));
  }

  static List<String> methods(List<TableCell> cells) {
    return cells.stream().map(TableCell::method).distinct().toList();
  }

  private static List<Line> lines(List<TableCell> cells, List<Measure> measures) {
    List<Line> lines = new ArrayList<>();
    for (String mask : cells.stream().map(TableCell::mask).distinct().toList()) {
      List<TableCell> row = cells.stream().filter(cell -> cell.mask().equals(mask)).toList();
      for (Measure measure : measures) {
        double best =
            row.stream()
                .mapToDouble(measure.value)
                .reduce((a, b) -> measure.higherIsBetter ? Math.max(a, b) : Math.min(a, b))
                .orElse(Double.NaN);
        String bestText = number(best, measure.format);
        List<String> values =
            row.stream()
                .map(cell -> number(measure.value.applyAsDouble(cell), measure.format))
                .toList();
        lines.add(
            new Line(
                mask,
                measure.name,
                values,
                values.stream().map(value -> row.size() > 1 && value.equals(bestText)).toList()));
      }
    }
    return lines;
  }

  static String number(double value, String format) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Double.isInfinite(value) ? "∞" : String.format(Locale.ROOT, format, value);
  }
}
