package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Locale;

/**
 * The part of a photo that a model is shown: an upright square, turned about its centre. Pixel (i,
 * j) of the photo covers the columns i to i + 1 and the rows j to j + 1.
 *
 * @param x the left edge before the turn
 * @param y the upper edge before the turn
 * @param size the length of a side in pixels of the photo, more than 0
 * @param angle the turn in degrees, clockwise as the photo is looked at, from -180 to 180
 */
public record Square(double x, double y, double size, double angle) {

  /**
   * Checks the values, and brings the angle to its range.
   *
   * @param x the left edge before the turn
   * @param y the upper edge before the turn
   * @param size the length of a side
   * @param angle the turn in degrees
   */
  public Square {
    checkArgument(
        Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(angle),
        "the place and the angle of a square must be finite: found %s, %s, %s",
        x,
        y,
        angle);
    checkArgument(
        size > 0 && Double.isFinite(size),
        "the size of a square must be positive: found %s",
        number(size));
    angle = Math.IEEEremainder(angle, 360) + 0.0;
  }

  /**
   * An upright square of whole pixels.
   *
   * @param x the leftmost column
   * @param y the uppermost row
   * @param size the length of a side, at least 1
   */
  public Square(int x, int y, int size) {
    this(x, y, size, 0);
  }

  /**
   * A square around a point.
   *
   * @param x the column of the centre, 0 at the left edge of the photo
   * @param y the row of the centre, 0 at the upper edge of the photo
   * @param size the length of a side
   * @param angle the turn in degrees, clockwise
   * @return the square
   */
  public static Square around(double x, double y, double size, double angle) {
    return new Square(x - size / 2, y - size / 2, size, angle);
  }

  /**
   * The column of the centre.
   *
   * @return 0 at the left edge of the photo
   */
  public double centreX() {
    return x + size / 2;
  }

  /**
   * The row of the centre.
   *
   * @return 0 at the upper edge of the photo
   */
  public double centreY() {
    return y + size / 2;
  }

  /**
   * Whether this is upright and its edges are those of pixels.
   *
   * @return true if {@link #bounds} has just the pixels of this square
   */
  public boolean isWhole() {
    return angle == 0
        && x == Math.rint(x)
        && y == Math.rint(y)
        && size == Math.rint(size)
        && Math.abs(x) + Math.abs(y) + size < Integer.MAX_VALUE;
  }

  /**
   * The smallest rectangle of pixels that holds this square.
   *
   * @return the rectangle, which may reach beyond a photo
   */
  public Bounds bounds() {
    if (isWhole()) {
      return new Bounds((int) x, (int) y, (int) size, (int) size);
    }
    double reach = size / 2 * (Math.abs(cosine()) + Math.abs(sine()));
    int left = (int) Math.floor(centreX() - reach);
    int top = (int) Math.floor(centreY() - reach);
    return new Bounds(
        left,
        top,
        (int) Math.ceil(centreX() + reach) - left,
        (int) Math.ceil(centreY() + reach) - top);
  }

  /**
   * Whether the centre of a pixel lies inside.
   *
   * @param column the column of the pixel
   * @param row the row of the pixel
   * @return true if the model is shown the pixel, for the most part
   */
  public boolean contains(int column, int row) {
    return axes().contains(column, row);
  }

  /**
   * Whether the centres of all pixels of a rectangle lie inside.
   *
   * @param pixels the rectangle
   * @return true if the model is shown all of it
   */
  public boolean contains(Bounds pixels) {
    int right = pixels.x() + pixels.width() - 1;
    int bottom = pixels.y() + pixels.height() - 1;
    return contains(pixels.x(), pixels.y())
        && contains(right, pixels.y())
        && contains(pixels.x(), bottom)
        && contains(right, bottom);
  }

  /**
   * How far a point of the photo lies along the square's upper side.
   *
   * @param column 0 at the photo's left edge
   * @param row 0 at the photo's upper edge
   * @return 0 at the left side, 1 at the right side
   */
  public double across(double column, double row) {
    return axes().across(column, row);
  }

  /**
   * How far a point of the photo lies along the square's left side.
   *
   * @param column 0 at the photo's left edge
   * @param row 0 at the photo's upper edge
   * @return 0 at the upper side, 1 at the lower side
   */
  public double down(double column, double row) {
    return axes().down(column, row);
  }

  /**
   * The column of a point of the square.
   *
   * @param across 0 at the left side, 1 at the right side
   * @param down 0 at the upper side, 1 at the lower side
   * @return 0 at the photo's left edge
   */
  public double column(double across, double down) {
    return axes().column(across, down);
  }

  /**
   * The row of a point of the square.
   *
   * @param across 0 at the left side, 1 at the right side
   * @param down 0 at the upper side, 1 at the lower side
   * @return 0 at the photo's upper edge
   */
  public double row(double across, double down) {
    return axes().row(across, down);
  }

  /**
   * The sides of this square, for loops over pixels.
   *
   * @return the sides
   */
  @Internal
  public SquareAxes axes() {
    return new SquareAxes(this);
  }

  /**
   * The cosine of the angle.
   *
   * @return exactly 1, 0 or -1 at quarter turns
   */
  public double cosine() {
    return angle % 90 == 0
        ? Math.rint(Math.cos(Math.toRadians(angle)))
        : Math.cos(Math.toRadians(angle));
  }

  /**
   * The sine of the angle.
   *
   * @return exactly 1, 0 or -1 at quarter turns
   */
  public double sine() {
    return angle % 90 == 0
        ? Math.rint(Math.sin(Math.toRadians(angle)))
        : Math.sin(Math.toRadians(angle));
  }

  @Override
  public String toString() {
    String side = number(size);
    String turned = angle == 0 ? "" : ", turned by " + number(angle) + " degrees";
    return side + "x" + side + " at (" + number(x) + ", " + number(y) + ")" + turned;
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
