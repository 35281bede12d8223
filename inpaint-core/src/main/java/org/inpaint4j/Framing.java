package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

/** Chooses the square of an image that is shown to the model. */
@FunctionalInterface
public interface Framing {

  /**
   * Chooses the square.
   *
   * @param width columns of the image
   * @param height rows of the image
   * @param mask its mask
   * @return the square, inside the image
   */
  Region region(int width, int height, Mask mask);

  /**
   * The largest square in the middle of the image.
   *
   * @return the framing
   */
  static Framing centeredSquare() {
    return (width, height, mask) -> {
      int size = Math.min(width, height);
      return new Region((width - size) / 2, (height - size) / 2, size);
    };
  }

  /**
   * A given square: for a model of faces, the one that shows the face as the model was trained.
   *
   * @param x the leftmost column
   * @param y the uppermost row
   * @param size the length of a side
   * @return the framing; it throws {@link IllegalArgumentException} for an image that the square
   *     does not lie inside
   */
  static Framing region(int x, int y, int size) {
    Region region = new Region(x, y, size);
    return (width, height, mask) -> {
      checkArgument(
          x >= 0 && y >= 0 && x <= width - size && y <= height - size,
          "the region must lie inside the image: expected a square of %sx%s, found %s",
          width,
          height,
          region);
      return region;
    };
  }
}
