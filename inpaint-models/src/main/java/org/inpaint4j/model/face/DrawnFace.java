package org.inpaint4j.model.face;

import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Resampler;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;
import org.inpaint4j.image.SquareAxes;

/** A face whose hidden part a filler has drawn, for another look at it. */
final class DrawnFace {

  private final Mask mask;
  private final Picture picture;
  private final SquareAxes sides;

  private DrawnFace(Mask mask, Picture picture, SquareAxes sides) {
    this.mask = mask;
    this.picture = picture;
    this.sides = sides;
  }

  /**
   * Draws what is hidden.
   *
   * @param filler takes images of faces, of one size and three channels
   * @param mask of the photo; the square holds a known pixel
   * @param square shows the face, about
   */
  static DrawnFace of(Filler filler, Photo photo, Mask mask, Square square) {
    ImageShape shape = filler.imageShape().orElseThrow();
    Resampler.Shrunk seen = Resampler.shrink(photo, mask, square, shape);
    ImagePlanes drawn = filler.fill(FillTask.of(seen.target(), seen.mask())).get(0).image();
    ImagePlanes whole = PoissonBlender.create().blend(seen.target(), drawn, seen.mask());
    int plane = shape.pixels().pixels();
    Picture picture = Picture.blank(3, shape.pixels());
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < plane; i++) {
        picture.samples()[c * plane + i] = 255 * whole.samples()[(2 - c) * plane + i];
      }
    }
    return new DrawnFace(mask, picture, square.axes());
  }

  /**
   * Puts the drawing at a point of the photo into a picture, if the point is hidden and drawn.
   *
   * @param column 0 at the photo's left edge
   * @param row 0 at the photo's upper edge
   * @param into takes one sample of each plane
   * @param at the index of the first of them
   * @param plane the distance of the planes there
   */
  void put(double column, double row, float[] into, int at, int plane) {
    int x = (int) Math.floor(column);
    int y = (int) Math.floor(row);
    double u = sides.across(column, row);
    double v = sides.down(column, row);
    boolean inside =
        x >= 0
            && x < mask.width()
            && y >= 0
            && y < mask.height()
            && u >= 0
            && u < 1
            && v >= 0
            && v < 1;
    if (inside && mask.isHole(x, y)) {
      Size size = picture.size();
      picture.sample(u * size.width() - 0.5, v * size.height() - 0.5, into, at, plane);
    }
  }
}
