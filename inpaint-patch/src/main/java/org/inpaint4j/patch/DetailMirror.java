package org.inpaint4j.patch;

import org.inpaint4j.image.Resampler;
import org.inpaint4j.image.Square;
import org.inpaint4j.image.SquareAxes;

/** Pictures of faces, mirrored about the line that halves the square from top to bottom. */
final class DetailMirror {

  /** Places nearer than this to the middle of a pixel are that pixel. */
  private static final double EXACT = 1e-6;

  private DetailMirror() {}

  /**
   * The mirrored picture, of the same size; by cubic convolution (Keys 1981, a = -1/2) where pixels
   * do not fall on pixels. What would come from beyond the picture is missing.
   *
   * @param picture not modified
   * @param square of the face, in pixels of the picture
   */
  static DetailPicture of(DetailPicture picture, Square square) {
    int w = picture.width;
    int h = picture.height;
    DetailPicture result =
        new DetailPicture(
            w, h, new float[picture.planes.length][w * h], new boolean[w * h], new boolean[w * h]);
    SquareAxes sides = square.axes();
    double[] across = new double[4];
    double[] down = new double[4];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        double u = 1 - sides.across(x + 0.5, y + 0.5);
        double v = sides.down(x + 0.5, y + 0.5);
        double column = sides.column(u, v) - 0.5;
        double row = sides.row(u, v) - 0.5;
        int left = split(column, across);
        int top = split(row, down);
        if (left >= 0 && top >= 0 && left + 1 < w + exact(across) && top + 1 < h + exact(down)) {
          sample(picture, result, y * w + x, left, top, across, down);
        }
      }
    }
    return result;
  }

  /** 1 if the place is the middle of a pixel, whose neighbour need not exist. */
  private static int exact(double[] weights) {
    return weights[1] == 1 ? 1 : 0;
  }

  /** The pixel before a place; the weights are those of the pixels from the one before that on. */
  private static int split(double place, double[] weights) {
    double nearest = Math.rint(place);
    double exact = Math.abs(place - nearest) < EXACT ? nearest : place;
    int first = (int) Math.floor(exact);
    for (int k = 0; k < 4; k++) {
      weights[k] = Resampler.cubic(first - 1 + k - exact);
    }
    return first;
  }

  private static void sample(
      DetailPicture from,
      DetailPicture to,
      int at,
      int left,
      int top,
      double[] across,
      double[] down) {
    int w = from.width;
    int right = Math.min(w - 1, left + 1 - exact(across));
    int bottom = Math.min(from.height - 1, top + 1 - exact(down));
    boolean known = true;
    boolean usable = true;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        int i = y * w + x;
        known &= from.known[i];
        usable &= from.known[i] || from.hole[i];
      }
    }
    to.known[at] = known;
    to.hole[at] = usable && !known;
    for (int c = 0; c < from.planes.length; c++) {
      double sum = 0;
      for (int q = 0; q < 4; q++) {
        int line = Math.max(0, Math.min(from.height - 1, top - 1 + q)) * w;
        for (int p = 0; p < 4; p++) {
          int column = Math.max(0, Math.min(w - 1, left - 1 + p));
          sum += down[q] * across[p] * from.planes[c][line + column];
        }
      }
      to.planes[c][at] = (float) sum;
    }
  }
}
