package org.inpaint4j.image;

import java.util.Arrays;

/**
 * A rectangle that is turned against a grid of pixels and moved from place to place. The area that
 * it shares with a pixel is that of a polygon: its corners, clipped at the pixel's four sides
 * (Sutherland and Hodgman, <em>Reentrant polygon clipping</em>, 1974).
 */
final class TurnedCell {

  /** Each side of a pixel cuts off a corner at most, and so adds one. */
  private static final int MOST_CORNERS = 8;

  private final double width;
  private final double height;
  private final double cosine;
  private final double sine;

  /** Half of the smallest upright rectangle around the cell. */
  private final double reachX;

  private final double reachY;

  /** How far a pixel reaches from its centre along the cell's sides. */
  private final double ofPixel;

  private double x;
  private double y;

  /** Corners as x, y, x, y and so on. */
  private double[] corners = new double[2 * MOST_CORNERS];

  private double[] clipped = new double[2 * MOST_CORNERS];

  TurnedCell(double width, double height, double cosine, double sine) {
    this.width = width;
    this.height = height;
    this.cosine = cosine;
    this.sine = sine;
    this.reachX = (width * Math.abs(cosine) + height * Math.abs(sine)) / 2;
    this.reachY = (width * Math.abs(sine) + height * Math.abs(cosine)) / 2;
    this.ofPixel = (Math.abs(cosine) + Math.abs(sine)) / 2;
  }

  double area() {
    return width * height;
  }

  /** Moves the centre to a point of the grid, whose pixel (i, j) begins at (i, j). */
  void moveTo(double centreX, double centreY) {
    x = centreX;
    y = centreY;
  }

  /**
   * Sums the known pixels under the cell, by area.
   *
   * @param grid not modified
   * @param sums one a channel; overwritten
   * @return the known area
   */
  double addKnown(Grid grid, double[] sums) {
    Arrays.fill(sums, 0);
    Bounds at = grid.at();
    int x0 = Math.max(at.x(), (int) Math.floor(x - reachX));
    int y0 = Math.max(at.y(), (int) Math.floor(y - reachY));
    int x1 = Math.min(at.x() + at.width(), (int) Math.ceil(x + reachX));
    int y1 = Math.min(at.y() + at.height(), (int) Math.ceil(y + reachY));
    ImagePlanes planes = grid.planes();
    double weight = 0;
    for (int j = y0; j < y1; j++) {
      for (int i = x0; i < x1; i++) {
        if (grid.hole().isHole(i - at.x(), j - at.y())) {
          continue;
        }
        double area = shared(i, j);
        if (area > 0) {
          weight += area;
          for (int c = 0; c < sums.length; c++) {
            sums[c] += area * planes.get(c, i - at.x(), j - at.y());
          }
        }
      }
    }
    return weight;
  }

  /** The area that the cell shares with a pixel. */
  double shared(int column, int row) {
    double dx = column + 0.5 - x;
    double dy = row + 0.5 - y;
    double along = Math.abs(dx * cosine + dy * sine);
    double down = Math.abs(dy * cosine - dx * sine);
    if (along <= width / 2 - ofPixel && down <= height / 2 - ofPixel) {
      return 1;
    }
    if (along >= width / 2 + ofPixel || down >= height / 2 + ofPixel) {
      return 0;
    }
    setCorners();
    int count = clip(4, 0, 1, column);
    count = clip(count, 0, -1, -column - 1.0);
    count = clip(count, 1, 1, row);
    count = clip(count, 1, -1, -row - 1.0);
    double twice = 0;
    for (int k = 0; k < count; k++) {
      int next = k + 1 == count ? 0 : k + 1;
      twice += corners[2 * k] * corners[2 * next + 1] - corners[2 * next] * corners[2 * k + 1];
    }
    return Math.abs(twice) / 2;
  }

  private void setCorners() {
    double ax = width / 2 * cosine;
    double ay = width / 2 * sine;
    double dx = -height / 2 * sine;
    double dy = height / 2 * cosine;
    corners[0] = x - ax - dx;
    corners[1] = y - ay - dy;
    corners[2] = x + ax - dx;
    corners[3] = y + ay - dy;
    corners[4] = x + ax + dx;
    corners[5] = y + ay + dy;
    corners[6] = x - ax + dx;
    corners[7] = y - ay + dy;
  }

  /** Keeps what of the polygon has {@code sign * coordinate >= least}; returns its corners. */
  private int clip(int count, int axis, int sign, double least) {
    int kept = 0;
    for (int k = 0; k < count; k++) {
      int next = k + 1 == count ? 0 : k + 1;
      double here = sign * corners[2 * k + axis] - least;
      double there = sign * corners[2 * next + axis] - least;
      if (here >= 0) {
        clipped[2 * kept] = corners[2 * k];
        clipped[2 * kept + 1] = corners[2 * k + 1];
        kept++;
      }
      if (here >= 0 != there >= 0) {
        double share = here / (here - there);
        clipped[2 * kept] = corners[2 * k] + share * (corners[2 * next] - corners[2 * k]);
        clipped[2 * kept + 1] =
            corners[2 * k + 1] + share * (corners[2 * next + 1] - corners[2 * k + 1]);
        kept++;
      }
    }
    double[] swapped = corners;
    corners = clipped;
    clipped = swapped;
    return kept;
  }
}
