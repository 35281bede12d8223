package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.BitSet;

/**
 * A rectangle of pixels.
 *
 * @param x the leftmost column
 * @param y the uppermost row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Bounds(int x, int y, int width, int height) {

  /**
   * Checks the ranges.
   *
   * @param x the leftmost column
   * @param y the uppermost row
   * @param width columns
   * @param height rows
   */
  public Bounds {
    checkArgument(
        width > 0 && height > 0,
        "a rectangle must have at least one row and column: found %sx%s",
        width,
        height);
  }

  /**
   * All of a picture.
   *
   * @param size its size
   * @return the rectangle from (0, 0) on
   */
  public static Bounds of(Size size) {
    return new Bounds(0, 0, size.width(), size.height());
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

  /**
   * The size alone.
   *
   * @return width and height
   */
  public Size size() {
    return new Size(width, height);
  }

  /**
   * Whether all of another rectangle lies inside this one.
   *
   * @param other the other
   * @return true if no pixel of it lies outside
   */
  public boolean contains(Bounds other) {
    return other.x >= x
        && other.y >= y
        && other.x + other.width <= x + width
        && other.y + other.height <= y + height;
  }

  /** Refuses a part of an image that reaches beyond it. */
  void checkInside(Size image) {
    checkArgument(
        of(image).contains(this),
        "the part must lie inside the image: expected one inside %s, found %s",
        image,
        this);
  }

  /**
   * The smallest rectangle that holds two.
   *
   * @param other the other
   * @return the rectangle around both
   */
  public Bounds union(Bounds other) {
    int left = Math.min(x, other.x);
    int top = Math.min(y, other.y);
    return new Bounds(
        left,
        top,
        Math.max(x + width, other.x + other.width) - left,
        Math.max(y + height, other.y + other.height) - top);
  }

  /**
   * This rectangle and the pixels up to a distance around it, as far as they lie in a picture.
   *
   * @param by the distance along rows and columns, at least 0
   * @param picture the size of the picture
   * @return the larger rectangle
   */
  public Bounds grown(int by, Size picture) {
    int left = Math.max(0, x - by);
    int top = Math.max(0, y - by);
    return new Bounds(
        left,
        top,
        (int) Math.min(picture.width(), (long) x + width + by) - left,
        (int) Math.min(picture.height(), (long) y + height + by) - top);
  }

  @Override
  public String toString() {
    return width + "x" + height + " at (" + x + ", " + y + ")";
  }
}
