package org.inpaint4j.eval.mask;

import java.util.BitSet;
import org.inpaint4j.image.Mask;

/**
 * Draws round strokes on a grid. A cell is covered when the distance of its centre to a line is at
 * most half the stroke's width.
 */
final class Brush {

  private final int width;
  private final int height;
  private final BitSet covered;

  Brush(int width, int height) {
    this.width = width;
    this.height = height;
    this.covered = new BitSet(width * height);
  }

  /**
   * Draws one straight line with round ends.
   *
   * @param x0 one end, in cells from the left edge of the grid
   * @param y0 one end, from the upper edge
   * @param x1 the other end
   * @param y1 the other end
   * @param thickness the width of the stroke in cells
   */
  void line(double x0, double y0, double x1, double y1, double thickness) {
    double radius = thickness / 2;
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squaredLength = dx * dx + dy * dy;
    int left = (int) Math.max(0, Math.floor(Math.min(x0, x1) - radius));
    int right = (int) Math.min(width - 1, Math.ceil(Math.max(x0, x1) + radius));
    int top = (int) Math.max(0, Math.floor(Math.min(y0, y1) - radius));
    int bottom = (int) Math.min(height - 1, Math.ceil(Math.max(y0, y1) + radius));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double px = x + 0.5 - x0;
        double py = y + 0.5 - y0;
        double along =
            squaredLength == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / squaredLength));
        double ex = px - along * dx;
        double ey = py - along * dy;
        if (ex * ex + ey * ey <= radius * radius) {
          covered.set(y * width + x);
        }
      }
    }
  }

  /** Whether nothing has been covered. */
  boolean isEmpty() {
    return covered.isEmpty();
  }

  /** The covered cells as a hole. */
  Mask toMask() {
    return Mask.of(width, height, (x, y) -> covered.get(y * width + x));
  }

  /**
   * The covered cells as a hole on a coarser grid, whose pixels are in the hole when at least half
   * of their cells are covered.
   */
  Mask reduce(int newWidth, int newHeight) {
    int[] inside = new int[newWidth * newHeight];
    int[] cells = new int[newWidth * newHeight];
    for (int y = 0, i = 0; y < height; y++) {
      int row = (int) ((long) y * newHeight / height) * newWidth;
      for (int x = 0; x < width; x++, i++) {
        int pixel = row + (int) ((long) x * newWidth / width);
        cells[pixel]++;
        if (covered.get(i)) {
          inside[pixel]++;
        }
      }
    }
    return Mask.of(
        newWidth,
        newHeight,
        (x, y) -> {
          int pixel = y * newWidth + x;
          return 2 * inside[pixel] >= cells[pixel];
        });
  }
}
