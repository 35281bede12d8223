package org.inpaint4j.eval.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.metric.ImageMetric;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.jspecify.annotations.Nullable;

/** Writes report.html: one file without scripts, with all pictures inside. */
final class Report {

  private static final String STYLE =
      """
      :root { color-scheme: light; }
      body { font: 15px/1.5 system-ui, sans-serif; color: #1b1f24; background: #fff;
        max-width: 1400px; margin: 0 auto; padding: 24px; }
      h1 { font-size: 26px; margin: 0 0 8px; }
      h2 { font-size: 20px; margin: 40px 0 6px; border-bottom: 1px solid #d7dbe0; padding-bottom: 4px; }
      h3 { font-size: 16px; margin: 22px 0 6px; }
      p { max-width: 80ch; margin: 6px 0 10px; color: #444c56; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0; }
      dt { color: #57606a; } dd { margin: 0; overflow-wrap: anywhere; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 8px 0; }
      th, td { padding: 4px 12px; text-align: right; white-space: nowrap; }
      th { font-weight: 600; border-bottom: 2px solid #d7dbe0; }
      th.name, td.name { text-align: left; }
      tr.first td { border-top: 1px solid #d7dbe0; }
      td.best { font-weight: 700; background: #e6f4ea; }
      .key { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0; }
      .key i { display: inline-block; width: 14px; height: 14px; border-radius: 3px;
        margin-right: 6px; vertical-align: -2px; }
      .plots { display: flex; flex-wrap: wrap; gap: 12px; }
      svg { width: 430px; max-width: 100%; height: auto; }
      svg .title { font-size: 14px; font-weight: 600; fill: #1b1f24; }
      svg .tick { font-size: 11px; fill: #57606a; } svg .label { font-size: 12px; fill: #57606a; }
      svg .grid { stroke: #e4e7eb; stroke-width: 1; }
      .strips th { padding-left: 0; }
      .strips td { vertical-align: top; text-align: left; padding: 4px 18px 8px 0; }
      .strips img { width: 96px; height: auto; image-rendering: pixelated; display: inline-block;
        margin-right: 3px; }
      .strips small { display: block; color: #57606a; }
      """;

  /** What no photo is: a hole is told from what is white in it. */
  private static final int HOLE = 0xFF00C8;

  private final TableFolder folder;
  private final String title;
  private final Map<String, String> facts;
  private final @Nullable String distance;
  private final TableResults results;
  private final List<TableCell> cells;
  private final List<String> methods;

  Report(
      TableFolder folder,
      String title,
      Map<String, String> facts,
      @Nullable String distance,
      TableResults results,
      List<TableCell> cells) {
    this.folder = folder;
    this.title = title;
    this.facts = facts;
    this.distance = distance;
    this.results = results;
    this.cells = cells;
    this.methods = results.methods().stream().map(FillMethod::name).toList();
  }

  void write() throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
        .append(Html.escape(title))
        .append("</title><style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>")
        .append(Html.escape(title))
        .append("</h1>\n<dl>");
    facts.forEach(
        (key, value) ->
            html.append("<dt>")
                .append(Html.escape(key))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd>"));
    html.append("</dl>\n<h2>The table</h2>\n");
    html.append(
        "<p>The reference's metrics: gray images, relative l1, SSIM with a uniform window of 11,"
            + " means over the images. The best of each row is marked. Lower is better for l1, FID"
            + " and KID, higher for SSIM and PSNR.</p>\n");
    table(html, TableLayout.reference(cells, distance));
    strips(html);
    html.append("<h2>Inside the hole</h2>\n<p>The same over the pixels of the hole alone.</p>\n");
    table(html, TableLayout.referenceInHole(cells));
    html.append("<h2>The field's metrics</h2>\n");
    html.append(
        "<p>Colour images, mean absolute error in percent of the range, SSIM with a Gaussian window"
            + " after Wang et al.; and the time to fill an image.</p>\n");
    table(html, TableLayout.field(cells));
    buckets(html);
    losses(html);
    html.append("</body></html>\n");
    TableFiles.replace(folder.file("report.html"), html.toString());
  }

  private void table(StringBuilder html, List<TableLayout.Line> lines) {
    html.append("<div class=\"wide\"><table><tr><th class=\"name\">mask</th>")
        .append("<th class=\"name\">metric</th>");
    methods.forEach(name -> html.append("<th>").append(Html.escape(name)).append("</th>"));
    html.append("</tr>\n");
    String mask = "";
    for (TableLayout.Line line : lines) {
      boolean first = !line.mask().equals(mask);
      mask = line.mask();
      html.append(first ? "<tr class=\"first\">" : "<tr>")
          .append("<td class=\"name\">")
          .append(first ? Html.escape(mask) : "")
          .append("</td><td class=\"name\">")
          .append(Html.escape(line.metric()))
          .append("</td>");
      for (int i = 0; i < methods.size(); i++) {
        html.append(line.best().get(i) ? "<td class=\"best\">" : "<td>")
            .append(line.values().get(i))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  private String colour(int method) {
    return LineChart.COLOURS.get(method % LineChart.COLOURS.size());
  }

  private void key(StringBuilder html, List<String> names) {
    html.append("<div class=\"key\">");
    for (String name : names) {
      html.append("<span><i style=\"background:")
          .append(colour(methods.indexOf(name)))
          .append("\"></i>")
          .append(Html.escape(name))
          .append("</span>");
    }
    html.append("</div>\n");
  }

  // ------------------------------------------------------------------ by hole size

  private void buckets(StringBuilder html) {
    html.append("<h2>By hole size</h2>\n");
    for (MaskGenerator mask : results.masks()) {
      Map<Integer, Map<String, List<ImageRow>>> buckets = new TreeMap<>();
      for (String method : methods) {
        for (ImageRow row : results.of(mask.name(), method)) {
          int bucket = Math.min(9, (int) (row.holeFraction() * 10));
          buckets
              .computeIfAbsent(bucket, key -> new TreeMap<>())
              .computeIfAbsent(method, key -> new ArrayList<>())
              .add(row);
        }
      }
      html.append("<h3>").append(Html.escape(mask.name())).append("</h3>\n");
      bucketTable(html, buckets);
      if (buckets.size() > 1) {
        key(html, methods);
        html.append("<div class=\"plots\">");
        for (ImageMetric metric :
            List.of(
                ImageMetric.REFERENCE_L1, ImageMetric.REFERENCE_SSIM, ImageMetric.REFERENCE_PSNR)) {
          html.append(bucketChart(metric, buckets));
        }
        html.append("</div>\n");
      }
    }
  }

  private void bucketTable(StringBuilder html, Map<Integer, Map<String, List<ImageRow>>> buckets) {
    html.append("<div class=\"wide\"><table><tr><th class=\"name\">hole</th><th>images</th>")
        .append("<th class=\"name\">metric</th>");
    methods.forEach(name -> html.append("<th>").append(Html.escape(name)).append("</th>"));
    html.append("</tr>\n");
    buckets.forEach(
        (bucket, rows) -> {
          int images = rows.values().stream().mapToInt(List::size).max().orElse(0);
          for (ImageMetric metric :
              List.of(
                  ImageMetric.REFERENCE_L1,
                  ImageMetric.REFERENCE_SSIM,
                  ImageMetric.REFERENCE_PSNR)) {
            boolean first = metric == ImageMetric.REFERENCE_L1;
            String range =
                bucket == 0 ? "under 10 %" : bucket * 10 + "-" + (bucket + 1) * 10 + " %";
            html.append(first ? "<tr class=\"first\">" : "<tr>")
                .append("<td class=\"name\">")
                .append(first ? range : "")
                .append("</td><td>")
                .append(first ? images : "")
                .append("</td><td class=\"name\">")
                .append(shortName(metric))
                .append("</td>");
            for (String method : methods) {
              html.append("<td>")
                  .append(
                      TableLayout.number(
                          mean(rows.getOrDefault(method, List.of()), metric),
                          metric == ImageMetric.REFERENCE_SSIM ? "%.3f" : "%.2f"))
                  .append("</td>");
            }
            html.append("</tr>\n");
          }
        });
    html.append("</table></div>\n");
  }

  private static String shortName(ImageMetric metric) {
    return switch (metric) {
      case REFERENCE_L1 -> "l1 %";
      case REFERENCE_SSIM -> "SSIM";
      case REFERENCE_PSNR -> "PSNR dB";
      default -> metric.label();
    };
  }

  private String bucketChart(
      ImageMetric metric, Map<Integer, Map<String, List<ImageRow>>> buckets) {
    List<LineChart.Line> lines = new ArrayList<>();
    for (int m = 0; m < methods.size(); m++) {
      List<double[]> points = new ArrayList<>();
      String method = methods.get(m);
      buckets.forEach(
          (bucket, rows) -> {
            List<ImageRow> of = rows.getOrDefault(method, List.of());
            if (!of.isEmpty()) {
              double hole = of.stream().mapToDouble(ImageRow::holeFraction).average().orElse(0);
              points.add(new double[] {100 * hole, mean(of, metric)});
            }
          });
      lines.add(new LineChart.Line(method, colour(m), points));
    }
    return LineChart.svg(shortName(metric), "hole, % of the image", lines, true);
  }

  private static double mean(List<ImageRow> rows, ImageMetric metric) {
    return rows.stream().mapToDouble(row -> row.bounded(metric)).average().orElse(Double.NaN);
  }

  // ------------------------------------------------------------------ losses

  private void losses(StringBuilder html) {
    StringBuilder plots = new StringBuilder();
    List<String> searching = new ArrayList<>();
    for (MaskGenerator mask : results.masks()) {
      List<LineChart.Line> lines = new ArrayList<>();
      for (int m = 0; m < methods.size(); m++) {
        List<double[]> mean = meanTrace(mask.name(), methods.get(m));
        if (!mean.isEmpty()) {
          lines.add(new LineChart.Line(methods.get(m), colour(m), mean));
          if (!searching.contains(methods.get(m))) {
            searching.add(methods.get(m));
          }
        }
      }
      if (!lines.isEmpty()) {
        plots.append(LineChart.svg(mask.name() + ": log10 of the loss", "step", lines, false));
      }
    }
    if (!searching.isEmpty()) {
      html.append("<h2>Loss against step</h2>\n");
      html.append(
          "<p>The mean over the images of the logarithm of the loss. Losses of different presets"
              + " are different sums: compare the shapes, not the heights.</p>\n");
      key(html, searching);
      html.append("<div class=\"plots\">").append(plots).append("</div>\n");
    }
  }

  /**
   * The mean of log10(loss) by step; losses that are not positive have no logarithm and are left
   * out.
   */
  private List<double[]> meanTrace(String mask, String method) {
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

  // ------------------------------------------------------------------ pictures

  private void strips(StringBuilder html) throws IOException {
    html.append("<h2>Best, median and worst</h2>\n");
    html.append(
        "<p>By the reference's l1, for each method its own. From left to right: the true image, what"
            + " was known of it, and the filled image.</p>\n");
    for (MaskGenerator mask : results.masks()) {
      html.append("<h3>")
          .append(Html.escape(mask.name()))
          .append(
              "</h3>\n<div class=\"wide\"><table class=\"strips\"><tr><th class=\"name\">method")
          .append("</th><th class=\"name\">best</th><th class=\"name\">median</th>")
          .append("<th class=\"name\">worst</th></tr>\n");
      for (String method : methods) {
        List<ImageRow> rows = new ArrayList<>(results.of(mask.name(), method));
        rows.sort(
            Comparator.comparingDouble((ImageRow row) -> row.bounded(ImageMetric.REFERENCE_L1))
                .thenComparing(ImageRow::image));
        if (rows.isEmpty()) {
          continue;
        }
        html.append("<tr><td>").append(Html.escape(method)).append("</td>");
        for (int rank : new int[] {0, rows.size() / 2, rows.size() - 1}) {
          html.append("<td>");
          strip(html, rows.get(rank), mask);
          html.append("</td>");
        }
        html.append("</tr>\n");
      }
      html.append("</table></div>\n");
    }
  }

  private void strip(StringBuilder html, ImageRow row, MaskGenerator generator) throws IOException {
    ImagePlanes truth = null;
    for (int i = 0; i < results.source().size(); i++) {
      if (results.source().name(i).equals(row.image())) {
        truth = results.source().image(i);
      }
    }
    if (truth == null) {
      return;
    }
    Mask mask = generator.generate(truth.width(), truth.height(), row.seed());
    BufferedImage known = PictureFiles.toImage(truth);
    for (int y = 0; y < known.getHeight(); y++) {
      for (int x = 0; x < known.getWidth(); x++) {
        if (mask.isHole(x, y)) {
          known.setRGB(x, y, HOLE);
        }
      }
    }
    picture(html, PictureFiles.png(PictureFiles.toImage(truth)), row.image() + ", true");
    picture(html, PictureFiles.png(known), row.image() + ", known");
    Path file = folder.picture(row.key());
    picture(html, Files.readAllBytes(file), row.image() + ", filled by " + row.method());
    html.append(
        String.format(
            Locale.ROOT,
            "<small>%s: l1 %.2f %%, SSIM %.3f, PSNR %.1f dB</small>",
            Html.escape(row.image()),
            row.bounded(ImageMetric.REFERENCE_L1),
            row.bounded(ImageMetric.REFERENCE_SSIM),
            row.bounded(ImageMetric.REFERENCE_PSNR)));
  }

  private static void picture(StringBuilder html, byte[] png, String alt) {
    html.append("<img alt=\"")
        .append(Html.escape(alt))
        .append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(png))
        .append("\">");
  }
}
