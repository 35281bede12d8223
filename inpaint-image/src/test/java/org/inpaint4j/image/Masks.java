package org.inpaint4j.image;

import java.util.List;
import java.util.Random;

/** Holes of every family that a fill must cope with, at any size, for tests and benchmarks. */
public final class Masks {

  /** The names that {@link #of} knows. */
  public static final List<String> FAMILIES =
      List.of(
          "disc",
          "rectangle",
          "border",
          "strokes",
          "spiral",
          "islands",
          "lattice",
          "noise80",
          "noise50",
          "allButOne");

  private Masks() {}

  /**
   * A hole of a family.
   *
   * @param family one of {@link #FAMILIES}
   * @param n columns and rows
   * @return the mask
   */
  public static Mask of(String family, int n) {
    return switch (family) {
      case "disc" -> disc(n, 0.36);
      case "rectangle" -> Mask.rectangle(n, n, n / 10, n / 5, 3 * n / 4, n / 2);
      case "border" -> Mask.rectangle(n, n, n / 3, n / 4, n - n / 3, n - n / 4);
      case "strokes" -> strokes(n);
      case "spiral" -> spiral(n);
      case "islands" -> Mask.of(n, n, (x, y) -> isRing(n, x, y));
      case "lattice" -> Mask.of(n, n, (x, y) -> x % 8 != 0 || y % 8 != 0);
      case "noise80" -> noise(n, 0.8);
      case "noise50" -> noise(n, 0.5);
      case "allButOne" -> Mask.of(n, n, (x, y) -> x != n / 3 || y != n / 5);
      default -> throw new IllegalArgumentException("there is no family of holes " + family);
    };
  }

  /**
   * A disc in the middle.
   *
   * @param n columns and rows
   * @param radius in units of n
   * @return the mask
   */
  public static Mask disc(int n, double radius) {
    double r = radius * n;
    double c = (n - 1) / 2.0;
    return Mask.of(n, n, (x, y) -> (x - c) * (x - c) + (y - c) * (y - c) < r * r);
  }

  private static Mask noise(int n, double share) {
    Random random = new Random(n);
    return Mask.of(n, n, (x, y) -> random.nextDouble() < share);
  }

  /** Rings within rings: holes in islands in holes. */
  private static boolean isRing(int n, int x, int y) {
    double d = Math.hypot(x - 0.45 * n, y - 0.55 * n);
    return (int) (d / Math.max(2.5, n / 14.0)) % 2 == 0;
  }

  /** Lines in many directions, from two pixels wide to a thirtieth of the image. */
  private static Mask strokes(int n) {
    Random random = new Random(n);
    boolean[] on = new boolean[n * n];
    for (int stroke = 0; stroke < 12; stroke++) {
      double x = random.nextDouble() * n;
      double y = random.nextDouble() * n;
      double angle = random.nextDouble() * 2 * Math.PI;
      double radius = 1 + random.nextDouble() * n / 60;
      for (int step = 0; step < n / 2; step++) {
        x += Math.cos(angle);
        y += Math.sin(angle);
        angle += (random.nextDouble() - 0.5) * 0.2;
        for (int py = (int) (y - radius); py <= y + radius; py++) {
          for (int px = (int) (x - radius); px <= x + radius; px++) {
            if (px >= 0 && py >= 0 && px < n && py < n && Math.hypot(px - x, py - y) <= radius) {
              on[py * n + px] = true;
            }
          }
        }
      }
    }
    return Mask.of(n, n, (px, py) -> on[py * n + px]);
  }

  /** One pixel wide, from the corner inwards, with one known pixel between turns. */
  private static Mask spiral(int n) {
    boolean[][] on = new boolean[n][n];
    int x = 0;
    int y = 0;
    int dx = 1;
    int dy = 0;
    on[0][0] = true;
    for (int turns = 0; turns < 2; ) {
      if (isFree(on, x + dx, y + dy) && !isSet(on, x + 2 * dx, y + 2 * dy)) {
        x += dx;
        y += dy;
        on[y][x] = true;
        turns = 0;
      } else {
        int t = dx;
        dx = -dy;
        dy = t;
        turns++;
      }
    }
    return Mask.of(n, n, (px, py) -> on[py][px]);
  }

  private static boolean isFree(boolean[][] on, int x, int y) {
    return x >= 0 && y >= 0 && y < on.length && x < on.length && !on[y][x];
  }

  private static boolean isSet(boolean[][] on, int x, int y) {
    return x >= 0 && y >= 0 && y < on.length && x < on.length && on[y][x];
  }
}
