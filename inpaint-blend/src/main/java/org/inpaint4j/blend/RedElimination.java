package org.inpaint4j.blend;

/**
 * The Poisson system on the pixels of a hole, reduced to the black ones.
 *
 * <p>The reds can be eliminated exactly, since a red pixel is coupled to blacks only: of A = [R -W;
 * -W^T B], with diagonal R and B, there remains the Schur complement S = B - W^T R^-1 W on the
 * blacks. S has half as many unknowns and is better conditioned. One sweep gives the reds back
 * (Saad, Iterative Methods for Sparse Linear Systems, 2nd ed., 2003, section 12.4). All vectors of
 * the iteration live on the blacks.
 */
final class RedElimination {

  private final Checkerboard board;
  private final Team team;

  /** Workspace on the reds. */
  private final double[] red;

  /** The part of each row in a scalar product: the sum does not depend on who computed it. */
  private final double[] rowSum;

  private final Team.Phase scale = this::scaleRows;
  private final Sweep eliminate;
  private final Sweep expand;
  private final Sweep spread;
  private final Sweep gather;

  /** What {@link #scale} reads. */
  private double[] source;

  /**
   * Makes the reduced system.
   *
   * @param board the pixels
   * @param team who computes
   * @param red workspace on the reds. Modified by each call.
   */
  RedElimination(Checkerboard board, Team team, double[] red) {
    this.board = board;
    this.team = team;
    this.red = red;
    source = red;
    rowSum = new double[board.runs.rows];
    eliminate = new Eliminate(board);
    expand = new Expand(board);
    spread = new Spread(board);
    gather = new Gather(board, rowSum);
  }

  /**
   * Eliminates the reds from a right-hand side.
   *
   * @param rightRed the right-hand side on the reds. Not modified.
   * @param rightBlack the right-hand side on the blacks. Modified: becomes that of S.
   */
  void reduce(double[] rightRed, double[] rightBlack) {
    source = rightRed;
    team.run(scale, board.shares);
    eliminate.run(team, red, rightBlack);
  }

  /**
   * Gives the reds back.
   *
   * @param black the solution on the blacks. Not modified.
   * @param rightRed the right-hand side on the reds. Modified: becomes the solution on the reds.
   */
  void expand(double[] black, double[] rightRed) {
    expand.run(team, black, rightRed);
  }

  /**
   * Computes q = S p.
   *
   * @param p on the blacks. Not modified.
   * @param q on the blacks. Modified.
   * @return the scalar product of p and q
   */
  double multiply(double[] p, double[] q) {
    spread.run(team, p, red);
    gather.run(team, p, q);
    return Sums.of(rowSum);
  }

  /** red = R^-1 source. */
  private void scaleRows(int from, int to) {
    double[] weight = board.inverseRed;
    int end = board.runs.startOfRow(to);
    for (int i = board.runs.startOfRow(from); i < end; i++) {
      red[i] = source[i] * weight[i];
    }
  }

  /** target += W^T source, from the reds to the blacks. */
  private static final class Eliminate extends Sweep {

    private final double[] degree;

    Eliminate(Checkerboard board) {
      super(board, Checkerboard.Colour.BLACK);
      degree = board.degreeBlack;
    }

    @Override
    void visit(int y, int first, int end, int left, int up, int down) {
      double[] t = source;
      double[] b = target;
      for (int i = first; i < end; i++) {
        double around = t[i + left] + t[i + left + 1] + t[i + up] + t[i + down];
        b[i] += degree[i] == 0 ? 0 : around;
      }
    }
  }

  /** target = R^-1 (target + W source), from the blacks to the reds. */
  private static final class Expand extends Sweep {

    private final double[] weight;

    Expand(Checkerboard board) {
      super(board, Checkerboard.Colour.RED);
      weight = board.inverseRed;
    }

    @Override
    void visit(int y, int first, int end, int left, int up, int down) {
      double[] x = source;
      double[] b = target;
      for (int i = first; i < end; i++) {
        double around = x[i + left] + x[i + left + 1] + x[i + up] + x[i + down];
        b[i] = (b[i] + around) * weight[i];
      }
    }
  }

  /** target = R^-1 W source, from the blacks to the reds. */
  private static final class Spread extends Sweep {

    private final double[] weight;

    Spread(Checkerboard board) {
      super(board, Checkerboard.Colour.RED);
      weight = board.inverseRed;
    }

    @Override
    void visit(int y, int first, int end, int left, int up, int down) {
      double[] s = source;
      double[] t = target;
      for (int i = first; i < end; i++) {
        t[i] = weight[i] * (s[i + left] + s[i + left + 1] + s[i + up] + s[i + down]);
      }
    }

    @Override
    void visitPlain(int y, int first, int end, int left, int up, int down) {
      Sums.quarterOfNeighbours(source, target, first, end, left, up, down);
    }
  }

  /** target = B source - W^T red, on the blacks, with the scalar product of source and target. */
  private final class Gather extends Sweep {

    private final double[] degree;
    private final double[] inverse;
    private final double[] dots;

    Gather(Checkerboard board, double[] dots) {
      super(board, Checkerboard.Colour.BLACK);
      degree = board.degreeBlack;
      inverse = board.inverseBlack;
      this.dots = dots;
    }

    @Override
    void beginRow(int y) {
      dots[y] = 0;
    }

    @Override
    void visit(int y, int first, int end, int left, int up, int down) {
      double[] p = source;
      double[] q = target;
      double[] t = red;
      double dot = 0;
      for (int i = first; i < end; i++) {
        double around = t[i + left] + t[i + left + 1] + t[i + up] + t[i + down];
        double value = degree[i] * (p[i] - inverse[i] * around);
        q[i] = value;
        dot += value * p[i];
      }
      dots[y] += dot;
    }

    @Override
    void visitPlain(int y, int first, int end, int left, int up, int down) {
      double[] p = source;
      double[] q = target;
      double[] t = red;
      double dot = 0;
      for (int i = first; i < end; i++) {
        double value = 4 * p[i] - (t[i + left] + t[i + left + 1] + t[i + up] + t[i + down]);
        q[i] = value;
        dot += value * p[i];
      }
      dots[y] += dot;
    }
  }
}
