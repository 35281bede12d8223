package org.inpaint4j.blend;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Solves the Poisson system of one hole, for any number of right-hand sides one after another.
 *
 * <p>For each missing pixel: (neighbours in the image) u - sum of the missing neighbours' u = b.
 * Nothing is known beyond the image's border, so nothing flows across it (Neumann); known
 * neighbours are part of b (Dirichlet).
 */
final class PoissonSolver {

  final HoleGrid grid;
  final HoleRuns holeRuns;

  /** The right-hand side on the red pixels before, the solution after {@link #solve}. */
  final double[] red;

  /** The solution on the black pixels. */
  final double[] black;

  /** The right-hand side on the black pixels. Modified by {@link #solve}. */
  final double[] rightBlack;

  private static final double ROUNDING = 1e-16;

  private final Checkerboard board;
  private final RedElimination elimination;
  private final Hierarchy hierarchy;
  private final ConjugateGradients iteration;

  PoissonSolver(HoleGrid grid, Team team) {
    this.grid = grid;
    board = new Checkerboard(grid, team);
    double[] workspace = board.vector();
    elimination = new RedElimination(board, team, workspace);
    hierarchy = new Hierarchy(board, workspace, team);
    iteration =
        new ConjugateGradients(new PoissonSystem(board, elimination, hierarchy, team), ROUNDING);
    holeRuns = board.holeRuns;
    red = board.vector();
    black = board.vector();
    rightBlack = board.vector();
  }

  /** Clears the right-hand side. */
  void clear() {
    Arrays.fill(red, 0);
    Arrays.fill(rightBlack, 0);
  }

  /** The array that holds the right-hand side of a pixel. */
  double[] rightOf(int x, int y) {
    return Checkerboard.Colour.of(x, y) == Checkerboard.Colour.RED ? red : rightBlack;
  }

  /** The array that holds the solution of a pixel. */
  double[] solutionOf(int x, int y) {
    return Checkerboard.Colour.of(x, y) == Checkerboard.Colour.RED ? red : black;
  }

  /**
   * Solves for the right-hand side in {@link #red} and {@link #rightBlack}.
   *
   * @param tolerance the largest correction at which to stop
   * @param maximumCycles the number of cycles at which to stop in any case
   * @param goesOn asked after each cycle
   */
  ConjugateGradients solve(double tolerance, int maximumCycles, BooleanSupplier goesOn) {
    Arrays.fill(black, 0);
    elimination.reduce(red, rightBlack);
    double squared = 0;
    for (double value : rightBlack) {
      squared += value * value;
    }
    iteration.solve(rightBlack, black, squared, tolerance, maximumCycles, goesOn);
    iteration.addCorrection(black);
    elimination.expand(black, red);
    return iteration;
  }

  /**
   * One cycle from zero for the right-hand side in {@link #red} and {@link #rightBlack}: a
   * symmetric approximation of the inverse. The solution is in {@link #red} and {@link #black}.
   */
  void cycle() {
    elimination.reduce(red, rightBlack);
    hierarchy.cycle(rightBlack, black);
    elimination.expand(black, red);
  }

  /** Does something with all rows of the hole, shared out like the work of the solver. */
  void eachRow(Team.Phase work, Team workers) {
    workers.run(work, board.shares);
  }
}
