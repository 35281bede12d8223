package org.inpaint4j.blend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The grids of one hole and the V-cycle over them, built once and used for all channels. */
final class Hierarchy {

  /** With fewer unknowns a dense factorisation costs less than another level. */
  private static final int DIRECT_UNKNOWNS = 60;

  private final RedBlackSmoother smoother;
  private final @Nullable CoarseLevel coarse;
  private final @Nullable FineTransfer transfer;

  /** On the reds: what the smoother and the transfer exchange. */
  private final double[] red;

  /**
   * Makes the levels.
   *
   * @param board the pixels
   * @param red workspace on the reds. Modified by each call.
   * @param team who computes
   */
  Hierarchy(Checkerboard board, double[] red, Team team) {
    this.red = red;
    HoleGrid hole = board.grid;
    smoother = new RedBlackSmoother(board, team, red);
    List<CoarseLevel> levels = new ArrayList<>();
    Grid finer = Grid.of(hole);
    StencilRow.Source source = StencilRow.of(hole, board.holeRuns);
    Stencils.Plain plain = Stencils.Plain.LAPLACIAN;
    boolean bottom = false;
    while (!bottom) {
      Grid grid = finer.coarser();
      int count = grid.count();
      if (count == 0) {
        // All coarse nodes are known. The hole is so finely scattered that smoothing is enough.
        break;
      }
      Runs runs = Runs.of(grid.unknowns(), grid.width(), grid.height(), 1);
      Stencils stencils = new Stencils(grid, runs, plain, source, finer.width(), team);
      CoarseLevel level = new CoarseLevel(runs, stencils, team);
      if (!levels.isEmpty()) {
        levels.get(levels.size() - 1).correctWith(level);
      }
      levels.add(level);
      bottom = count <= DIRECT_UNKNOWNS;
      if (bottom) {
        level.solveDirectly(grid);
      }
      finer = grid;
      source = stencils;
      plain = stencils.plain;
    }
    coarse = levels.isEmpty() ? null : levels.get(0);
    transfer = coarse == null ? null : new FineTransfer(board, red, coarse, team);
  }

  /**
   * One V-cycle: z approximates S^-1 r.
   *
   * @param r a residual on the blacks. Not modified.
   * @param z on the blacks. Modified.
   * @return the scalar product of r and z
   */
  double cycle(double[] r, double[] z) {
    if (coarse == null || transfer == null) {
      Arrays.fill(red, 0);
      return smoother.after(r, z);
    }
    smoother.before(r);
    transfer.restrict();
    coarse.solve();
    transfer.prolong();
    return smoother.after(r, z);
  }

  /** The largest magnitude in the last result of {@link #cycle}. */
  double largestCorrection() {
    return smoother.largestCorrection();
  }
}
