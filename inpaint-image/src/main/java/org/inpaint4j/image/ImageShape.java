package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The shape of the images that a network makes or judges.
 *
 * @param channels 1 for gray, 3 for colour (red, green, blue)
 * @param pixels columns and rows
 */
public record ImageShape(int channels, Size pixels) {

  /**
   * Checks the ranges.
   *
   * @param channels 1 for gray
   * @param pixels columns and rows
   */
  public ImageShape {
    checkArgument(channels == 1 || channels == 3, "channels must be 1 or 3: found %s", channels);
  }

  /**
   * Square images.
   *
   * @param channels 1 for gray, 3 for colour
   * @param side columns, and as many rows
   * @return the shape
   */
  public static ImageShape square(int channels, int side) {
    return new ImageShape(channels, new Size(side, side));
  }

  /**
   * The number of rows.
   *
   * @return at least 1
   */
  public int height() {
    return pixels.height();
  }

  /**
   * The number of columns.
   *
   * @return at least 1
   */
  public int width() {
    return pixels.width();
  }

  /**
   * The number of samples in one image.
   *
   * @return channels * height * width
   */
  public int size() {
    return channels * pixels.pixels();
  }

  @Override
  public String toString() {
    return channels + "x" + height() + "x" + width();
  }
}
