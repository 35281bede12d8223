package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.ImageMetric;

/** The metrics of one kind of mask by hole size, in steps of a tenth of the image. */
final class ReportHoleSizes {

  private static final int STEPS = 10;

  private static final List<ImageMetric> METRICS =
      List.of(ImageMetric.REFERENCE_L1, ImageMetric.REFERENCE_SSIM, ImageMetric.REFERENCE_PSNR);

  private final List<String> methods;
  private final ReportPlots plots;

  /** For each step that has images, the rows of each method. */
  private final Map<Integer, Map<String, List<ImageRow>>> bySize = new TreeMap<>();

  private ReportHoleSizes(
      TableResults results, MaskSource mask, List<String> methods, ReportPlots plots) {
    this.methods = methods;
    this.plots = plots;
    for (String method : methods) {
      for (ImageRow row : results.of(mask, method)) {
        int size = Math.min(STEPS - 1, (int) (row.holeFraction() * STEPS));
        bySize
            .computeIfAbsent(size, key -> new TreeMap<>())
            .computeIfAbsent(method, key -> new ArrayList<>())
            .add(row);
      }
    }
  }

  /** The section of one kind of mask. */
  static ReportPage.HoleSizes of(
      TableResults results, MaskSource mask, List<String> methods, ReportPlots plots) {
    ReportHoleSizes sizes = new ReportHoleSizes(results, mask, methods, plots);
    return new ReportPage.HoleSizes(
        mask.name(),
        sizes.table(),
        sizes.bySize.size() > 1
            ? plots.of(methods, METRICS.stream().map(sizes::chart).toList())
            : null);
  }

  private ReportTable table() {
    List<ReportTable.Row> rows = new ArrayList<>();
    bySize.forEach(
        (size, byMethod) -> {
          int images = byMethod.values().stream().mapToInt(List::size).max().orElse(0);
          for (ImageMetric metric : METRICS) {
            boolean first = metric == METRICS.get(0);
            List<ReportTable.Cell> cells = new ArrayList<>();
            cells.add(ReportTable.Cell.name(first ? range(size) : ""));
            cells.add(ReportTable.Cell.number(first ? Integer.toString(images) : ""));
            cells.add(ReportTable.Cell.name(shortName(metric)));
            for (String method : methods) {
              cells.add(
                  ReportTable.Cell.number(
                      TableLayout.number(
                          mean(byMethod.getOrDefault(method, List.of()), metric),
                          metric == ImageMetric.REFERENCE_SSIM ? "%.3f" : "%.2f")));
            }
            rows.add(new ReportTable.Row(first, cells));
          }
        });
    List<ReportTable.Cell> names =
        List.of(
            ReportTable.Cell.name("hole"),
            ReportTable.Cell.number("images"),
            ReportTable.Cell.name("metric"));
    return new ReportTable(ReportTable.header(names, methods), rows);
  }

  private static String range(int size) {
    int percent = 100 / STEPS;
    return size == 0
        ? "under " + percent + " %"
        : size * percent + "-" + (size + 1) * percent + " %";
  }

  private static String shortName(ImageMetric metric) {
    return switch (metric) {
      case REFERENCE_L1 -> "l1 %";
      case REFERENCE_SSIM -> "SSIM";
      case REFERENCE_PSNR -> "PSNR dB";
      default -> metric.label();
    };
  }

  private LineChart chart(ImageMetric metric) {
    List<LineChart.Line> lines = new ArrayList<>();
    for (String method : methods) {
      List<double[]> points = new ArrayList<>();
      bySize.forEach(
          (size, byMethod) -> {
            List<ImageRow> rows = byMethod.getOrDefault(method, List.of());
            if (!rows.isEmpty()) {
              double hole = rows.stream().mapToDouble(ImageRow::holeFraction).average().orElse(0);
              points.add(new double[] {100 * hole, mean(rows, metric)});
            }
          });
      lines.add(new LineChart.Line(method, plots.colour(method), points));
    }
    return LineChart.of(shortName(metric), "hole, % of the image", lines, true);
  }

  private static double mean(List<ImageRow> rows, ImageMetric metric) {
    return rows.stream().mapToDouble(row -> row.bounded(metric)).average().orElse(Double.NaN);
  }
}
