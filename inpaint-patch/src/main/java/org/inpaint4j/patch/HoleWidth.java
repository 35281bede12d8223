package org.inpaint4j.patch;

import java.util.BitSet;
import org.inpaint4j.image.Internal;
import org.inpaint4j.image.Mask;

/**
 * The width of a hole at each of its places: a pixel is in a part as wide as the largest square of
 * missing pixels that it lies in (a morphological opening for each width).
 *
 * <p>Beyond the border nothing is missing: a stripe along it is as thin as it looks.
 */
@Internal
public final class HoleWidth {

  /** Side of a square that single missing pixels seldom form by chance. */
  private static final int SOLID = 3;

  /** Half the side, less one pixel, of the window in which missing pixels are counted. */
  private static final int AROUND = 4;

  private final int width;
  private final int height;
  private final BitSet hole;

  /**
   * The widths of a hole.
   *
   * @param mask the hole
   */
  public HoleWidth(Mask mask) {
    width = mask.width();
    height = mask.height();
    hole = mask.holeBits();
  }

  /**
   * The parts of the hole that are wide.
   *
   * @param side at least 1
   * @return the pixels that lie in a square of missing pixels of that side
   */
  public BitSet atLeast(int side) {
    return atLeast(side, side);
  }

  /**
   * The parts of the hole that hold a rectangle.
   *
   * @param columns of the rectangle, at least 1
   * @param rows of the rectangle, at least 1
   * @return the pixels that lie in a rectangle of missing pixels of that size
   */
  BitSet atLeast(int columns, int rows) {
    BitSet result = new BitSet(width * height);
    // Missing pixels downwards from here, without a gap.
    int[] below = new int[width];
    BitSet corners = new BitSet(width);
    for (int y = height - 1; y >= 0; y--) {
      corners.clear();
      int inRow = 0;
      for (int x = width - 1; x >= 0; x--) {
        below[x] = hole.get(y * width + x) ? below[x] + 1 : 0;
        inRow = below[x] >= rows ? inRow + 1 : 0;
        corners.set(x, inRow >= columns);
      }
      for (int from = corners.nextSetBit(0); from >= 0; ) {
        int to = corners.nextClearBit(from);
        for (int row = y; row < y + rows; row++) {
          result.set(row * width + from, row * width + to - 1 + columns);
        }
        from = corners.nextSetBit(to);
      }
    }
    return result;
  }

  /**
   * Missing pixels among many others that are missing one by one.
   *
   * @return the pixels that lie in no 3x3 square of missing ones, with at least a third of the 9x9
   *     pixels around them missing
   */
  public BitSet scattered() {
    BitSet result = (BitSet) hole.clone();
    result.andNot(atLeast(SOLID));
    int[] before = new int[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      int inRow = 0;
      for (int x = 0; x < width; x++) {
        inRow += hole.get(y * width + x) ? 1 : 0;
        before[(y + 1) * (width + 1) + x + 1] = before[y * (width + 1) + x + 1] + inRow;
      }
    }
    for (int i = result.nextSetBit(0); i >= 0; i = result.nextSetBit(i + 1)) {
      int left = Math.max(0, i % width - AROUND);
      int top = Math.max(0, i / width - AROUND);
      int right = Math.min(width, i % width + AROUND + 1);
      int bottom = Math.min(height, i / width + AROUND + 1);
      int missing =
          before[bottom * (width + 1) + right]
              - before[top * (width + 1) + right]
              - before[bottom * (width + 1) + left]
              + before[top * (width + 1) + left];
      result.set(i, 3 * missing >= (right - left) * (bottom - top));
    }
    return result;
  }
}
