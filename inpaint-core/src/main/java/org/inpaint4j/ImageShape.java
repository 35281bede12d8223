package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The size of the images that a network makes or judges.
 *
 * @param channels 1 for gray, 3 for colour (red, green, blue)
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageShape(int channels, int height, int width) {

  /**
   * Checks the ranges.
   *
   * @param channels 1 for gray
   * @param height rows
   * @param width columns
   */
  public ImageShape {
    checkArgument(channels == 1 || channels == 3, "channels must be 1 or 3: found %s", channels);
    checkArgument(height > 0, "height must be positive: found %s", height);
    checkArgument(width > 0, "width must be positive: found %s", width);
  }

  /**
   * The number of samples in one image.
   *
   * @return channels * height * width
   */
  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
