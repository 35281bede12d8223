package org.inpaint4j.eval.mask;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;

/** Strokes that people drew. */
final class QuickDrawMask implements MaskGenerator {

  static final MaskGenerator INSTANCE = new QuickDrawMask();

  /** The canvas that the recipe's widths are meant for. */
  private static final int CANVAS = 512;

  /** The drawings' coordinates run from 0 to 255. */
  private static final double UNIT = CANVAS / 256.0;

  private QuickDrawMask() {}

  /** The drawings, read when they are first needed: drawing, stroke, (x0, y0, x1, y1, …). */
  private static final class Drawings {
    static final short[][][] ALL = read();

    private static short[][][] read() {
      try (InputStream file =
          QuickDrawMask.class.getResourceAsStream("quickdraw-sample.ndjson.gz")) {
        if (file == null) {
          throw new IllegalStateException(
              "the class path must hold the drawings: found no quickdraw-sample.ndjson.gz");
        }
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8));
        List<short[][]> drawings = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          drawings.add(parse(line));
        }
        return drawings.toArray(new short[0][][]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Reads the strokes of one line of the data set's simplified format.
   *
   * @param line {@code {"word":…,"drawing":[[[x…],[y…]],…]}} without white space
   * @return for each stroke its points as x, y, x, y, …
   * @throws IOException if the line is something else
   */
  static short[][] parse(String line) throws IOException {
    String key = "\"drawing\":[";
    int start = line.indexOf(key);
    if (start < 0 || !line.endsWith("]]]}")) {
      throw new IOException("a drawing must have the key \"drawing\" and end with ]]]}: " + line);
    }
    String[] strokes =
        line.substring(start + key.length(), line.length() - 2).split("\\]\\],?", -1);
    short[][] points = new short[strokes.length - 1][];
    for (int s = 0; s < points.length; s++) {
      String stroke = strokes[s];
      int middle = stroke.indexOf("],[");
      if (!stroke.startsWith("[[") || middle < 0) {
        throw new IOException("a stroke must be [[x…],[y…]]: found " + stroke);
      }
      String[] xs = stroke.substring(2, middle).split(",", -1);
      String[] ys = stroke.substring(middle + 3).split(",", -1);
      if (xs.length != ys.length) {
        throw new IOException("a stroke must have as many x as y: found " + stroke);
      }
      points[s] = new short[2 * xs.length];
      for (int i = 0; i < xs.length; i++) {
        try {
          points[s][2 * i] = Short.parseShort(xs[i]);
          points[s][2 * i + 1] = Short.parseShort(ys[i]);
        } catch (NumberFormatException e) {
          throw new IOException("a coordinate must be a number: found " + stroke, e);
        }
      }
    }
    return points;
  }

  @Override
  public String name() {
    return "quickdraw";
  }

  @Override
  public Mask generate(int width, int height, long seed) {
    checkArgument(
        Math.min(width, height) >= 8,
        "the image of a quickdraw mask must be at least 8x8: found %sx%s",
        width,
        height);
    Random random = Seeds.random(seed);
    while (true) {
      Mask mask = draw(width, height, random);
      int count = mask.holeCount();
      if (count > 0 && count < width * height) {
        return mask;
      }
    }
  }

  private static Mask draw(int width, int height, Random random) {
    // The canvas is a square around the image, at the recipe's resolution or the image's own,
    // whichever is finer; only its middle, of the image's shape, is kept.
    int side = Math.max(width, height);
    double fine = Math.max(1, CANVAS / (double) side);
    int gridWidth = (int) Math.round(width * fine);
    int gridHeight = (int) Math.round(height * fine);
    double canvasToGrid = side * fine / CANVAS;
    int strokes = (int) Math.max(1, Math.round(4 + 2 * random.nextGaussian()));
    // The upscaling is drawn first here, so that it can be applied to the points and widths.
    double scale = canvasToGrid * (1 + 0.5 * random.nextDouble());
    double offsetX = gridWidth / 2.0 - scale * CANVAS / 2;
    double offsetY = gridHeight / 2.0 - scale * CANVAS / 2;
    Brush brush = new Brush(gridWidth, gridHeight);
    for (int s = 0; s < strokes; s++) {
      short[][] drawing = Drawings.ALL[random.nextInt(Drawings.ALL.length)];
      short[] points = drawing[random.nextInt(drawing.length)];
      double thickness = scale * (5 + 10 * random.nextDouble());
      double unit = scale * UNIT;
      for (int i = 0; i < points.length; i += 2) {
        int next = Math.min(i + 2, points.length - 2);
        brush.line(
            offsetX + unit * points[i],
            offsetY + unit * points[i + 1],
            offsetX + unit * points[next],
            offsetY + unit * points[next + 1],
            thickness);
      }
    }
    return brush.reduce(width, height);
  }

  @Override
  public String toString() {
    return name();
  }
}
