package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inpaint4j.eval.mask.MaskSource;
import org.jspecify.annotations.Nullable;

/** The methods of a report with their colours, and the charts of losses against steps. */
final class ReportPlots {

  private final TableResults results;
  private final List<String> methods;

  ReportPlots(TableResults results) {
    this.results = results;
    methods = results.methods().stream().map(TableMethod::name).toList();
  }

  String colour(String method) {
    return LineChart.COLOURS.get(methods.indexOf(method) % LineChart.COLOURS.size());
  }

  /** Charts with a key of the methods that they show. */
  ReportPage.Plots of(List<String> shown, List<LineChart> charts) {
    return new ReportPage.Plots(
        shown.stream().map(name -> new ReportPage.KeyEntry(name, colour(name))).toList(), charts);
  }

  /** Losses against steps, a chart for each kind of mask; null if no method has a trace. */
  ReportPage.@Nullable Plots losses() {
    List<LineChart> charts = new ArrayList<>();
    List<String> searching = new ArrayList<>();
    for (MaskSource mask : results.masks()) {
      List<LineChart.Line> lines = new ArrayList<>();
      for (String method : methods) {
        List<double[]> mean = meanTrace(mask, method);
        if (!mean.isEmpty()) {
          lines.add(new LineChart.Line(method, colour(method), mean));
          if (!searching.contains(method)) {
            searching.add(method);
          }
        }
      }
      if (!lines.isEmpty()) {
        charts.add(LineChart.of(mask.name() + ": log10 of the loss", "step", lines, false));
      }
    }
    return charts.isEmpty() ? null : of(searching, charts);
  }

  /**
   * The mean of log10(loss) by step; losses that are not positive have no logarithm and are left
   * out.
   */
  private List<double[]> meanTrace(MaskSource mask, String method) {
    Map<Double, double[]> sums = new TreeMap<>();
    for (ImageRow row : results.of(mask, method)) {
      for (double[] point : results.traces().getOrDefault(row.key(), List.of())) {
        if (point[1] > 0) {
          double[] sum = sums.computeIfAbsent(point[0], step -> new double[2]);
          sum[0] += Math.log10(point[1]);
          sum[1]++;
        }
      }
    }
    List<double[]> mean = new ArrayList<>();
    sums.forEach((step, sum) -> mean.add(new double[] {step, sum[0] / sum[1]}));
    return mean;
  }
}
