package org.inpaint4j.model.face;

import org.inpaint4j.image.Square;

/**
 * Where the points of an average face lie in the square that models of faces are shown, measured
 * with {@link YuNet} on 400 training images of {@code Faces64} and their mirror images.
 */
final class Alignment {

  /** x and y from 0 to 1 of the eyes, the tip of the nose, the corners of the mouth. */
  private static final double[] TEMPLATE = {
    .335, .334, .665, .334, .5, .527, .356, .681, .644, .681
  };

  /** The points that a mirror puts in each one's place. */
  private static final int[] MIRRORED = {1, 0, 2, 4, 3};

  private static final int POINTS = 5;

  private Alignment() {}

  /**
   * The square of a face: the similarity without reflection that brings the template nearest to the
   * points, by least squares.
   *
   * @param points x and y of the five points in the photo; pixel (i, j) begins at (i, j). Not
   *     modified.
   * @return the square
   */
  static Square fit(double[] points) {
    double meanU = 0;
    double meanV = 0;
    double meanX = 0;
    double meanY = 0;
    for (int k = 0; k < POINTS; k++) {
      meanU += TEMPLATE[2 * k] / POINTS;
      meanV += TEMPLATE[2 * k + 1] / POINTS;
      meanX += points[2 * k] / POINTS;
      meanY += points[2 * k + 1] / POINTS;
    }
    double spread = 0;
    double cosine = 0;
    double sine = 0;
    for (int k = 0; k < POINTS; k++) {
      double u = TEMPLATE[2 * k] - meanU;
      double v = TEMPLATE[2 * k + 1] - meanV;
      double x = points[2 * k] - meanX;
      double y = points[2 * k + 1] - meanY;
      spread += u * u + v * v;
      cosine += u * x + v * y;
      sine += u * y - v * x;
    }
    cosine /= spread;
    sine /= spread;
    double centreX = meanX + (0.5 - meanU) * cosine - (0.5 - meanV) * sine;
    double centreY = meanY + (0.5 - meanU) * sine + (0.5 - meanV) * cosine;
    return Square.around(
        centreX, centreY, Math.hypot(cosine, sine), Math.toDegrees(Math.atan2(sine, cosine)));
  }

  /** The index of the point that a mirror puts in the place of another. */
  static int mirrored(int point) {
    return MIRRORED[point];
  }
}
