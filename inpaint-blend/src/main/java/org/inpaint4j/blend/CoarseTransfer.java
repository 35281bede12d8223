package org.inpaint4j.blend;

/** Between two coarse grids: bilinear interpolation, added to the finer solution. */
final class CoarseTransfer extends Transfer {

  private final double[] residual;
  private final double[] solution;
  private final double[] coarseRight;
  private final double[] coarseSolution;
  private final double[] coarseInverse;

  CoarseTransfer(CoarseLevel fine, CoarseLevel coarse, Team team) {
    super(fine.runs, fine.stencils.plainAt, fine.shares, coarse, 2, team);
    residual = fine.residual;
    solution = fine.solution;
    coarseRight = coarse.right;
    coarseSolution = coarse.solution;
    coarseInverse = coarse.stencils.inverse;
  }

  @Override
  void restrict(int index, int count, int above, int here, int below) {
    double[] r = residual;
    for (int j = 0; j < count; j++) {
      int k = 2 * j;
      double corners = r[above + k - 1] + r[above + k + 1] + r[below + k - 1] + r[below + k + 1];
      double edges = r[above + k] + r[here + k - 1] + r[here + k + 1] + r[below + k];
      double sum = r[here + k] + 0.5 * edges + 0.25 * corners;
      coarseRight[index + j] = coarseInverse[index + j] == 0 ? 0 : sum;
    }
  }

  // What is added at places that are no unknowns is never read: no stencil couples to them.

  @Override
  void prolong(int index, int place, int count, int origin) {
    double[] e = coarseSolution;
    double[] x = solution;
    int shift = index - place;
    int end = place + count;
    for (int k = place + (place & 1); k < end; k += 2) {
      x[shift + k] += e[origin + (k >> 1)];
    }
    for (int k = place + 1 - (place & 1); k < end; k += 2) {
      int c = origin + (k >> 1);
      x[shift + k] += 0.5 * (e[c] + e[c + 1]);
    }
  }

  @Override
  void prolong(int index, int place, int count, int above, int below) {
    double[] e = coarseSolution;
    double[] x = solution;
    int shift = index - place;
    int end = place + count;
    for (int k = place + (place & 1); k < end; k += 2) {
      int c = k >> 1;
      x[shift + k] += 0.5 * (e[above + c] + e[below + c]);
    }
    for (int k = place + 1 - (place & 1); k < end; k += 2) {
      int c = k >> 1;
      double sum = e[above + c] + e[above + c + 1] + e[below + c] + e[below + c + 1];
      x[shift + k] += 0.25 * sum;
    }
  }
}
