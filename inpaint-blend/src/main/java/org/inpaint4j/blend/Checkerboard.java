package org.inpaint4j.blend;

import java.util.Arrays;

/**
 * The pixels of a hole in the two colours of a checkerboard: how they are numbered, and the
 * diagonal of the Poisson system on them.
 *
 * <p>Pixels whose coordinates have an even sum are <em>red</em>, the others are <em>black</em>. A
 * pixel is coupled to pixels of the other colour only. {@link RedElimination} makes use of this.
 *
 * <p>Place k of row y is the pair of pixels (2k, y) and (2k + 1, y). An array of reds and an array
 * of blacks are both indexed by place. The neighbours of a red pixel are four blacks: those of the
 * same place in the rows above and below, and those of the places k + s and k + s + 1 in its own
 * row, with s = -1 in even rows and s = 0 in odd rows. For a black pixel s is 0 in even rows and -1
 * in odd rows. So every loop has stride 1. Node (k, J) of the first coarse grid is pixel (2k, 2J):
 * the red pixel of place k in row 2J.
 */
final class Checkerboard {

  /** 1 / degree; an image of one pixel has no equation. */
  private static final double[] INVERSE = {0, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4};

  /** One of the two colours. */
  enum Colour {
    RED,
    BLACK;

    /** The colour of a pixel. */
    static Colour of(int x, int y) {
      return ((x ^ y) & 1) == 0 ? RED : BLACK;
    }

    /**
     * Where a pixel of this colour finds its left neighbour, relative to its own place; the right
     * neighbour is one place further.
     */
    int left(int y) {
      return ((y & 1) == 0) == (this == RED) ? -1 : 0;
    }
  }

  final HoleGrid grid;
  final Runs runs;
  final HoleRuns holeRuns;

  /** Of each place whether both pixels are missing and far from the image's border. */
  final boolean[] plainAt;

  /** The rows above and below each row. */
  final Links links;

  /** The rows, shared out to the threads of a team. */
  final Team.Shares shares;

  /** The number of neighbours in the image of each black pixel; 0 where it is not missing. */
  final double[] degreeBlack;

  /** 1 / {@link #degreeBlack}; 0 where a black pixel is not missing. */
  final double[] inverseBlack;

  /** 1 / the number of neighbours in the image of each red pixel; 0 where it is not missing. */
  final double[] inverseRed;

  Checkerboard(HoleGrid grid, Team team) {
    this.grid = grid;
    runs = Runs.of(grid.hole, grid.width, grid.height, 2);
    shares = Team.Shares.of(runs, team.threads());
    degreeBlack = vector();
    inverseBlack = vector();
    inverseRed = vector();
    plainAt = new boolean[runs.length];
    holeRuns = new HoleRuns(grid, runs);
    for (int stretch = 0; stretch < holeRuns.count(); stretch++) {
      setDegrees(stretch);
      setPlain(stretch);
    }
    links = Links.beside(runs, plainAt);
  }

  private void setDegrees(int stretch) {
    int y = holeRuns.row[stretch];
    for (int x = holeRuns.from[stretch]; x < holeRuns.to[stretch]; x++) {
      int i = holeRuns.origin[stretch] + (x >> 1);
      int degree = grid.degree(x, y);
      if (Colour.of(x, y) == Colour.RED) {
        inverseRed[i] = INVERSE[degree];
      } else {
        degreeBlack[i] = degree;
        inverseBlack[i] = INVERSE[degree];
      }
    }
  }

  private void setPlain(int stretch) {
    int origin = holeRuns.origin[stretch];
    int from = Math.max(holeRuns.from[stretch], 2 - grid.left);
    int to = Math.min(holeRuns.to[stretch], grid.imageWidth - 2 - grid.left);
    int firstPlace = (from + 1) >> 1;
    int afterPlace = to >> 1;
    if (grid.isInnerRow(holeRuns.row[stretch]) && firstPlace < afterPlace) {
      Arrays.fill(plainAt, origin + firstPlace, origin + afterPlace, true);
    }
  }

  /** A new vector of zeros, on the reds or on the blacks. */
  double[] vector() {
    return new double[runs.length];
  }

  /**
   * A pixel's place and colour in one number: 2 * index, plus 1 if it is red.
   *
   * @param origin the index of place 0 of the pixel's stretch
   */
  static int code(int origin, int x, int y) {
    return 2 * (origin + (x >> 1)) + (Colour.of(x, y) == Colour.RED ? 1 : 0);
  }
}
