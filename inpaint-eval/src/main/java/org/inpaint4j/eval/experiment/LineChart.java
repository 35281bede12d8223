package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Lines over numbers, laid out for chart.mustache. All places are in pixels of the drawing.
 *
 * @param title above the lines
 * @param xLabel below the axis
 * @param xTicks round numbers on the axis
 * @param yTicks round numbers on the left
 * @param curves the lines
 */
record LineChart(
    String title, String xLabel, List<Tick> xTicks, List<Tick> yTicks, List<Curve> curves) {

  /** Colours that stay apart for most people with a colour vision deficiency (Okabe and Ito). */
  static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6b6b6b", "#8a6d00");

  private static final int WIDTH = 440;
  private static final int HEIGHT = 280;
  private static final int LEFT = 56;
  private static final int RIGHT = WIDTH - 14;
  private static final int TOP = 30;
  private static final int BOTTOM = HEIGHT - 44;

  /**
   * A line to draw.
   *
   * @param name what the title of its points says
   * @param colour an SVG colour
   * @param points x, y pairs in the order of x
   */
  record Line(String name, String colour, List<double[]> points) {}

  /** A number at its place on an axis. */
  record Tick(String at, String label) {}

  /** A line as an SVG path, with its points as dots if they are to be seen. */
  record Curve(String name, String colour, String path, List<Dot> dots) {}

  /** A point of a line with its value. */
  record Dot(String x, String y, String label) {}

  /**
   * Lays lines out.
   *
   * @param withDots whether each point is to be seen
   */
  static LineChart of(String title, String xLabel, List<Line> lines, boolean withDots) {
    Axis xAxis = Axis.over(values(lines, 0), LEFT, RIGHT);
    Axis yAxis = Axis.over(values(lines, 1), BOTTOM, TOP);
    return new LineChart(
        title,
        xLabel,
        xAxis.labelled(),
        yAxis.labelled(),
        lines.stream().map(line -> curve(line, xAxis, yAxis, withDots)).toList());
  }

  private static double[] values(List<Line> lines, int coordinate) {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .mapToDouble(point -> point[coordinate])
        .toArray();
  }

  private static Curve curve(Line line, Axis xAxis, Axis yAxis, boolean withDots) {
    StringBuilder path = new StringBuilder();
    List<Dot> dots = new ArrayList<>();
    for (double[] point : line.points()) {
      String x = xAxis.at(point[0]);
      String y = yAxis.at(point[1]);
      path.append(path.isEmpty() ? "M" : " L").append(x).append(',').append(y);
      if (withDots) {
        dots.add(new Dot(x, y, label(point[1])));
      }
    }
    return new Curve(line.name(), line.colour(), path.toString(), dots);
  }

  /** Numbers from {@code first} to {@code last} at the places from {@code start} to {@code end}. */
  private record Axis(List<Double> ticks, double first, double last, int start, int end) {

    static Axis over(double[] values, int start, int end) {
      double min = DoubleStream.of(values).min().orElse(0);
      double max = DoubleStream.of(values).max().orElse(1);
      List<Double> ticks = LineChart.ticks(min, max);
      return new Axis(
          ticks,
          Math.min(min, ticks.get(0)),
          Math.max(max, ticks.get(ticks.size() - 1)),
          start,
          end);
    }

    String at(double value) {
      double at =
          last == first
              ? (start + end) / 2.0
              : start + (value - first) / (last - first) * (end - start);
      return String.format(Locale.ROOT, "%.1f", at);
    }

    List<Tick> labelled() {
      return ticks.stream().map(tick -> new Tick(at(tick), label(tick))).toList();
    }
  }

  int width() {
    return WIDTH;
  }

  int height() {
    return HEIGHT;
  }

  int left() {
    return LEFT;
  }

  int right() {
    return RIGHT;
  }

  int top() {
    return TOP;
  }

  int bottom() {
    return BOTTOM;
  }

  /** The middle of the x axis. */
  int middle() {
    return (LEFT + RIGHT) / 2;
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
