package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;

/** Chooses the square of an image that is shown to the model, or several. */
@FunctionalInterface
public interface Framing {

  /**
   * Chooses the square.
   *
   * @param width columns of the image
   * @param height rows of the image
   * @param mask its mask
   * @param model the shape of the model's images
   * @return the square, inside the image
   */
  Square region(int width, int height, Mask mask, ImageShape model);

  /**
   * Chooses the squares of an image whose holes are too far apart for one. Each square has a search
   * of its own, and each hole is filled from the first square that shows all of it.
   *
   * @param width columns of the image
   * @param height rows of the image
   * @param mask its mask
   * @param model the shape of the model's images
   * @return the squares, inside the image, at least one; {@link #region} alone unless a framing
   *     says otherwise
   */
  default List<Square> regions(int width, int height, Mask mask, ImageShape model) {
    return List.of(region(width, height, mask, model));
  }

  /**
   * The largest square in the middle of the image.
   *
   * @return the framing
   */
  static Framing centeredSquare() {
    return (width, height, mask, model) -> {
      int size = Math.min(width, height);
      return new Square((width - size) / 2, (height - size) / 2, size);
    };
  }

  /**
   * The smallest square around the hole with some context: for models of textures, and of whatever
   * else looks alike wherever it is cut out. The hole lies in its middle, or as near to it as the
   * border of the image allows.
   *
   * <p>The side is that of the hole's bounding box (the longer one) and the context on both sides
   * of it; at least the model's own size, so that no pixel is shown larger than it is; at most the
   * shorter side of the image. A hole that is longer than that does not fit into any square of the
   * image and is refused by the inpainter.
   *
   * <p>Several holes share a square as long as each is nearer than the model's size to another;
   * holes that are farther apart than twice that have squares of their own, the largest first.
   *
   * <p>Not for models of aligned things: a model of faces knows eyes in one place only, and needs
   * {@link #region} of the face, wherever the hole is.
   *
   * @param context the context on each side as a share of the hole's side, more than 0; 0.5 makes
   *     the square twice as wide as the hole
   * @return the framing; an image without a hole gets the largest centred square
   */
  static Framing aroundHole(double context) {
    return new AroundHole(context);
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
    Square region = new Square(x, y, size);
    return (width, height, mask, model) -> {
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
