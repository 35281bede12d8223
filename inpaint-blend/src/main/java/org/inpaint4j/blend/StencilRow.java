package org.inpaint4j.blend;

import java.util.Arrays;

/**
 * The equations of one row of a grid, spread out over the columns, so that a node is found without
 * a search. Column x has index x + {@link #MARGIN}. Where there is no unknown, all values are zero.
 */
final class StencilRow {

  static final int MARGIN = 3;

  /** The diagonal. */
  final double[] centre;

  /** Couplings to the right, below, below right and below left, positive for a Laplacian. */
  final double[] east;

  final double[] south;
  final double[] southEast;
  final double[] southWest;

  StencilRow(int width) {
    int length = width + 2 * MARGIN + 2;
    centre = new double[length];
    east = new double[length];
    south = new double[length];
    southEast = new double[length];
    southWest = new double[length];
  }

  void clear() {
    Arrays.fill(centre, 0);
    Arrays.fill(east, 0);
    Arrays.fill(south, 0);
    Arrays.fill(southEast, 0);
    Arrays.fill(southWest, 0);
  }

  /** The equations of a level, row by row. */
  @FunctionalInterface
  interface Source {
    /** Writes a row into a cleared {@code target}; a row outside the grid leaves it so. */
    void load(int y, StencilRow target);
  }

  /** The equations of the hole's pixels: neighbours in the image minus missing neighbours. */
  static Source of(HoleGrid grid, HoleRuns stretches) {
    return (y, target) -> {
      if (y < 0 || y >= grid.height) {
        return;
      }
      for (int s = stretches.ofRow[y]; s < stretches.ofRow[y + 1]; s++) {
        int from = stretches.from[s];
        int to = stretches.to[s];
        for (int x = from; x < to; x++) {
          target.centre[x + MARGIN] = grid.degree(x, y);
        }
        Arrays.fill(target.east, from + MARGIN, to - 1 + MARGIN, 1);
      }
      if (y + 1 < grid.height) {
        // Two pixels are coupled if both are missing.
        for (int s = stretches.ofRow[y + 1]; s < stretches.ofRow[y + 2]; s++) {
          for (int x = stretches.from[s]; x < stretches.to[s]; x++) {
            target.south[x + MARGIN] = target.centre[x + MARGIN] != 0 ? 1 : 0;
          }
        }
      }
    };
  }
}
