package org.inpaint4j.train;

import java.util.Arrays;
import java.util.Random;

/**
 * The holes that a completion network is trained with: rectangles, parts of an upright, centred
 * face or anything of their size, halves, strokes and single pixels. A hole is 3 to 60 % of the
 * picture, of single pixels 50 to 80 %.
 */
final class TrainingHoles {

  private static final double LEAST = 0.03;
  private static final double MOST = 0.60;

  /** Of rectangles, parts, halves, strokes; what is left is single pixels. */
  private static final double[] FAMILIES = {0.30, 0.36, 0.10, 0.16};

  /** How often strokes are added to another hole. */
  private static final double STRUCK = 0.06;

  /** Eyes, both eyes, nose, mouth: x, y and both radii, in units of the picture's side. */
  private static final double[][] PARTS = {
    {.335, .334, .15, .12},
    {.665, .334, .15, .12},
    {.500, .334, .36, .13},
    {.500, .487, .14, .17},
    {.500, .690, .23, .13}
  };

  private final Random random;
  private final int side;
  private final boolean[] hole;

  private TrainingHoles(Random random, int side) {
    this.random = random;
    this.side = side;
    hole = new boolean[side * side];
  }

  /**
   * Draws a hole.
   *
   * @param side rows and columns of the picture
   * @param into takes the hole, 1 in it and 0 on known pixels, row by row
   * @param from the index of its first pixel there
   */
  static void draw(Random random, int side, float[] into, int from) {
    TrainingHoles holes = new TrainingHoles(random, side);
    boolean single;
    double share;
    do {
      Arrays.fill(holes.hole, false);
      single = holes.fill();
      share = holes.share();
    } while (!single && (share < LEAST || share > MOST));
    for (int i = 0; i < holes.hole.length; i++) {
      into[from + i] = holes.hole[i] ? 1 : 0;
    }
  }

  /** Draws one of the families; returns whether it is single pixels. */
  private boolean fill() {
    double kind = random.nextDouble();
    int family = 0;
    while (family < FAMILIES.length && kind >= FAMILIES[family]) {
      kind -= FAMILIES[family++];
    }
    switch (family) {
      case 0 -> rectangles();
      case 1 -> parts();
      case 2 -> half();
      case 3 -> strokes();
      default -> pixels();
    }
    if (family < FAMILIES.length && random.nextDouble() < STRUCK) {
      strokes();
    }
    return family == FAMILIES.length;
  }

  private double share() {
    int count = 0;
    for (boolean missing : hole) {
      count += missing ? 1 : 0;
    }
    return count / (double) hole.length;
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private void rectangles() {
    if (random.nextBoolean()) {
      rectangle(.06, .40);
      return;
    }
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      rectangle(.03, .15);
    }
  }

  private void rectangle(double least, double most) {
    double area = between(least, most);
    double aspect = Math.exp(between(-.6, .6));
    int height = length(Math.sqrt(area * aspect));
    int width = length(Math.sqrt(area / aspect));
    int y = random.nextInt(side - height + 1);
    int x = random.nextInt(side - width + 1);
    box(y, y + height, x, x + width);
  }

  private int length(double share) {
    return Math.min(Math.max((int) Math.round(side * share), 3), side);
  }

  private void box(int top, int bottom, int left, int right) {
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        hole[y * side + x] = true;
      }
    }
  }

  private void half() {
    int at = (int) Math.round(side * between(.4, .6));
    double which = random.nextDouble();
    if (which < .3) {
      box(0, side, 0, at);
    } else if (which < .6) {
      box(0, side, at, side);
    } else if (which < .9) {
      box(at, side, 0, side);
    } else {
      box(0, at, 0, side);
    }
  }

  private void parts() {
    double many = random.nextDouble();
    int count = many < .6 ? 1 : many < .9 ? 2 : 3;
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(PARTS.length + 1);
      double scale = Math.exp(.25 * random.nextGaussian());
      double dx = .025 * random.nextGaussian();
      double dy = .025 * random.nextGaussian();
      if (kind < PARTS.length) {
        double[] part = PARTS[kind];
        blob(part[0] + dx, part[1] + dy, part[2] * scale, part[3] * scale);
      } else {
        blob(
            between(.1, .9) + dx,
            between(.1, .9) + dy,
            between(.08, .25) * scale,
            between(.08, .25) * scale);
      }
    }
  }

  /** An ellipse with a wavy border, or a box, turned a little. */
  private void blob(double x, double y, double radiusX, double radiusY) {
    double angle = between(-.5, .5);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    boolean box = random.nextDouble() < .25;
    int[] waves = {1, 2, 3, 5};
    double[] heights = new double[waves.length];
    double[] phases = new double[waves.length];
    for (int k = 0; k < waves.length; k++) {
      heights[k] = .12 / waves[k] * random.nextGaussian();
      phases[k] = between(0, 2 * Math.PI);
    }
    for (int i = 0; i < hole.length; i++) {
      int column = i % side;
      int row = i / side;
      double dx = (column + .5) / side - x;
      double dy = (row + .5) / side - y;
      double u = (dx * cos + dy * sin) / radiusX;
      double v = (-dx * sin + dy * cos) / radiusY;
      if (box) {
        hole[i] |= Math.max(Math.abs(u), Math.abs(v)) <= .9;
      } else {
        double turn = Math.atan2(v, u);
        double border = 1;
        for (int k = 0; k < waves.length; k++) {
          border += heights[k] * Math.cos(waves[k] * turn + phases[k]);
        }
        hole[i] |= Math.hypot(u, v) <= border;
      }
    }
  }

  private void strokes() {
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      double radius = side * between(.025, .12) / 2;
      double x = between(0, side);
      double y = between(0, side);
      double turn = between(0, 2 * Math.PI);
      int steps = 2 + random.nextInt(7);
      for (int step = 0; step < steps; step++) {
        turn += .8 * random.nextGaussian();
        double length = between(.08, .3) * side;
        double nextX = Math.min(Math.max(x + length * Math.cos(turn), -2), side + 2);
        double nextY = Math.min(Math.max(y + length * Math.sin(turn), -2), side + 2);
        line(x, y, nextX, nextY, Math.max(radius, .5));
        x = nextX;
        y = nextY;
      }
    }
  }

  /** All pixels whose centre is no farther than the radius from a line. */
  private void line(double x0, double y0, double x1, double y1, double radius) {
    double along = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0);
    for (int i = 0; i < hole.length; i++) {
      int column = i % side;
      int row = i / side;
      double dx = column + .5 - x0;
      double dy = row + .5 - y0;
      double at = along == 0 ? 0 : (dx * (x1 - x0) + dy * (y1 - y0)) / along;
      double t = Math.min(Math.max(at, 0), 1);
      hole[i] |= Math.hypot(dx - t * (x1 - x0), dy - t * (y1 - y0)) <= radius;
    }
  }

  private void pixels() {
    double share = between(.5, .8);
    for (int i = 0; i < hole.length; i++) {
      hole[i] = random.nextDouble() < share;
    }
  }
}
