package org.inpaint4j.image;

/**
 * The sides of a {@link Square}, for loops over pixels: sine and cosine are taken once. Its methods
 * are those of the square.
 */
@Internal
public final class SquareAxes {

  private final double centreX;
  private final double centreY;
  private final double size;
  private final double cosine;
  private final double sine;

  SquareAxes(Square square) {
    this.centreX = square.centreX();
    this.centreY = square.centreY();
    this.size = square.size();
    this.cosine = square.cosine();
    this.sine = square.sine();
  }

  /**
   * How far a point of the photo lies along the square's upper side.
   *
   * @param column 0 at the photo's left edge
   * @param row 0 at the photo's upper edge
   * @return {@link Square#across}
   */
  public double across(double column, double row) {
    return ((column - centreX) * cosine + (row - centreY) * sine) / size + 0.5;
  }

  /**
   * How far a point of the photo lies along the square's left side.
   *
   * @param column 0 at the photo's left edge
   * @param row 0 at the photo's upper edge
   * @return {@link Square#down}
   */
  public double down(double column, double row) {
    return ((row - centreY) * cosine - (column - centreX) * sine) / size + 0.5;
  }

  /**
   * The column of a point of the square.
   *
   * @param across 0 at the left side, 1 at the right side
   * @param down 0 at the upper side, 1 at the lower side
   * @return {@link Square#column}
   */
  public double column(double across, double down) {
    return centreX + size * ((across - 0.5) * cosine - (down - 0.5) * sine);
  }

  /**
   * The row of a point of the square.
   *
   * @param across 0 at the left side, 1 at the right side
   * @param down 0 at the upper side, 1 at the lower side
   * @return {@link Square#row}
   */
  public double row(double across, double down) {
    return centreY + size * ((across - 0.5) * sine + (down - 0.5) * cosine);
  }

  /**
   * Whether the centre of a pixel lies inside.
   *
   * @param column the column of the pixel
   * @param row the row of the pixel
   * @return {@link Square#contains(int, int)}
   */
  public boolean contains(int column, int row) {
    double across = across(column + 0.5, row + 0.5);
    double down = down(column + 0.5, row + 0.5);
    return across >= 0 && across < 1 && down >= 0 && down < 1;
  }
}
