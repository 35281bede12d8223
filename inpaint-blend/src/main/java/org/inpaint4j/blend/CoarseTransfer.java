package org.inpaint4j.blend;

/** Between two coarse grids: bilinear interpolation and its transpose. */
final class CoarseTransfer {

  private final CoarseLevel fine;
  private final CoarseLevel coarse;
  private final Team team;

  /** For each coarse row the fine rows above, at and below it. */
  private final Links down;

  /** For each fine row the coarse rows that it is interpolated from. */
  private final Links up;

  private final Team.Phase restrictRows = this::restrictRows;
  private final Team.Phase prolongRows = this::prolongRows;

  CoarseTransfer(CoarseLevel fine, CoarseLevel coarse, Team team) {
    this.fine = fine;
    this.coarse = coarse;
    this.team = team;
    down =
        Links.between(
            coarse.runs,
            coarse.stencils.plainAt,
            new Links.Companion(fine.runs, 2, -1, 0, 1),
            new Links.Companion(fine.runs, 2, 0, 0, 1),
            new Links.Companion(fine.runs, 2, 1, 0, 1));
    up =
        Links.between(
            fine.runs,
            fine.stencils.plainAt,
            new Links.Companion(coarse.runs, 1, 0, 1, -1),
            new Links.Companion(coarse.runs, 1, 1, 1, -1));
  }

  /** Sets the coarse right-hand side from the finer residual. */
  void restrict() {
    team.run(restrictRows, coarse.shares);
  }

  private void restrictRows(int from, int to) {
    double[] r = fine.residual;
    double[] b = coarse.right;
    double[] inverse = coarse.stencils.inverse;
    for (int y = from; y < to; y++) {
      for (int g = down.ofRow[y]; g < down.ofRow[y + 1]; g++) {
        int first = down.index[g];
        int count = down.count[g];
        int place = 2 * down.place[g];
        int above = down.origin[0][g] + place;
        int here = down.origin[1][g] + place;
        int below = down.origin[2][g] + place;
        for (int j = 0; j < count; j++) {
          int k = 2 * j;
          double corners =
              r[above + k - 1] + r[above + k + 1] + r[below + k - 1] + r[below + k + 1];
          double edges = r[above + k] + r[here + k - 1] + r[here + k + 1] + r[below + k];
          double sum = r[here + k] + 0.5 * edges + 0.25 * corners;
          b[first + j] = inverse[first + j] == 0 ? 0 : sum;
        }
      }
    }
  }

  /** Adds the interpolated coarse solution to the finer one. */
  void prolong() {
    team.run(prolongRows, fine.shares);
  }

  private void prolongRows(int from, int to) {
    double[] e = coarse.solution;
    double[] x = fine.solution;
    for (int y = from; y < to; y++) {
      double half = (y & 1) == 0 ? 1 : 0.5;
      for (int g = up.ofRow[y]; g < up.ofRow[y + 1]; g++) {
        int place = up.place[g];
        int shift = up.index[g] - place;
        int end = place + up.count[g];
        int above = up.origin[0][g];
        int below = up.origin[1][g];
        boolean two = (y & 1) != 0;
        // What is added at places that are no unknowns is never read: no stencil couples to them.
        for (int k = place + (place & 1); k < end; k += 2) {
          int c = k >> 1;
          x[shift + k] += two ? half * (e[above + c] + e[below + c]) : e[above + c];
        }
        for (int k = place + 1 - (place & 1); k < end; k += 2) {
          int c = k >> 1;
          double sum = e[above + c] + e[above + c + 1];
          x[shift + k] += 0.5 * (two ? half * (sum + e[below + c] + e[below + c + 1]) : sum);
        }
      }
    }
  }
}
