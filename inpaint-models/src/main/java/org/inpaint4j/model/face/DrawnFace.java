package org.inpaint4j.model.face;

import java.util.BitSet;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
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
   * @param mask of the photo
   * @param surroundings of the square
   * @param square shows the face, about; holds a known pixel
   */
  static DrawnFace of(Filler filler, Mask mask, Surroundings surroundings, Square square) {
    ImageShape shape = filler.imageShape().orElseThrow();
    int side = shape.width();
    int plane = side * side;
    float[] cut = surroundings.cut(square, side).samples();
    boolean[] known = surroundings.known(square, side);
    ImagePlanes target = ImagePlanes.zeros(3, shape.pixels());
    BitSet hole = new BitSet();
    for (int i = 0; i < plane; i++) {
      hole.set(i, !known[i]);
      for (int c = 0; known[i] && c < 3; c++) {
        target.samples()[c * plane + i] = cut[(2 - c) * plane + i] / 255;
      }
    }
    Mask hidden = Mask.of(shape.pixels(), hole);
    ImagePlanes drawn = filler.fill(FillTask.of(target, hidden)).get(0).image();
    ImagePlanes whole = PoissonBlender.create().blend(target, drawn, hidden);
    Picture picture = Picture.blank(3, shape.pixels());
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < plane; i++) {
        picture.samples()[c * plane + i] = 255 * whole.samples()[(2 - c) * plane + i];
      }
    }
    return new DrawnFace(mask, picture, square.axes());
  }

  /**
   * Puts the drawing into what is shown of the photo, where that is hidden and drawn.
   *
   * @param shown modified
   * @param window what it shows
   */
  void putInto(Picture shown, Square window) {
    int side = shown.size().width();
    SquarePixels.each(
        window,
        side,
        (pixel, column, row) -> put(column, row, shown.samples(), pixel, side * side));
  }

  private void put(double column, double row, float[] into, int at, int plane) {
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
