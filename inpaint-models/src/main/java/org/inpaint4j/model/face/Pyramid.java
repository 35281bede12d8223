package org.inpaint4j.model.face;

import org.inpaint4j.image.Size;

/**
 * Fills holes from coarser and coarser means of what is known around them: quick, whatever the size
 * of the hole.
 */
final class Pyramid {

  private Pyramid() {}

  /**
   * Fills.
   *
   * @param known [4, H, W]: three planes that are 0 in the hole, then how much of each pixel is
   *     known. Not modified.
   * @return [3, H, W]; black if nothing is known
   */
  static Picture fill(Picture known) {
    Size size = known.size();
    int n = size.pixels();
    float[] from = known.samples();
    Picture result = Picture.blank(3, size);
    float[] to = result.samples();
    boolean missing = false;
    for (int i = 0; i < n; i++) {
      float weight = from[3 * n + i];
      missing |= weight == 0;
      for (int c = 0; weight > 0 && c < 3; c++) {
        to[c * n + i] = from[c * n + i] / weight;
      }
    }
    if (!missing || n == 1) {
      return result;
    }
    Size half = new Size((size.width() + 1) / 2, (size.height() + 1) / 2);
    Picture coarse = fill(halved(known, half));
    for (int y = 0, i = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++, i++) {
        if (from[3 * n + i] == 0) {
          coarse.sample(x / 2.0 - 0.25, y / 2.0 - 0.25, to, i, n);
        }
      }
    }
    return result;
  }

  private static Picture halved(Picture picture, Size half) {
    Picture result = Picture.blank(4, half);
    int width = picture.size().width();
    int height = picture.size().height();
    for (int c = 0, i = 0; c < 4; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, i++) {
          result.samples()[(c * half.height() + y / 2) * half.width() + x / 2] +=
              picture.samples()[i];
        }
      }
    }
    return result;
  }
}
