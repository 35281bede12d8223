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
    return of(mask.holeBits(), mask.width());
  }

  /** The smallest rectangle that holds pixels, at least one, of an image of a width. */
  static Bounds of(BitSet pixels, int imageWidth) {
    int left = imageWidth;
    int right = -1;
    int top = pixels.nextSetBit(0) / imageWidth;
    int bottom = (pixels.length() - 1) / imageWidth;
    for (int i = pixels.nextSetBit(0); i >= 0; i = pixels.nextSetBit(i + 1)) {
      left = Math.min(left, i % imageWidth);
      right = Math.max(right, i % imageWidth);
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
