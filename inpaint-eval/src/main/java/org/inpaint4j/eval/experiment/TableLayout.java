package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.inpaint4j.eval.metric.HoleFigures;
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

  /** Which value is best. */
  enum Best {
    HIGH,
    LOW,
    ONE;

    /** How bad a value is, to be compared only. */
    double badness(double value) {
      return switch (this) {
        case HIGH -> -value;
        case LOW -> value;
        case ONE -> Math.abs(Math.log(value));
      };
    }
  }

  private record Measure(String name, ToDoubleFunction<TableCell> value, String format, Best best) {

    static Measure of(HoleFigure figure, String name, Function<TableCell, HoleFigures> figures) {
      return new Measure(
          name, cell -> figure.of(figures.apply(cell)), figure.format(), figure.best());
    }

    static Measure of(ImageMetric metric, String name) {
      String format = name.contains("SSIM") ? "%.3f" : "%.2f";
      return new Measure(
          name,
          cell -> cell.metrics().getOrDefault(metric, Double.NaN),
          format,
          metric.higherIsBetter() ? Best.HIGH : Best.LOW);
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
      distances(measures, distance, "", TableCell::distances);
      distances(measures, distance, " around the hole", TableCell::distancesAround);
    }
    return lines(cells, measures);
  }

  private static void distances(
      List<Measure> measures,
      String distance,
      String where,
      Function<TableCell, SetDistances> distances) {
    measures.add(
        new Measure(distance + where, cell -> distances.apply(cell).frechet(), "%.2f", Best.LOW));
    measures.add(
        new Measure(
            distance.replace("FID", "KID") + where + " x 1000",
            cell -> 1000 * distances.apply(cell).kernel(),
            "%.2f",
            Best.LOW));
  }

  /** How the holes look: means of the figures. */
  static List<Line> looks(List<TableCell> cells) {
    return lines(cells, figures(TableCell::figures));
  }

  /** How the holes look: medians of the figures, and the processor time if it is known. */
  static List<Line> medianLooks(List<TableCell> cells) {
    List<Measure> measures = figures(TableCell::medianFigures);
    if (cells.stream().anyMatch(cell -> !Double.isNaN(cell.medianProcessorSeconds()))) {
      measures.add(
          new Measure("processor s/MP", TableCell::medianProcessorSeconds, "%.2f", Best.LOW));
    }
    return lines(cells, measures);
  }

  private static List<Measure> figures(Function<TableCell, HoleFigures> figures) {
    List<Measure> measures = new ArrayList<>();
    for (HoleFigure figure : HoleFigure.values()) {
      measures.add(Measure.of(figure, figure.label(), figures));
    }
    return measures;
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
            new Measure("seconds an image, median", TableCell::medianSeconds, "%.4f", Best.LOW)));
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
                .filter(value -> !Double.isNaN(value))
                .boxed()
                .min(Comparator.comparingDouble(measure.best::badness))
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
                values.stream()
                    .map(value -> row.size() > 1 && value.equals(bestText) && !value.equals("-"))
                    .toList()));
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
