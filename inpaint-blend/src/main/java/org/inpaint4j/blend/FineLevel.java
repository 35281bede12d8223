package org.inpaint4j.blend;

import java.util.Arrays;

/**
 * The Poisson system on the pixels of the hole, reduced to one colour of a checkerboard.
 *
 * <p>Pixels whose coordinates have an even sum are <em>red</em>, the others <em>black</em>. A pixel
 * is coupled to pixels of the other colour only, so the reds can be eliminated exactly: of A = [R
 * -W; -W^T B], with diagonal R and B, there remains S = B - W^T R^-1 W on the blacks, with half as
 * many unknowns and better conditioned, and one sweep gives the reds back (Saad, Iterative Methods
 * for Sparse Linear Systems, 2nd ed., 2003, section 12.4). All vectors of the iteration live on the
 * blacks.
 *
 * <p>Place k of row y is the pair of pixels (2k, y) and (2k + 1, y). An array of reds and one of
 * blacks are both indexed by place. The neighbours of a red pixel are the blacks of the same place
 * in the rows above and below, and those of the places k + s and k + s + 1 in its own row, with s =
 * -1 in even rows and 0 in odd ones; and the other way round. So every loop has stride 1. Node (k,
 * J) of the first coarse grid is pixel (2k, 2J): the red one of place k in row 2J.
 */
final class FineLevel {

  /** 1 / degree; an image of one pixel has no equation. */
  private static final double[] INVERSE = {0, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4};

  final HoleGrid grid;
  final Runs runs;
  final HoleRuns holeRuns;
  final boolean[] plainAt;
  final Team.Shares shares;
  private final Team team;
  private final Links links;

  /** Number of neighbours in the image of each black pixel; 0 where it is not missing. */
  private final double[] degreeBlack;

  /** One over the number of neighbours in the image; 0 where a pixel is not missing. */
  private final double[] inverseBlack;

  final double[] inverseRed;

  /** Workspace on the reds. */
  final double[] red;

  /** Row by row, summed in one order whoever computed them. */
  private final double[] rowSum;

  private final double[] rowMaximum;

  // What the phases below work on: set before each phase, so that none is allocated.
  private double[] source;
  private double[] target;

  private final Team.Phase scale = this::scale;
  private final Team.Phase eliminate = this::eliminate;
  private final Team.Phase expand = this::expand;
  private final Team.Phase spread = this::spread;
  private final Team.Phase residual = this::residual;
  private final Team.Phase gather = this::gather;
  private final Team.Phase correct = this::correct;

  FineLevel(HoleGrid grid, Team team) {
    this.grid = grid;
    this.team = team;
    runs = Runs.of(grid.hole, grid.width, grid.height, 2);
    shares = Team.Shares.of(runs, team.threads());
    degreeBlack = vector();
    inverseBlack = vector();
    inverseRed = vector();
    red = vector();
    source = red;
    target = red;
    rowSum = new double[runs.rows];
    rowMaximum = new double[runs.rows];
    plainAt = new boolean[runs.length];
    holeRuns = new HoleRuns(grid, runs);
    for (int stretch = 0; stretch < holeRuns.count(); stretch++) {
      setStretch(stretch);
    }
    links =
        Links.between(
            runs,
            plainAt,
            new Links.Companion(runs, 1, -1, 0, 0),
            new Links.Companion(runs, 1, 1, 0, 0));
  }

  private void setStretch(int s) {
    int y = holeRuns.row[s];
    int origin = holeRuns.origin[s];
    int from = holeRuns.from[s];
    int to = holeRuns.to[s];
    for (int x = from; x < to; x++) {
      int i = origin + (x >> 1);
      int degree = grid.degree(x, y);
      if (isRed(x, y)) {
        inverseRed[i] = INVERSE[degree];
      } else {
        degreeBlack[i] = degree;
        inverseBlack[i] = INVERSE[degree];
      }
    }
    int firstInner = Math.max(from, 2 - grid.left);
    int afterInner = Math.min(to, grid.imageWidth - 2 - grid.left);
    if (grid.isInnerRow(y) && (firstInner + 1) >> 1 < afterInner >> 1) {
      Arrays.fill(plainAt, origin + ((firstInner + 1) >> 1), origin + (afterInner >> 1), true);
    }
  }

  static boolean isRed(int x, int y) {
    return ((x ^ y) & 1) == 0;
  }

  /** Where the row of a pixel's opposite colour is read: at this and the next place. */
  private static int side(int y, boolean ofRed) {
    return ((y & 1) == 0) == ofRed ? -1 : 0;
  }

  /** A new vector of zeros, on the reds or on the blacks. */
  double[] vector() {
    return new double[runs.length];
  }

  /**
   * Eliminates the reds from a right-hand side.
   *
   * @param rightRed the right-hand side on the reds. Not modified.
   * @param rightBlack the right-hand side on the blacks. Modified: becomes that of S.
   */
  void reduce(double[] rightRed, double[] rightBlack) {
    source = rightRed;
    target = rightBlack;
    team.run(scale, shares);
    team.run(eliminate, shares);
  }

  /** red = R^-1 source. */
  private void scale(int from, int to) {
    int end = runs.startOfRow(to);
    for (int i = runs.startOfRow(from); i < end; i++) {
      red[i] = source[i] * inverseRed[i];
    }
  }

  /** target += W^T red. */
  private void eliminate(int from, int to) {
    double[] t = red;
    double[] b = target;
    for (int y = from; y < to; y++) {
      int side = side(y, false);
      for (int g = links.ofRow[y]; g < links.ofRow[y + 1]; g++) {
        int first = links.index[g];
        int end = first + links.count[g];
        int up = links.origin[0][g] + links.place[g] - first;
        int down = links.origin[1][g] + links.place[g] - first;
        for (int i = first; i < end; i++) {
          double around = t[i + side] + t[i + side + 1] + t[i + up] + t[i + down];
          b[i] += degreeBlack[i] == 0 ? 0 : around;
        }
      }
    }
  }

  /**
   * Gives the reds back.
   *
   * @param black the solution on the blacks. Not modified.
   * @param rightRed the right-hand side on the reds. Modified: becomes the solution on the reds.
   */
  void expand(double[] black, double[] rightRed) {
    source = black;
    target = rightRed;
    team.run(expand, shares);
  }

  /** target = R^-1 (target + W source). */
  private void expand(int from, int to) {
    double[] x = source;
    double[] b = target;
    for (int y = from; y < to; y++) {
      int side = side(y, true);
      for (int g = links.ofRow[y]; g < links.ofRow[y + 1]; g++) {
        int first = links.index[g];
        int end = first + links.count[g];
        int up = links.origin[0][g] + links.place[g] - first;
        int down = links.origin[1][g] + links.place[g] - first;
        for (int i = first; i < end; i++) {
          double around = x[i + side] + x[i + side + 1] + x[i + up] + x[i + down];
          b[i] = (b[i] + around) * inverseRed[i];
        }
      }
    }
  }

  /** Does something with all rows, shared out like the phases of the solver. */
  void eachRow(Team.Phase work, Team workers) {
    workers.run(work, shares);
  }

  /**
   * Computes q = S p.
   *
   * @param p on the blacks. Not modified.
   * @param q on the blacks. Modified.
   * @return the scalar product of p and q
   */
  double apply(double[] p, double[] q) {
    source = p;
    target = q;
    team.run(spread, shares);
    team.run(gather, shares);
    return sum(rowSum);
  }

  /** red = R^-1 W source. */
  private void spread(int from, int to) {
    for (int y = from; y < to; y++) {
      int side = side(y, true);
      for (int g = links.ofRow[y]; g < links.ofRow[y + 1]; g++) {
        int first = links.index[g];
        int up = links.origin[0][g] + links.place[g] - first;
        int down = links.origin[1][g] + links.place[g] - first;
        if (links.plain[g]) {
          spreadPlain(source, red, first, first + links.count[g], side, up, down);
        } else {
          spreadAny(source, red, inverseRed, first, first + links.count[g], side, up, down);
        }
      }
    }
  }

  private static void spreadPlain(
      double[] s, double[] t, int first, int end, int side, int up, int down) {
    for (int i = first; i < end; i++) {
      t[i] = 0.25 * (s[i + side] + s[i + side + 1] + s[i + up] + s[i + down]);
    }
  }

  private static void spreadAny(
      double[] s, double[] t, double[] weight, int first, int end, int side, int up, int down) {
    for (int i = first; i < end; i++) {
      t[i] = weight[i] * (s[i + side] + s[i + side + 1] + s[i + up] + s[i + down]);
    }
  }

  /** target = B source - W^T red, with the scalar product of source and target of each row. */
  private void gather(int from, int to) {
    for (int y = from; y < to; y++) {
      int side = side(y, false);
      double dot = 0;
      for (int g = links.ofRow[y]; g < links.ofRow[y + 1]; g++) {
        int first = links.index[g];
        int end = first + links.count[g];
        int up = links.origin[0][g] + links.place[g] - first;
        int down = links.origin[1][g] + links.place[g] - first;
        if (links.plain[g]) {
          dot += gatherPlain(source, red, target, first, end, side, up, down);
        } else {
          dot += gatherAny(source, red, target, first, end, side, up, down);
        }
      }
      rowSum[y] = dot;
    }
  }

  private static double gatherPlain(
      double[] p, double[] t, double[] q, int first, int end, int side, int up, int down) {
    double dot = 0;
    for (int i = first; i < end; i++) {
      double value = 4 * p[i] - (t[i + side] + t[i + side + 1] + t[i + up] + t[i + down]);
      q[i] = value;
      dot += value * p[i];
    }
    return dot;
  }

  private double gatherAny(
      double[] p, double[] t, double[] q, int first, int end, int side, int up, int down) {
    double dot = 0;
    for (int i = first; i < end; i++) {
      double around = t[i + side] + t[i + side + 1] + t[i + up] + t[i + down];
      double value = degreeBlack[i] * (p[i] - inverseBlack[i] * around);
      q[i] = value;
      dot += value * p[i];
    }
    return dot;
  }

  /**
   * Relaxes the blacks from zero and leaves the residual of the reds in {@link #red}; that of the
   * blacks is zero.
   *
   * @param r a residual on the blacks. Not modified.
   */
  void presmooth(double[] r) {
    source = r;
    team.run(residual, shares);
  }

  /** red = W B^-1 source, the residual of the reds once the blacks are relaxed. */
  private void residual(int from, int to) {
    for (int y = from; y < to; y++) {
      int side = side(y, true);
      for (int g = links.ofRow[y]; g < links.ofRow[y + 1]; g++) {
        int first = links.index[g];
        int end = first + links.count[g];
        int up = links.origin[0][g] + links.place[g] - first;
        int down = links.origin[1][g] + links.place[g] - first;
        if (links.plain[g]) {
          spreadPlain(source, red, first, end, side, up, down);
        } else {
          residualAny(source, red, first, end, side, up, down);
        }
      }
    }
  }

  private void residualAny(double[] r, double[] t, int first, int end, int side, int up, int down) {
    for (int i = first; i < end; i++) {
      t[i] =
          inverseRed[i] == 0
              ? 0
              : inverseBlack[i + side] * r[i + side]
                  + inverseBlack[i + side + 1] * r[i + side + 1]
                  + inverseBlack[i + up] * r[i + up]
                  + inverseBlack[i + down] * r[i + down];
    }
  }

  /**
   * Relaxes the blacks, given the correction of the reds in {@link #red}: z approximates S^-1 r.
   *
   * @param r a residual on the blacks. Not modified.
   * @param z on the blacks. Modified.
   * @return the scalar product of r and z
   */
  double postsmooth(double[] r, double[] z) {
    source = r;
    target = z;
    team.run(correct, shares);
    return sum(rowSum);
  }

  /** The largest magnitude in the last result of {@link #postsmooth}. */
  double largestCorrection() {
    double maximum = 0;
    for (double value : rowMaximum) {
      maximum = Math.max(maximum, value);
    }
    return maximum;
  }

  /** target = B^-1 (source + W^T red). */
  private void correct(int from, int to) {
    for (int y = from; y < to; y++) {
      int side = side(y, false);
      double dot = 0;
      double maximum = 0;
      for (int g = links.ofRow[y]; g < links.ofRow[y + 1]; g++) {
        int first = links.index[g];
        int end = first + links.count[g];
        int up = links.origin[0][g] + links.place[g] - first;
        int down = links.origin[1][g] + links.place[g] - first;
        double[] r = source;
        double[] t = red;
        double[] z = target;
        for (int i = first; i < end; i++) {
          double around = t[i + side] + t[i + side + 1] + t[i + up] + t[i + down];
          double value = inverseBlack[i] * (r[i] + around);
          z[i] = value;
          dot += value * r[i];
          maximum = Math.max(maximum, Math.abs(value));
        }
      }
      rowSum[y] = dot;
      rowMaximum[y] = maximum;
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
