package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.image.BufferedImage;

/**
 * The size of a picture or a mask, in pixels.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Size(int width, int height) {

  /**
   * Checks the ranges.
   *
   * @param width columns
   * @param height rows
   */
  public Size {
    checkArgument(
        width > 0 && height > 0,
        "a size must have at least one row and column: found %sx%s",
        width,
        height);
  }

  /**
   * The size of a picture.
   *
   * @param image the picture
   * @return its columns and rows
   */
  public static Size of(BufferedImage image) {
    return new Size(image.getWidth(), image.getHeight());
  }

  /**
   * The number of pixels.
   *
   * @return width * height
   * @throws ArithmeticException if it is more than an {@code int} holds
   */
  public int pixels() {
    return Math.multiplyExact(width, height);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
