package org.inpaint4j.bench;

import java.util.List;
import java.util.Random;
import org.inpaint4j.image.Mask;

/** Holes of every family at any size. */
final class BenchMasks {

  static final List<String> FAMILIES =
      List.of(
          "disc", "rectangle", "border", "strokes", "spiral", "noise80", "noise50", "all but 1");

  private BenchMasks() {}

  static Mask of(String family, int n) {
    return switch (family) {
      case "disc" -> disc(n, 0.36);
      case "rectangle" -> Mask.rectangle(n, n, n / 10, n / 5, 3 * n / 4, n / 2);
      case "border" -> Mask.rectangle(n, n, n / 3, n / 4, n - n / 3, n - n / 4);
      case "strokes" -> strokes(n);
      case "spiral" -> spiral(n);
      case "noise80" -> noise(n, 0.8);
      case "noise50" -> noise(n, 0.5);
      case "all but 1" -> Mask.of(n, n, (x, y) -> x != n / 3 || y != n / 5);
      default -> throw new IllegalArgumentException("there is no family of holes " + family);
    };
  }

  /**
   * A disc in the middle.
   *
   * @param n columns and rows
   * @param radius in units of n
   */
  static Mask disc(int n, double radius) {
    double r = radius * n;
    double c = (n - 1) / 2.0;
    return Mask.of(n, n, (x, y) -> (x - c) * (x - c) + (y - c) * (y - c) < r * r);
  }

  private static Mask noise(int n, double share) {
    Random random = new Random(n);
    return Mask.of(n, n, (x, y) -> random.nextDouble() < share);
  }

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
      boolean ahead = isInside(n, x + dx, y + dy) && !on[y + dy][x + dx];
      boolean meets = isInside(n, x + 2 * dx, y + 2 * dy) && on[y + 2 * dy][x + 2 * dx];
      if (ahead && !meets) {
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

  private static boolean isInside(int n, int x, int y) {
    return x >= 0 && y >= 0 && x < n && y < n;
  }
}
