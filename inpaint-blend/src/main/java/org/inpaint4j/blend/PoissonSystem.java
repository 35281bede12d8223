package org.inpaint4j.blend;

/**
 * The Poisson system of a hole on its black pixels, preconditioned by a V-cycle. The loops over
 * vectors are shared out to the threads of a team by rows.
 */
final class PoissonSystem implements LinearSystem {

  private final Checkerboard board;
  private final RedElimination matrix;
  private final Hierarchy hierarchy;
  private final Team team;

  /** The part of each row in a scalar product: the sum does not depend on who computed it. */
  private final double[] rowSum;

  // What the phases work on: set before each phase, so that none is allocated.
  private double[] x = {};
  private double[] r = {};
  private double[] p = {};
  private double[] other = {};
  private double factor;

  private final Team.Phase direct = this::directRows;
  private final Team.Phase advance = this::advanceRows;

  PoissonSystem(Checkerboard board, RedElimination matrix, Hierarchy hierarchy, Team team) {
    this.board = board;
    this.matrix = matrix;
    this.hierarchy = hierarchy;
    this.team = team;
    rowSum = new double[board.runs.rows];
  }

  @Override
  public int length() {
    return board.runs.length;
  }

  @Override
  public double multiply(double[] p, double[] q) {
    return matrix.multiply(p, q);
  }

  @Override
  public double precondition(double[] r, double[] z) {
    return hierarchy.cycle(r, z);
  }

  @Override
  public double largestCorrection() {
    return hierarchy.largestCorrection();
  }

  @Override
  public void direct(double[] p, double[] z, double beta) {
    this.p = p;
    other = z;
    factor = beta;
    team.run(direct, board.shares);
  }

  private void directRows(int from, int to) {
    int end = board.runs.startOfRow(to);
    double beta = factor;
    for (int i = board.runs.startOfRow(from); i < end; i++) {
      p[i] = other[i] + beta * p[i];
    }
  }

  @Override
  public double advance(double[] x, double[] r, double[] p, double[] q, double alpha) {
    this.x = x;
    this.r = r;
    this.p = p;
    other = q;
    factor = alpha;
    team.run(advance, board.shares);
    return Sums.of(rowSum);
  }

  private void advanceRows(int from, int to) {
    double alpha = factor;
    for (int y = from; y < to; y++) {
      int end = board.runs.startOfRow(y + 1);
      double sum = 0;
      for (int i = board.runs.startOfRow(y); i < end; i++) {
        x[i] += alpha * p[i];
        double value = r[i] - alpha * other[i];
        r[i] = value;
        sum += value * value;
      }
      rowSum[y] = sum;
    }
  }
}
