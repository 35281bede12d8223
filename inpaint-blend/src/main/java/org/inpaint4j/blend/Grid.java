package org.inpaint4j.blend;

import java.util.BitSet;

/**
 * Which nodes of one level are unknowns.
 *
 * <p>The next coarser grid takes every second node in both directions. Its node (I, J) lies on node
 * (2I, 2J) and is an unknown if that node is. All other nodes count as known: a correction is zero
 * there, and interpolation uses that zero. The exception is the image's border, beyond which
 * nothing is known. Where a grid ends at the border with an even number of columns (rows), the
 * coarser grid gets one more column (row) outside, whose nodes are unknowns where the last ones
 * inside are.
 *
 * @param width columns
 * @param height rows
 * @param unknowns bit {@code y * width + x} is set at an unknown. Not modified.
 * @param plain bit {@code y * width + x} is set at an unknown whose eight neighbours are unknowns
 *     and whose equation is the same as that of all other plain ones. Not modified.
 * @param openRight whether the image ends beyond the last column
 * @param openBottom whether the image ends below the last row
 */
record Grid(
    int width, int height, BitSet unknowns, BitSet plain, boolean openRight, boolean openBottom) {

  /** The grid of the hole's pixels. */
  static Grid of(HoleGrid hole) {
    BitSet plain = new BitSet(hole.hole.size());
    for (int y = 1; y < hole.height - 1; y++) {
      int row = y;
      erodeRow(
          hole.hole,
          hole.width,
          y,
          (from, to) -> plain.set(row * hole.width + from, row * hole.width + to));
    }
    return new Grid(
        hole.width,
        hole.height,
        hole.hole,
        plain,
        hole.endsAtRightBorder(),
        hole.endsAtBottomBorder());
  }

  Grid coarser() {
    int w = openRight && width % 2 == 0 ? width / 2 + 1 : (width + 1) / 2;
    int h = openBottom && height % 2 == 0 ? height / 2 + 1 : (height + 1) / 2;
    BitSet coarse = new BitSet(w * h);
    BitSet coarsePlain = new BitSet(w * h);
    for (int y = 0; y < h; y++) {
      int row = Math.min(2 * y, height - 1) * width;
      int coarseRow = y * w;
      int end = row + width;
      for (int from = unknowns.nextSetBit(row); from >= 0 && from < end; ) {
        int to = Math.min(end, unknowns.nextClearBit(from));
        coarse.set(coarseRow + (from - row + 1) / 2, coarseRow + (to - row + 1) / 2);
        from = unknowns.nextSetBit(to);
      }
      if (2 * (w - 1) >= width && unknowns.get(end - 1)) {
        coarse.set(coarseRow + w - 1);
      }
      if (y > 0 && 2 * y < height - 1) {
        erodeRow(
            plain,
            width,
            2 * y,
            (from, to) -> coarsePlain.set(coarseRow + (from + 1) / 2, coarseRow + (to + 1) / 2));
      }
    }
    return new Grid(w, h, coarse, coarsePlain, openRight, openBottom);
  }

  int count() {
    return unknowns.cardinality();
  }

  /** A stretch of columns. */
  @FunctionalInterface
  private interface Stretch {
    void take(int from, int to);
  }

  /** Finds the stretches of an inner row whose bits are set together with all eight bits around. */
  private static void erodeRow(BitSet bits, int width, int y, Stretch stretch) {
    int row = y * width;
    int end = row + width;
    for (int at = row; at < end; ) {
      int start = at;
      for (int dy = -width; dy <= width; dy += width) {
        int set = bits.nextSetBit(at + dy);
        if (set < 0) {
          return;
        }
        start = Math.max(start, set - dy);
      }
      if (start > at) {
        at = start;
        continue;
      }
      int stop = end;
      for (int dy = -width; dy <= width; dy += width) {
        stop = Math.min(stop, bits.nextClearBit(at + dy) - dy);
      }
      if (stop - at > 2) {
        stretch.take(at + 1 - row, stop - 1 - row);
      }
      at = stop;
    }
  }
}
