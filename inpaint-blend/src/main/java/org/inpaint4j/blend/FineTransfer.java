package org.inpaint4j.blend;

/**
 * Between the pixels of the hole and the first coarse grid.
 *
 * <p>Only the reds take part: the residual is zero on the blacks, and the smoother computes the
 * blacks anew from the reds.
 */
final class FineTransfer extends Transfer {

  private final double[] red;
  private final double[] inverseRed;
  private final double[] coarseRight;
  private final double[] coarseSolution;
  private final double[] coarseInverse;

  /**
   * Makes a transfer.
   *
   * @param board the pixels
   * @param red on the reds: the residual that {@link #restrict()} reads, and the correction that
   *     {@link #prolong()} writes
   * @param coarse the first coarse grid
   * @param team who computes
   */
  FineTransfer(Checkerboard board, double[] red, CoarseLevel coarse, Team team) {
    super(board.runs, board.plainAt, board.shares, coarse, 1, team);
    this.red = red;
    inverseRed = board.inverseRed;
    coarseRight = coarse.right;
    coarseSolution = coarse.solution;
    coarseInverse = coarse.stencils.inverse;
  }

  @Override
  void restrict(int index, int count, int above, int here, int below) {
    double[] r = red;
    for (int j = 0; j < count; j++) {
      double corners = r[above + j - 1] + r[above + j] + r[below + j - 1] + r[below + j];
      coarseRight[index + j] = coarseInverse[index + j] == 0 ? 0 : r[here + j] + 0.25 * corners;
    }
  }

  @Override
  void prolong(int index, int place, int count, int origin) {
    double[] e = coarseSolution;
    int shift = origin + place - index;
    for (int i = index; i < index + count; i++) {
      red[i] = inverseRed[i] == 0 ? 0 : e[i + shift];
    }
  }

  @Override
  void prolong(int index, int place, int count, int above, int below) {
    double[] e = coarseSolution;
    int up = above + place - index;
    int down = below + place - index;
    for (int i = index; i < index + count; i++) {
      double sum = 0.25 * (e[i + up] + e[i + up + 1] + e[i + down] + e[i + down + 1]);
      red[i] = inverseRed[i] == 0 ? 0 : sum;
    }
  }
}
