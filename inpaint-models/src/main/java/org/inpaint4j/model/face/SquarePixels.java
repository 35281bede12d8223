package org.inpaint4j.model.face;

import org.inpaint4j.image.Square;
import org.inpaint4j.image.SquareAxes;

/** What is done with each pixel of a picture of a square of a photo. */
@FunctionalInterface
interface SquarePixels {

  /**
   * Is done with one pixel.
   *
   * @param pixel its index, row by row
   * @param column where its centre lies in the photo; 0 at the left edge
   * @param row 0 at the upper edge
   */
  void at(int pixel, double column, double row);

  /**
   * Goes through all pixels, row by row.
   *
   * @param square what the picture shows
   * @param side columns and rows of the picture
   */
  static void each(Square square, int side, SquarePixels action) {
    SquareAxes axes = square.axes();
    for (int j = 0, i = 0; j < side; j++) {
      for (int k = 0; k < side; k++, i++) {
        double u = (k + 0.5) / side;
        double v = (j + 0.5) / side;
        action.at(i, axes.column(u, v), axes.row(u, v));
      }
    }
  }
}
