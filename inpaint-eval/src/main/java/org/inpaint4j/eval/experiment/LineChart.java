package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws lines over numbers as SVG, for the report. */
final class LineChart {

  /** Colours that stay apart for most people with a colour vision deficiency (Okabe and Ito). */
  static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6b6b6b", "#8a6d00");

  private static final int WIDTH = 440;
  private static final int HEIGHT = 280;
  private static final int LEFT = 56;
  private static final int RIGHT = 14;
  private static final int TOP = 30;
  private static final int BOTTOM = 44;

  /**
   * A line.
   *
   * @param name what the title of its points says
   * @param colour an SVG colour
   * @param points x, y pairs in the order of x
   */
  record Line(String name, String colour, List<double[]> points) {}

  private LineChart() {}

  static String svg(String title, String xLabel, List<Line> lines, boolean withDots) {
    double minX = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (double[] point : line.points()) {
        minX = Math.min(minX, point[0]);
        maxX = Math.max(maxX, point[0]);
        minY = Math.min(minY, point[1]);
        maxY = Math.max(maxY, point[1]);
      }
    }
    List<Double> xs = ticks(minX, maxX);
    List<Double> ys = ticks(minY, maxY);
    double x0 = Math.min(minX, xs.get(0));
    double x1 = Math.max(maxX, xs.get(xs.size() - 1));
    double y0 = Math.min(minY, ys.get(0));
    double y1 = Math.max(maxY, ys.get(ys.size() - 1));
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">",
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT,
            Html.escape(title)));
    svg.append(text(LEFT, 18, "start", "title", title));
    for (double tick : ys) {
      double y = scale(tick, y0, y1, HEIGHT - BOTTOM, TOP);
      svg.append(line("grid", LEFT, y, WIDTH - RIGHT, y));
      svg.append(text(LEFT - 6, y + 4, "end", "tick", label(tick)));
    }
    for (double tick : xs) {
      double x = scale(tick, x0, x1, LEFT, WIDTH - RIGHT);
      svg.append(line("grid", x, TOP, x, HEIGHT - BOTTOM));
      svg.append(text(x, HEIGHT - BOTTOM + 16, "middle", "tick", label(tick)));
    }
    svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", "label", xLabel));
    for (Line line : lines) {
      StringBuilder path = new StringBuilder();
      StringBuilder dots = new StringBuilder();
      for (double[] point : line.points()) {
        double x = scale(point[0], x0, x1, LEFT, WIDTH - RIGHT);
        double y = scale(point[1], y0, y1, HEIGHT - BOTTOM, TOP);
        path.append(String.format(Locale.ROOT, "%s%.1f,%.1f", path.isEmpty() ? "M" : " L", x, y));
        if (withDots) {
          dots.append(
              String.format(
                  Locale.ROOT,
                  "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"><title>%s: %s</title></circle>",
                  x,
                  y,
                  line.colour(),
                  Html.escape(line.name()),
                  label(point[1])));
        }
      }
      svg.append(
          String.format(
              "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%s",
              path, line.colour(), dots));
    }
    return svg.append("</svg>").toString();
  }

  private static double scale(double value, double from, double to, double start, double end) {
    return to == from ? (start + end) / 2 : start + (value - from) / (to - from) * (end - start);
  }

  private static String line(String style, double x0, double y0, double x1, double y1) {
    return String.format(
        Locale.ROOT,
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        style,
        x0,
        y0,
        x1,
        y1);
  }

  private static String text(double x, double y, String anchor, String style, String text) {
    return String.format(
        Locale.ROOT,
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        style,
        x,
        y,
        anchor,
        Html.escape(text));
  }

  /** From four to eight round numbers that enclose a range. */
  static List<Double> ticks(double min, double max) {
    double span = max > min ? max - min : Math.max(1e-9, Math.abs(max));
    double raw = span / 5;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power;
    for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
      step = factor * power;
      if (step >= raw) {
        break;
      }
    }
    long first = (long) Math.floor(min / step + 1e-9);
    long last = (long) Math.ceil(max / step - 1e-9);
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  static String label(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.2g";
    String text = String.format(Locale.ROOT, format, value);
    return text.contains(".") && !text.contains("e")
        ? text.replaceAll("0+$", "").replaceAll("\\.$", "")
        : text;
  }
}
