package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A square of an image, in pixels.
 *
 * @param x the leftmost column
 * @param y the uppermost row
 * @param size the length of a side, at least 1
 */
public record Region(int x, int y, int size) {

  /**
   * Checks the size.
   *
   * @param x the leftmost column
   * @param y the uppermost row
   * @param size the length of a side
   */
  public Region {
    checkArgument(size > 0, "the size of a region must be positive: found %s", size);
  }

  /**
   * Whether a pixel lies inside.
   *
   * @param px the column
   * @param py the row
   * @return true if it does
   */
  public boolean contains(int px, int py) {
    return px >= x && py >= y && px < x + size && py < y + size;
  }

  boolean contains(Bounds bounds) {
    return contains(bounds.x(), bounds.y())
        && contains(bounds.x() + bounds.width() - 1, bounds.y() + bounds.height() - 1);
  }

  @Override
  public String toString() {
    return size + "x" + size + " at (" + x + ", " + y + ")";
  }
}
