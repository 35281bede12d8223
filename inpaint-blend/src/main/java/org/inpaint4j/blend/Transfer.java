package org.inpaint4j.blend;

/**
 * Moves vectors between a grid and the next coarser one: restriction downwards, which is the
 * transpose of interpolation, and interpolation upwards.
 *
 * <p>Coarse row J lies on fine row 2J. A fine row with an even number is interpolated from the one
 * coarse row that lies on it, a fine row with an odd number from the two coarse rows around it.
 */
abstract class Transfer {

  private final Team team;
  private final Team.Shares fineShares;
  private final CoarseLevel coarse;
  private final int finePlaces;

  /** For each coarse row the fine rows above, at and below it. */
  private final Links down;

  /** For each fine row the coarse rows that it is interpolated from. */
  private final Links up;

  private final Team.Phase restrictRows = this::restrictRows;
  private final Team.Phase prolongRows = this::prolongRows;

  /**
   * Makes a transfer.
   *
   * @param fineRuns the numbering of the finer grid
   * @param finePlain of each fine index whether the place there is plain. Not modified.
   * @param fineShares how the rows of the finer grid are shared out
   * @param coarse the coarser grid
   * @param finePlaces the number of fine places for each coarse place: 2, or 1 where a fine place
   *     is a pair of pixels
   * @param team who computes
   */
  Transfer(
      Runs fineRuns,
      boolean[] finePlain,
      Team.Shares fineShares,
      CoarseLevel coarse,
      int finePlaces,
      Team team) {
    this.team = team;
    this.fineShares = fineShares;
    this.coarse = coarse;
    this.finePlaces = finePlaces;
    down =
        Links.between(
            coarse.runs,
            coarse.stencils.plainAt,
            Links.Companion.finer(fineRuns, -1, finePlaces),
            Links.Companion.finer(fineRuns, 0, finePlaces),
            Links.Companion.finer(fineRuns, 1, finePlaces));
    up =
        Links.between(
            fineRuns,
            finePlain,
            Links.Companion.coarser(coarse.runs, 0, finePlaces),
            Links.Companion.coarser(coarse.runs, 1, finePlaces));
  }

  /** Sets the coarse right-hand side from the residual of the finer grid. */
  final void restrict() {
    team.run(restrictRows, coarse.shares);
  }

  /** Interpolates the coarse solution to the finer grid. */
  final void prolong() {
    team.run(prolongRows, fineShares);
  }

  private void restrictRows(int from, int to) {
    for (int y = from; y < to; y++) {
      for (int g = down.ofRow[y]; g < down.ofRow[y + 1]; g++) {
        int place = finePlaces * down.place[g];
        restrict(
            down.index[g],
            down.count[g],
            down.origin[0][g] + place,
            down.origin[1][g] + place,
            down.origin[2][g] + place);
      }
    }
  }

  private void prolongRows(int from, int to) {
    for (int y = from; y < to; y++) {
      for (int g = up.ofRow[y]; g < up.ofRow[y + 1]; g++) {
        int index = up.index[g];
        int place = up.place[g];
        int count = up.count[g];
        if ((y & 1) == 0) {
          prolong(index, place, count, up.origin[0][g]);
        } else {
          prolong(index, place, count, up.origin[0][g], up.origin[1][g]);
        }
      }
    }
  }

  /**
   * Sets the coarse right-hand side in one segment.
   *
   * @param index the index of the first coarse place
   * @param count the number of coarse places
   * @param above the index of the first fine place in the row above
   * @param here the index of the first fine place in the row that the coarse row lies on
   * @param below the index of the first fine place in the row below
   */
  abstract void restrict(int index, int count, int above, int here, int below);

  /**
   * Interpolates one segment of a fine row that a coarse row lies on.
   *
   * @param index the index of the first fine place
   * @param place the first fine place
   * @param count the number of fine places
   * @param origin the index of place 0 of the coarse row
   */
  abstract void prolong(int index, int place, int count, int origin);

  /**
   * Interpolates one segment of a fine row between two coarse rows.
   *
   * @param index the index of the first fine place
   * @param place the first fine place
   * @param count the number of fine places
   * @param above the index of place 0 of the coarse row above
   * @param below the index of place 0 of the coarse row below
   */
  abstract void prolong(int index, int place, int count, int above, int below);
}
