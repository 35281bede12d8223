package org.inpaint4j.blend;

/**
 * Red-black Gauss-Seidel on the pixels of a hole, before and after the correction by the coarse
 * grids.
 *
 * <p>The two halves are adjoint to each other, so that the cycle around them is symmetric, as
 * conjugate gradients require of a preconditioner.
 */
final class RedBlackSmoother {

  private final Team team;

  /** On the reds: their residual after {@link #before}, their correction for {@link #after}. */
  private final double[] red;

  private final double[] rowSum;
  private final double[] rowMaximum;
  private final Sweep residual;
  private final Sweep correct;

  /**
   * Makes a smoother.
   *
   * @param board the pixels
   * @param team who computes
   * @param red on the reds. Modified by {@link #before}, read by {@link #after}.
   */
  RedBlackSmoother(Checkerboard board, Team team, double[] red) {
    this.team = team;
    this.red = red;
    rowSum = new double[board.runs.rows];
    rowMaximum = new double[board.runs.rows];
    residual = new Residual(board);
    correct = new Correct(board);
  }

  /**
   * Relaxes the blacks from zero and leaves the residual of the reds in the vector of the reds. The
   * residual of the blacks is zero then.
   *
   * @param r a residual on the blacks. Not modified.
   */
  void before(double[] r) {
    residual.run(team, r, red);
  }

  /**
   * Relaxes the blacks, given the correction of the reds: z approximates S^-1 r.
   *
   * @param r a residual on the blacks. Not modified.
   * @param z on the blacks. Modified.
   * @return the scalar product of r and z
   */
  double after(double[] r, double[] z) {
    correct.run(team, r, z);
    return Sums.of(rowSum);
  }

  /** The largest magnitude in the last result of {@link #after}. */
  double largestCorrection() {
    double maximum = 0;
    for (double value : rowMaximum) {
      maximum = Math.max(maximum, value);
    }
    return maximum;
  }

  /** target = W B^-1 source: the residual of the reds once the blacks are relaxed. */
  private static final class Residual extends Sweep {

    private final double[] inverseRed;
    private final double[] inverseBlack;

    Residual(Checkerboard board) {
      super(board, Checkerboard.Colour.RED);
      inverseRed = board.inverseRed;
      inverseBlack = board.inverseBlack;
    }

    @Override
    void visit(int y, int first, int end, int left, int up, int down) {
      double[] r = source;
      double[] t = target;
      double[] inverse = inverseBlack;
      for (int i = first; i < end; i++) {
        t[i] =
            inverseRed[i] == 0
                ? 0
                : inverse[i + left] * r[i + left]
                    + inverse[i + left + 1] * r[i + left + 1]
                    + inverse[i + up] * r[i + up]
                    + inverse[i + down] * r[i + down];
      }
    }

    @Override
    void visitPlain(int y, int first, int end, int left, int up, int down) {
      Sums.quarterOfNeighbours(source, target, first, end, left, up, down);
    }
  }

  /** target = B^-1 (source + W^T red), with the scalar product and the largest magnitude. */
  private final class Correct extends Sweep {

    private final double[] inverse;

    Correct(Checkerboard board) {
      super(board, Checkerboard.Colour.BLACK);
      inverse = board.inverseBlack;
    }

    @Override
    void beginRow(int y) {
      rowSum[y] = 0;
      rowMaximum[y] = 0;
    }

    @Override
    void visit(int y, int first, int end, int left, int up, int down) {
      double[] r = source;
      double[] z = target;
      double[] t = red;
      double dot = rowSum[y];
      double maximum = rowMaximum[y];
      for (int i = first; i < end; i++) {
        double around = t[i + left] + t[i + left + 1] + t[i + up] + t[i + down];
        double value = inverse[i] * (r[i] + around);
        z[i] = value;
        dot += value * r[i];
        maximum = Math.max(maximum, Math.abs(value));
      }
      rowSum[y] = dot;
      rowMaximum[y] = maximum;
    }
  }
}
