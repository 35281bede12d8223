package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;

/**
 * Chooses the squares of a photo that a model is shown. Each part of the hole is filled from the
 * first square that holds all of it.
 */
@FunctionalInterface
public interface Framing {

  /**
   * Chooses the squares.
   *
   * @param photo the photo. Not modified; what it holds in the hole must not be looked at.
   * @param mask its mask, with a hole
   * @param model the shape of the model's images
   * @return the squares, inside the photo, at least one
   */
  List<Square> squares(Photo photo, Mask mask, ImageShape model);

  /**
   * The largest square in the middle of the photo.
   *
   * @return the framing
   */
  static Framing centeredSquare() {
    return (photo, mask, model) -> {
      int width = photo.size().width();
      int height = photo.size().height();
      int size = Math.min(width, height);
      return List.of(new Square((width - size) / 2, (height - size) / 2, size));
    };
  }

  /**
   * The smallest square around the hole with some context: for models of textures, and of whatever
   * else looks alike wherever it is cut out. The hole lies in its middle, or as near to it as the
   * border of the photo allows.
   *
   * <p>The side is that of the hole's bounding box (the longer one) and the context on both sides
   * of it; at least the model's own size, so that no pixel is shown larger than it is; at most the
   * shorter side of the photo. A hole that is longer than that does not fit into any square of the
   * photo and is refused by the inpainter.
   *
   * <p>Several holes share a square as long as each is nearer than the model's size to another;
   * holes that are farther apart than twice that have squares of their own, the largest first.
   *
   * <p>Not for models of aligned things: a model of faces knows eyes in one place only, and needs
   * {@link #square} of the face, wherever the hole is.
   *
   * @param context the context on each side as a share of the hole's side, more than 0; 0.5 makes
   *     the square twice as wide as the hole
   * @return the framing
   */
  static Framing aroundHole(double context) {
    return new AroundHole(context);
  }

  /**
   * A given square: for a model of faces, the one that shows the face as the model was trained.
   *
   * @param square the square
   * @return the framing; it throws {@link IllegalArgumentException} for a photo that the square
   *     does not lie inside
   */
  static Framing square(Square square) {
    return (photo, mask, model) -> {
      checkArgument(
          Bounds.of(photo.size()).contains(square.bounds()),
          "the square must lie inside the image: expected one inside %s, found %s",
          photo.size(),
          square);
      return List.of(square);
    };
  }
}
