package org.inpaint4j.eval.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inpaint4j.eval.metric.ImageMetric;
import org.inpaint4j.image.WholeFile;
import org.jspecify.annotations.Nullable;

/** Writes table.md and table.csv. */
final class TableFiles {

  private TableFiles() {}

  static void write(
      Path folder,
      String title,
      Map<String, String> facts,
      @Nullable String distance,
      List<TableCell> cells)
      throws IOException {
    replace(folder.resolve("table.md"), markdown(title, facts, distance, cells));
    replace(folder.resolve("table.csv"), csv(cells));
  }

  static void replace(Path file, String text) throws IOException {
    WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String markdown(
      String title, Map<String, String> facts, @Nullable String distance, List<TableCell> cells) {
    StringBuilder text = new StringBuilder("# ").append(title).append("\n\n");
    facts.forEach(
        (key, value) -> text.append("- ").append(key).append(": ").append(value).append('\n'));
    List<String> methods = TableLayout.methods(cells);
    text.append(
        "\nThe reference's metrics (gray, relative l1, SSIM by columns), and SSIM in two"
            + " dimensions:\n\n");
    table(text, methods, TableLayout.reference(cells, distance));
    text.append("\nHow the holes look (means; sharpness and seam: 1 is right):\n\n");
    table(text, methods, TableLayout.looks(cells));
    text.append("\nThe same, medians:\n\n");
    table(text, methods, TableLayout.medianLooks(cells));
    text.append("\nThe reference's metrics inside the hole:\n\n");
    table(text, methods, TableLayout.referenceInHole(cells));
    text.append("\nThe field's metrics (RGB, Gaussian window):\n\n");
    table(text, methods, TableLayout.field(cells));
    return text.toString();
  }

  private static void table(
      StringBuilder text, List<String> methods, List<TableLayout.Line> lines) {
    text.append("| mask | metric |");
    methods.forEach(method -> text.append(' ').append(method).append(" |"));
    text.append("\n|---|---|").append("---:|".repeat(methods.size())).append('\n');
    for (TableLayout.Line line : lines) {
      text.append("| ").append(line.mask()).append(" | ").append(line.metric()).append(" |");
      for (int i = 0; i < methods.size(); i++) {
        String mark = line.best().get(i) ? "**" : "";
        text.append(' ').append(mark).append(line.values().get(i)).append(mark).append(" |");
      }
      text.append('\n');
    }
  }

  private static String csv(List<TableCell> cells) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("mask", "method", "images", "hole_fraction"));
    for (ImageMetric metric : ImageMetric.values()) {
      header.add(metric.name().toLowerCase(Locale.ROOT));
    }
    for (HoleFigure figure : HoleFigure.values()) {
      header.add(figure.column());
    }
    for (HoleFigure figure : HoleFigure.values()) {
      header.add("median_" + figure.column());
    }
    header.addAll(
        List.of(
            "frechet",
            "kernel",
            "frechet_around",
            "kernel_around",
            "median_seconds",
            "median_processor_seconds_per_megapixel"));
    rows.add(header);
    for (TableCell cell : cells) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  cell.mask(),
                  cell.method(),
                  Integer.toString(cell.images()),
                  Double.toString(cell.holeFraction())));
      for (ImageMetric metric : ImageMetric.values()) {
        row.add(Double.toString(cell.metrics().getOrDefault(metric, Double.NaN)));
      }
      for (HoleFigure figure : HoleFigure.values()) {
        row.add(Double.toString(figure.of(cell.figures())));
      }
      for (HoleFigure figure : HoleFigure.values()) {
        row.add(Double.toString(figure.of(cell.medianFigures())));
      }
      row.add(Double.toString(cell.distances().frechet()));
      row.add(Double.toString(cell.distances().kernel()));
      row.add(Double.toString(cell.distancesAround().frechet()));
      row.add(Double.toString(cell.distancesAround().kernel()));
      row.add(Double.toString(cell.medianSeconds()));
      row.add(Double.toString(cell.medianProcessorSeconds()));
      rows.add(row);
    }
    return RowLog.format(rows);
  }
}
