package org.inpaint4j.eval.experiment;

import com.google.common.math.Quantiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.ImageMetric;
import org.jspecify.annotations.Nullable;

/** Sums up the rows of a table, kind by kind and family by family. */
final class TableCells {

  private final TableResults results;
  private final @Nullable SetFeatures features;

  /**
   * Cells to be computed.
   *
   * @param features null for no distances
   */
  TableCells(TableResults results, @Nullable SetFeatures features) {
    this.results = results;
    this.features = features;
  }

  /** The cells, mask by mask, each family after its kinds. */
  List<TableCell> all() {
    Map<String, List<MaskSource>> families = new LinkedHashMap<>();
    for (MaskSource mask : results.masks()) {
      families.computeIfAbsent(mask.family(), key -> new ArrayList<>()).add(mask);
    }
    List<TableCell> cells = new ArrayList<>();
    for (Map.Entry<String, List<MaskSource>> family : families.entrySet()) {
      Map<String, List<ImageRow>> whole = new LinkedHashMap<>();
      for (MaskSource mask : family.getValue()) {
        for (TableMethod method : results.methods()) {
          List<ImageRow> rows = results.of(mask, method.name());
          whole.computeIfAbsent(method.name(), key -> new ArrayList<>()).addAll(rows);
          cells.add(cell(mask.name(), method.name(), rows));
        }
      }
      if (family.getValue().size() > 1) {
        whole.forEach((method, rows) -> cells.add(cell(family.getKey(), method, rows)));
      }
    }
    return cells;
  }

  private TableCell cell(String mask, String method, List<ImageRow> rows) {
    Map<ImageMetric, Double> means = new EnumMap<>(ImageMetric.class);
    for (ImageMetric metric : ImageMetric.values()) {
      means.put(metric, mean(rows, row -> row.bounded(metric)));
    }
    return new TableCell(
        mask,
        method,
        rows.size(),
        mean(rows, ImageRow::holeFraction),
        means,
        HoleFigure.figures(figure -> mean(rows, row -> row.bounded(figure))),
        HoleFigure.figures(figure -> median(rows, row -> row.bounded(figure))),
        features == null ? SetDistances.NONE : features.distances(rows, false),
        features == null ? SetDistances.NONE : features.distances(rows, true),
        median(rows, ImageRow::seconds),
        median(rows, ImageRow::processorSecondsPerMegapixel));
  }

  /** The mean of the values that there are; NaN for none. */
  private static double mean(List<ImageRow> rows, ToDoubleFunction<ImageRow> value) {
    return rows.stream()
        .mapToDouble(value)
        .filter(one -> !Double.isNaN(one))
        .average()
        .orElse(Double.NaN);
  }

  /** The median of the values that there are; NaN for none. */
  private static double median(List<ImageRow> rows, ToDoubleFunction<ImageRow> value) {
    double[] values = rows.stream().mapToDouble(value).filter(one -> !Double.isNaN(one)).toArray();
    return values.length == 0 ? Double.NaN : Quantiles.median().compute(values);
  }
}
