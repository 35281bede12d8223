package org.inpaint4j.model.face;

import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;

/**
 * What lies around a face, read once for several looks, at resolutions near to those of the looks.
 */
final class Surroundings {

  /** How far around the centre pixels are read, in sides: the corners of what is shown. */
  private static final double REACH = 1.35;

  /** From this step on pixels are taken from the coarser picture. */
  private static final double COARSE = 1.5;

  /** The plane of a reduction that has what of its pixels is known. */
  private static final int SHARES = 3;

  private final Size photo;
  private final Reduction reduction;
  private final Picture fine;
  private final Picture coarse;

  private Surroundings(Size photo, Reduction reduction, Picture fine) {
    this.photo = photo;
    this.reduction = reduction;
    this.fine = fine;
    this.coarse =
        fine.resized(new Size((fine.size().width() + 1) / 2, (fine.size().height() + 1) / 2));
  }

  /**
   * Reads what is around a square.
   *
   * @param glance what is put into the hole
   * @param square the square of a face
   * @param step the distance of the pixels of the nearest look, in those of the photo
   */
  static Surroundings of(Photo photo, Mask mask, Glance glance, Square square, double step) {
    Bounds around =
        Square.around(square.centreX(), square.centreY(), 2 * REACH * square.size(), 0).bounds();
    Size size = photo.size();
    int x0 = Math.max(0, Math.min(size.width() - 1, around.x()));
    int y0 = Math.max(0, Math.min(size.height() - 1, around.y()));
    int x1 = Math.max(x0 + 1, Math.min(size.width(), around.x() + around.width()));
    int y1 = Math.max(y0 + 1, Math.min(size.height(), around.y() + around.height()));
    int by = (int) Math.max(1, Math.round(step));
    Reduction reduction = Reduction.of(photo, mask, new Bounds(x0, y0, x1 - x0, y1 - y0), by);
    return new Surroundings(size, reduction, glance.filled(reduction));
  }

  /**
   * A square of what is here; the border is repeated.
   *
   * @param window may be turned
   * @param side columns and rows of the result
   * @return [3, side, side]
   */
  Picture cut(Square window, int side) {
    return cut(window.size() / side / reduction.by() > COARSE ? coarse : fine, window, side);
  }

  private Picture cut(Picture from, Square window, int side) {
    double scaleX = (double) from.size().width() / (fine.size().width() * reduction.by());
    double scaleY = (double) from.size().height() / (fine.size().height() * reduction.by());
    Picture result = Picture.blank(from.planes(), new Size(side, side));
    SquarePixels.each(
        window,
        side,
        (pixel, column, row) ->
            from.sample(
                (column - reduction.part().x()) * scaleX - 0.5,
                (row - reduction.part().y()) * scaleY - 0.5,
                result.samples(),
                pixel,
                side * side));
    return result;
  }

  /**
   * The pixels of a cut that are known: those that lie in the photo, less than half in its hole.
   *
   * @param window as for {@link #cut(Square, int)}
   * @param side columns and rows of the cut
   * @return a value for each pixel of the cut
   */
  boolean[] known(Square window, int side) {
    float[] shares = cut(reduction.known().plane(SHARES), window, side).samples();
    boolean[] known = new boolean[side * side];
    SquarePixels.each(
        window,
        side,
        (pixel, column, row) -> {
          boolean inside =
              column >= 0 && column < photo.width() && row >= 0 && row < photo.height();
          known[pixel] = inside && shares[pixel] >= Glance.KNOWN;
        });
    return known;
  }
}
