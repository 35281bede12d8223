package org.inpaint4j.blend;

/** Between the reds of the hole's pixels and the first coarse grid. */
final class FineTransfer {

  private final FineLevel fine;
  private final CoarseLevel coarse;
  private final Team team;

  /** For each coarse row the fine rows above, at and below it. */
  private final Links down;

  /** For each fine row the coarse rows that its reds are interpolated from. */
  private final Links up;

  private final Team.Phase restrictRows = this::restrictRows;
  private final Team.Phase prolongRows = this::prolongRows;

  FineTransfer(FineLevel fine, CoarseLevel coarse, Team team) {
    this.fine = fine;
    this.coarse = coarse;
    this.team = team;
    down =
        Links.between(
            coarse.runs,
            coarse.stencils.plainAt,
            new Links.Companion(fine.runs, 2, -1, 0, 0),
            new Links.Companion(fine.runs, 2, 0, 0, 0),
            new Links.Companion(fine.runs, 2, 1, 0, 0));
    up =
        Links.between(
            fine.runs,
            fine.plainAt,
            new Links.Companion(coarse.runs, 1, 0, 1, 0),
            new Links.Companion(coarse.runs, 1, 1, 1, 0));
  }

  /**
   * The coarse right-hand side: the transpose of interpolation, of a residual that is zero on the
   * blacks.
   */
  void restrict() {
    team.run(restrictRows, coarse.shares);
  }

  private void restrictRows(int from, int to) {
    double[] r = fine.red;
    double[] b = coarse.right;
    double[] inverse = coarse.stencils.inverse;
    for (int y = from; y < to; y++) {
      for (int g = down.ofRow[y]; g < down.ofRow[y + 1]; g++) {
        int first = down.index[g];
        int end = first + down.count[g];
        int shift = down.place[g] - first;
        int above = down.origin[0][g] + shift;
        int here = down.origin[1][g] + shift;
        int below = down.origin[2][g] + shift;
        for (int i = first; i < end; i++) {
          double sum =
              r[i + here]
                  + 0.25 * (r[i + above - 1] + r[i + above] + r[i + below - 1] + r[i + below]);
          b[i] = inverse[i] == 0 ? 0 : sum;
        }
      }
    }
  }

  /** Interpolates the coarse solution to the reds. */
  void prolong() {
    team.run(prolongRows, fine.shares);
  }

  private void prolongRows(int from, int to) {
    double[] e = coarse.solution;
    double[] t = fine.red;
    double[] inverse = fine.inverseRed;
    for (int y = from; y < to; y++) {
      for (int g = up.ofRow[y]; g < up.ofRow[y + 1]; g++) {
        int first = up.index[g];
        int end = first + up.count[g];
        int above = up.origin[0][g] + up.place[g] - first;
        int below = up.origin[1][g] + up.place[g] - first;
        if ((y & 1) == 0) {
          for (int i = first; i < end; i++) {
            t[i] = inverse[i] == 0 ? 0 : e[i + above];
          }
        } else {
          for (int i = first; i < end; i++) {
            double sum = 0.25 * (e[i + above] + e[i + above + 1] + e[i + below] + e[i + below + 1]);
            t[i] = inverse[i] == 0 ? 0 : sum;
          }
        }
      }
    }
  }
}
