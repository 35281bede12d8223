package org.inpaint4j;

import java.util.BitSet;

/**
 * A rectangle of pixels.
 *
 * @param x the leftmost column
 * @param y the uppermost row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
record Bounds(int x, int y, int width, int height) {

  /** The smallest rectangle that holds the hole, which must not be empty. */
  static Bounds ofHole(Mask mask) {
    BitSet hole = mask.holeBits();
    int left = mask.width();
    int right = -1;
    int top = hole.nextSetBit(0) / mask.width();
    int bottom = (hole.length() - 1) / mask.width();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      left = Math.min(left, i % mask.width());
      right = Math.max(right, i % mask.width());
    }
    return new Bounds(left, top, right + 1 - left, bottom + 1 - top);
  }

  /** This rectangle and the pixels up to a distance around it, as far as they lie in an image. */
  Bounds grown(int by, int imageWidth, int imageHeight) {
    int left = Math.max(0, x - by);
    int top = Math.max(0, y - by);
    return new Bounds(
        left,
        top,
        Math.min(imageWidth, x + width + by) - left,
        Math.min(imageHeight, y + height + by) - top);
  }
}
