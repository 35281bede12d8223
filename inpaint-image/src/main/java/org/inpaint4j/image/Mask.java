package org.inpaint4j.image;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which pixels of an image are missing.
 *
 * <p>Immutable. A pixel is either in the <em>hole</em> (to be filled) or <em>known</em>; nothing in
 * between.
 */
public final class Mask {

  private final int width;
  private final int height;

  /** Bit {@code y * width + x} is set where the pixel is in the hole. */
  private final BitSet hole;

  private Mask(int width, int height, BitSet hole) {
    checkArgument(
        width > 0 && height > 0,
        "a mask must have at least one row and column: found %sx%s",
        width,
        height);
    this.width = width;
    this.height = height;
    this.hole = hole;
  }

  /** Tells for each pixel whether it is in the hole. */
  @FunctionalInterface
  public interface Test {

    /**
     * Tells for one pixel.
     *
     * @param x the column
     * @param y the row
     * @return whether the pixel is in the hole
     */
    boolean isHole(int x, int y);
  }

  /**
   * A mask from a test of every pixel.
   *
   * @param width columns, at least 1
   * @param height rows, at least 1
   * @param test called once for each pixel
   * @return the mask
   */
  public static Mask of(int width, int height, Test test) {
    checkArgument(
        width > 0 && height > 0,
        "a mask must have at least one row and column: found %sx%s",
        width,
        height);
    BitSet hole = new BitSet(Math.multiplyExact(width, height));
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (test.isHole(x, y)) {
          hole.set(i);
        }
      }
    }
    return new Mask(width, height, hole);
  }

  /**
   * A mask from bits.
   *
   * @param size columns and rows
   * @param hole bit {@code y * width + x} is set in the hole. Not modified, and copied.
   * @return the mask
   * @throws IllegalArgumentException if a bit is set that no pixel has
   */
  public static Mask of(Size size, BitSet hole) {
    checkArgument(
        hole.length() <= size.pixels(),
        "the bits of a mask must be of its %s pixels: found one of pixel %s",
        size.pixels(),
        hole.length() - 1);
    return new Mask(size.width(), size.height(), (BitSet) hole.clone());
  }

  /**
   * A mask whose hole is a rectangle.
   *
   * @param width columns of the image
   * @param height rows of the image
   * @param holeX the leftmost column of the hole
   * @param holeY the uppermost row of the hole
   * @param holeWidth columns of the hole
   * @param holeHeight rows of the hole
   * @return the mask
   * @throws IllegalArgumentException if the rectangle does not lie inside the image
   */
  public static Mask rectangle(
      int width, int height, int holeX, int holeY, int holeWidth, int holeHeight) {
    checkArgument(
        holeX >= 0
            && holeY >= 0
            && holeWidth >= 0
            && holeHeight >= 0
            && holeX <= width - holeWidth
            && holeY <= height - holeHeight,
        "the hole must lie inside the %sx%s image: found %sx%s at (%s, %s)",
        width,
        height,
        holeWidth,
        holeHeight,
        holeX,
        holeY);
    return of(
        width,
        height,
        (x, y) -> x >= holeX && x < holeX + holeWidth && y >= holeY && y < holeY + holeHeight);
  }

  /**
   * White is hole, black is known: the convention of most editors and of OpenCV. What is at least
   * half white counts as hole, by the luma (ITU-R BT.601) of the samples themselves: a gray of 128
   * of 255 is a hole, whatever its colour profile. Transparent pixels count by their colour.
   *
   * @param image the mask as a picture. Not modified.
   * @return the mask
   */
  public static Mask whiteIsHole(BufferedImage image) {
    return byLuma(image, true);
  }

  /**
   * Black is hole, white is known: the convention of the literature's M. What is less than half
   * white counts as hole, as in {@link #whiteIsHole}.
   *
   * @param image the mask as a picture. Not modified.
   * @return the mask
   */
  public static Mask blackIsHole(BufferedImage image) {
    return byLuma(image, false);
  }

  /**
   * Transparent is hole: what has been erased from a picture. An opacity below one half counts as
   * transparent.
   *
   * @param image a picture with an alpha channel. Not modified.
   * @return the mask
   * @throws IllegalArgumentException if the picture has no alpha channel
   */
  public static Mask transparentIsHole(BufferedImage image) {
    Photo picture = Photo.of(image);
    checkArgument(
        picture.hasAlpha(),
        "a mask from transparency must have an alpha channel: found an image without one");
    Size size = Size.of(image);
    BitSet hole = new BitSet(size.pixels());
    float[] opacity = new float[size.width()];
    for (int y = 0, i = 0; y < size.height(); y++) {
      picture.readOpacity(0, y, opacity);
      for (int x = 0; x < opacity.length; x++, i++) {
        if (opacity[x] < 0.5f) {
          hole.set(i);
        }
      }
    }
    return new Mask(size.width(), size.height(), hole);
  }

  private static Mask byLuma(BufferedImage image, boolean lightIsHole) {
    Photo picture = Photo.of(image);
    Size size = Size.of(image);
    BitSet hole = new BitSet(size.pixels());
    int channels = picture.channels();
    float[] row = new float[channels * size.width()];
    for (int y = 0, i = 0; y < size.height(); y++) {
      Bounds line = new Bounds(0, y, size.width(), 1);
      for (int c = 0; c < channels; c++) {
        picture.read(line, c, row, c * size.width());
      }
      for (int x = 0; x < size.width(); x++, i++) {
        double luma =
            channels == 1
                ? row[x]
                : 0.299 * row[x]
                    + 0.587 * row[size.width() + x]
                    + 0.114 * row[2 * size.width() + x];
        // Half of white, with room for the rounding of three floats.
        if (luma >= 0.5 - 1e-6 == lightIsHole) {
          hole.set(i);
        }
      }
    }
    return new Mask(size.width(), size.height(), hole);
  }

  /**
   * The number of columns.
   *
   * @return at least 1
   */
  public int width() {
    return width;
  }

  /**
   * The number of rows.
   *
   * @return at least 1
   */
  public int height() {
    return height;
  }

  /**
   * Columns and rows.
   *
   * @return the size
   */
  public Size size() {
    return new Size(width, height);
  }

  /**
   * The smallest rectangle that holds the hole.
   *
   * @return the rectangle, or nothing if the hole is empty
   */
  public Optional<Bounds> holeBounds() {
    return hole.isEmpty() ? Optional.empty() : Optional.of(Bounds.of(hole, width));
  }

  /**
   * The mask of a part of the image.
   *
   * @param part a rectangle inside the image
   * @return a mask as large as the part
   * @throws IllegalArgumentException if the part reaches beyond the image
   */
  public Mask crop(Bounds part) {
    part.checkInside(size());
    BitSet bits = new BitSet(part.size().pixels());
    for (int y = 0; y < part.height(); y++) {
      int row = (part.y() + y) * width + part.x();
      // Of the row alone: the next pixel of the hole may be millions of known ones away.
      BitSet inRow = hole.get(row, row + part.width());
      for (int x = inRow.nextSetBit(0); x >= 0; x = inRow.nextSetBit(x + 1)) {
        bits.set(y * part.width() + x);
      }
    }
    return new Mask(part.width(), part.height(), bits);
  }

  /**
   * The mask of a larger image that has this hole and no other: {@link #crop} the other way round.
   *
   * @param at where this mask lies, of its size
   * @param whole the size of the larger image
   * @return a mask of that size
   * @throws IllegalArgumentException if the sizes differ, or the rectangle reaches beyond the image
   */
  public Mask placed(Bounds at, Size whole) {
    checkArgument(
        at.size().equals(size()),
        "a mask must be placed where it fits: expected %s, found %s",
        size(),
        at.size());
    at.checkInside(whole);
    BitSet bits = new BitSet();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      int y = Math.floorDiv(i, width);
      bits.set((at.y() + y) * whole.width() + at.x() + i - y * width);
    }
    return new Mask(whole.width(), whole.height(), bits);
  }

  /**
   * Whether a pixel is in the hole.
   *
   * @param x the column
   * @param y the row
   * @return true in the hole, false where the pixel is known
   * @throws IndexOutOfBoundsException if the pixel is not in the image
   */
  public boolean isHole(int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      throw new IndexOutOfBoundsException(
          "pixel (" + x + ", " + y + ") must lie in the " + width + "x" + height + " mask");
    }
    return hole.get(y * width + x);
  }

  /**
   * The number of pixels in the hole.
   *
   * @return from 0 to width * height
   */
  public int holeCount() {
    return hole.cardinality();
  }

  /**
   * The share of the image that is hole.
   *
   * @return from 0 to 1
   */
  public double holeFraction() {
    return (double) holeCount() / ((double) width * height);
  }

  /**
   * The hole as bits, row by row.
   *
   * @return a copy: bit {@code y * width + x} is set in the hole
   */
  public BitSet holeBits() {
    return (BitSet) hole.clone();
  }

  /**
   * The importance weights W: {@code W_i = Σ_{j∈N(i)} (1 - M_j) / |N(i)|} for a known pixel i, 0 in
   * the hole (Yeh et al. 2017, equation 3).
   *
   * <p>N(i) is the window around i. The image is mirrored at its borders, the border pixel itself
   * repeated. The middle of an even window is its lower right middle pixel, so that a window of 28
   * reaches 14 pixels up and left and 13 down and right, as in SciPy's {@code convolve2d} with
   * {@code mode="same"}.
   *
   * @param window the side of the neighbourhood, at least 2
   * @return one weight for each pixel, row by row, from 0 to 1; 0 also where no hole is near
   */
  public float[] importanceWeights(int window) {
    return ImportanceWeights.of(this, window);
  }

  /**
   * The paper's window of importance weights for images of any size: 7 at a width of 64, 28 at 256,
   * in proportion for others.
   *
   * @param width columns of the images
   * @return the side of the window, at least 2
   */
  public static int importanceWindow(int width) {
    return Math.max(2, Math.round(7f * width / 64));
  }

  /**
   * The mask as a picture.
   *
   * @return a new gray image, white in the hole and black elsewhere
   */
  public BufferedImage toImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = hole.get(y * width + x) ? 255 : 0;
      }
      image.getRaster().setSamples(0, y, width, 1, 0, row);
    }
    return image;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that
        && width == that.width
        && height == that.height
        && hole.equals(that.hole);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new int[] {width, height, hole.hashCode()});
  }

  @Override
  public String toString() {
    return width + "x" + height + " mask with a hole of " + holeCount() + " pixels";
  }
}
