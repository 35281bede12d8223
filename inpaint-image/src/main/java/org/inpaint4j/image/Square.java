package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The part of a photo that a model is shown, in pixels of the photo.
 *
 * @param x the leftmost column
 * @param y the uppermost row
 * @param size the length of a side, at least 1
 */
public record Square(int x, int y, int size) {

  /**
   * Checks the size.
   *
   * @param x the leftmost column
   * @param y the uppermost row
   * @param size the length of a side
   */
  public Square {
    checkArgument(size > 0, "the size of a square must be positive: found %s", size);
  }

  /**
   * The square as a rectangle.
   *
   * @return its pixels
   */
  public Bounds bounds() {
    return new Bounds(x, y, size, size);
  }

  @Override
  public String toString() {
    return size + "x" + size + " at (" + x + ", " + y + ")";
  }
}
