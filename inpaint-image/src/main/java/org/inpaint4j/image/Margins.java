package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.WritableRaster;
import java.util.BitSet;

/**
 * By how much a picture is extended beyond its borders.
 *
 * <p>What is added is a hole like any other: to be filled by patches of the picture where it is
 * wide. Not for more than about half of the picture's width: the farther from the picture, the less
 * there is to go by.
 *
 * @param left columns before the first one, at least 0
 * @param top rows above the first one, at least 0
 * @param right columns after the last one, at least 0
 * @param bottom rows below the last one, at least 0
 */
public record Margins(int left, int top, int right, int bottom) {

  /**
   * Checks the ranges.
   *
   * @param left columns before the first one
   * @param top rows above the first one
   * @param right columns after the last one
   * @param bottom rows below the last one
   */
  public Margins {
    checkArgument(
        left >= 0 && top >= 0 && right >= 0 && bottom >= 0,
        "margins must not be negative: found %s, %s, %s, %s",
        left,
        top,
        right,
        bottom);
  }

  /**
   * The size of what was of a size.
   *
   * @param size of the picture
   * @return with the margins
   * @throws IllegalArgumentException if that has more pixels than a picture can have
   */
  public Size extended(Size size) {
    long width = (long) size.width() + left + right;
    long height = (long) size.height() + top + bottom;
    checkArgument(
        width <= Integer.MAX_VALUE && width * height <= Integer.MAX_VALUE,
        "an extended picture must have at most %s pixels: found %sx%s",
        Integer.MAX_VALUE,
        width,
        height);
    return new Size((int) width, (int) height);
  }

  /**
   * Where a picture lies in its larger one.
   *
   * @param size of the picture
   * @return the rectangle that is as it was
   */
  public Bounds of(Size size) {
    return new Bounds(left, top, size.width(), size.height());
  }

  /**
   * A larger picture.
   *
   * @param image any picture. Not modified.
   * @return a new picture of the same type and samples if these can be written one by one, else
   *     8-bit RGB or ARGB; the margins are black, and transparent if there is an alpha channel
   * @throws IllegalArgumentException if it would be too large
   */
  public BufferedImage extended(BufferedImage image) {
    Size size = extended(Size.of(image));
    ColorModel colors = image.getColorModel();
    if (Photo.of(image).isPlain()) {
      WritableRaster raster =
          image.getRaster().createCompatibleWritableRaster(size.width(), size.height());
      BufferedImage larger = new BufferedImage(colors, raster, colors.isAlphaPremultiplied(), null);
      raster.setRect(left, top, image.getRaster());
      return larger;
    }
    BufferedImage larger =
        new BufferedImage(
            size.width(),
            size.height(),
            colors.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      larger.setRGB(left, top + y, row.length, 1, row, 0, row.length);
    }
    return larger;
  }

  /**
   * The hole of a larger picture: the margins, and nothing of the picture itself.
   *
   * @param size of the picture without margins
   * @return a mask of the larger size
   * @throws IllegalArgumentException if it would be too large
   */
  public Mask hole(Size size) {
    return hole(Mask.of(size, new BitSet()));
  }

  /**
   * The hole of a larger picture: the margins, and what had been missing before.
   *
   * @param mask of the picture without margins
   * @return a mask of the larger size
   * @throws IllegalArgumentException if it would be too large
   */
  public Mask hole(Mask mask) {
    Size size = extended(mask.size());
    return Mask.of(
        size.width(),
        size.height(),
        (x, y) ->
            x < left
                || y < top
                || x >= left + mask.width()
                || y >= top + mask.height()
                || mask.isHole(x - left, y - top));
  }
}
