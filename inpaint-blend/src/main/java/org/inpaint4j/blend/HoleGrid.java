package org.inpaint4j.blend;

import java.util.BitSet;
import org.inpaint4j.image.Mask;

/**
 * The hole, cut out of its image: the smallest rectangle that holds all missing pixels, and which
 * pixels of it are missing.
 *
 * <p>Coordinates (x, y) are those of the rectangle. What lies beyond it is known, or is no part of
 * the image at all.
 */
final class HoleGrid {

  final int imageWidth;
  final int imageHeight;
  final int left;
  final int top;
  final int width;
  final int height;

  /** Bit {@code y * width + x} is set where a pixel is missing. Not modified after construction. */
  final BitSet hole;

  private HoleGrid(int imageWidth, int imageHeight, BitSet imageHole) {
    this.imageWidth = imageWidth;
    this.imageHeight = imageHeight;
    int first = imageHole.nextSetBit(0);
    top = first / imageWidth;
    height = (imageHole.length() - 1) / imageWidth - top + 1;
    int least = imageWidth;
    int most = -1;
    for (int y = top; y < top + height; y++) {
      int row = y * imageWidth;
      int from = imageHole.nextSetBit(row);
      if (from >= 0 && from < row + imageWidth) {
        least = Math.min(least, from - row);
        most = Math.max(most, imageHole.previousSetBit(row + imageWidth - 1) - row);
      }
    }
    left = least;
    width = most - least + 1;
    hole = width == imageWidth && height == imageHeight ? imageHole : cut(imageHole);
  }

  /**
   * Cuts the hole out.
   *
   * @param imageWidth columns of the image
   * @param imageHeight rows of the image
   * @param imageHole bit {@code y * imageWidth + x} is set where a pixel is missing; at least one
   *     is. May be kept, so it must not be modified afterwards.
   */
  static HoleGrid of(int imageWidth, int imageHeight, BitSet imageHole) {
    return new HoleGrid(imageWidth, imageHeight, imageHole);
  }

  static HoleGrid of(Mask mask) {
    return of(mask.width(), mask.height(), mask.holeBits());
  }

  private BitSet cut(BitSet imageHole) {
    BitSet result = new BitSet(width * height);
    for (int y = 0; y < height; y++) {
      int row = (top + y) * imageWidth + left;
      int end = row + width;
      for (int from = imageHole.nextSetBit(row); from >= 0 && from < end; ) {
        int to = Math.min(end, imageHole.nextClearBit(from));
        result.set(y * width + from - row, y * width + to - row);
        from = imageHole.nextSetBit(to);
      }
    }
    return result;
  }

  boolean isHole(int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && hole.get(y * width + x);
  }

  /** The number of neighbours a pixel has in the image: the diagonal of the system. */
  int degree(int x, int y) {
    int degree = 4;
    if (left + x == 0) {
      degree--;
    }
    if (left + x == imageWidth - 1) {
      degree--;
    }
    if (top + y == 0) {
      degree--;
    }
    if (top + y == imageHeight - 1) {
      degree--;
    }
    return degree;
  }

  /** Whether a row is at least two pixels away from the image's border. */
  boolean isInnerRow(int y) {
    return top + y >= 2 && top + y < imageHeight - 2;
  }

  /** Whether the last column is the image's last, so that nothing is known beyond it. */
  boolean endsAtRightBorder() {
    return left + width == imageWidth;
  }

  /** Whether the last row is the image's last, so that nothing is known beyond it. */
  boolean endsAtBottomBorder() {
    return top + height == imageHeight;
  }

  /** The index of a pixel in a plane of the image. */
  int imageIndex(int x, int y) {
    return (top + y) * imageWidth + left + x;
  }
}
