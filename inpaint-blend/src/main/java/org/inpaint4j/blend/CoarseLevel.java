package org.inpaint4j.blend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One coarse grid, and a V-cycle from it downwards.
 *
 * <p>The smoother is Gauss-Seidel in four colours: even and odd rows, and in each of them even and
 * odd columns. Nodes of one colour do not depend on each other, so the result does not depend on
 * the number of threads. After the correction the colours are visited in reverse order. This makes
 * the cycle symmetric, as conjugate gradients require of a preconditioner.
 */
final class CoarseLevel {

  final Runs runs;
  final Stencils stencils;
  final double[] right;
  final double[] solution;
  final double[] residual;
  final Team.Shares shares;
  private final Team team;
  private final Links around;

  private @Nullable CoarseLevel next;
  private @Nullable CoarseTransfer transfer;
  private @Nullable DenseCholesky direct;
  private int[] unknowns = new int[0];

  private final Team.Phase forwardEven = (from, to) -> relaxRows(from, to, 0, true);
  private final Team.Phase forwardOdd = (from, to) -> relaxRows(from, to, 1, true);
  private final Team.Phase backwardEven = (from, to) -> relaxRows(from, to, 0, false);
  private final Team.Phase backwardOdd = (from, to) -> relaxRows(from, to, 1, false);
  private final Team.Phase residualRows = this::residualRows;

  CoarseLevel(Runs runs, Stencils stencils, Team team) {
    this.runs = runs;
    this.stencils = stencils;
    this.team = team;
    right = new double[runs.length];
    solution = new double[runs.length];
    residual = new double[runs.length];
    shares = Team.Shares.of(runs, team.threads());
    around = Links.beside(runs, stencils.plainAt);
  }

  /** Makes a coarser grid correct this one. */
  void correctWith(CoarseLevel coarser) {
    next = coarser;
    transfer = new CoarseTransfer(this, coarser, team);
  }

  /** Makes this the coarsest grid, which is solved directly. */
  void solveDirectly(Grid grid) {
    int n = grid.count();
    int[] indexOf = new int[grid.width() * grid.height()];
    unknowns = new int[n];
    int[] nodes = grid.unknowns().stream().toArray();
    int[] number = new int[runs.length];
    for (int y = 0; y < runs.rows; y++) {
      for (int run = runs.ofRow[y]; run < runs.ofRow[y + 1]; run++) {
        for (int x = runs.from[run]; x < runs.to[run]; x++) {
          indexOf[y * grid.width() + x] = runs.origin[run] + x;
        }
      }
    }
    for (int u = 0; u < n; u++) {
      unknowns[u] = indexOf[nodes[u]];
      number[unknowns[u]] = u;
    }
    double[] matrix = new double[n * n];
    for (int y = 0; y < runs.rows; y++) {
      for (int g = around.ofRow[y]; g < around.ofRow[y + 1]; g++) {
        int down = around.below(g);
        for (int i = around.index[g]; i < around.index[g] + around.count[g]; i++) {
          if (stencils.centre[i] != 0) {
            matrix[number[i] * n + number[i]] = stencils.centre[i];
            couple(matrix, n, number, i, i + 1, stencils.east[i]);
            couple(matrix, n, number, i, i + down, stencils.south[i]);
            couple(matrix, n, number, i, i + down + 1, stencils.southEast[i]);
            couple(matrix, n, number, i, i + down - 1, stencils.southWest[i]);
          }
        }
      }
    }
    direct = new DenseCholesky(n, matrix);
  }

  private static void couple(double[] matrix, int n, int[] number, int i, int j, double coupling) {
    if (coupling != 0) {
      matrix[number[i] * n + number[j]] = -coupling;
      matrix[number[j] * n + number[i]] = -coupling;
    }
  }

  /** Computes {@link #solution} from {@link #right}: exactly at the bottom, else by one V-cycle. */
  void solve() {
    if (direct != null) {
      direct.solve(unknowns, right, solution);
      return;
    }
    Arrays.fill(solution, 0);
    team.run(forwardEven, shares);
    team.run(forwardOdd, shares);
    if (next != null && transfer != null) {
      team.run(residualRows, shares);
      transfer.restrict();
      next.solve();
      transfer.prolong();
    }
    team.run(backwardOdd, shares);
    team.run(backwardEven, shares);
  }

  private void relaxRows(int from, int to, int oddRows, boolean forward) {
    for (int y = from + ((from ^ oddRows) & 1); y < to; y += 2) {
      relaxRow(y, forward ? 0 : 1);
      relaxRow(y, forward ? 1 : 0);
    }
  }

  private void relaxRow(int y, int oddColumns) {
    for (int g = around.ofRow[y]; g < around.ofRow[y + 1]; g++) {
      int index = around.index[g];
      int first = index + ((around.place[g] ^ oddColumns) & 1);
      int end = index + around.count[g];
      int up = around.above(g);
      int down = around.below(g);
      if (around.plain[g]) {
        relaxPlain(right, solution, stencils.plain, first, end, up, down);
      } else {
        relaxAny(right, solution, stencils, first, end, up, down);
      }
    }
  }

  private static void relaxPlain(
      double[] b, double[] x, Stencils.Plain plain, int first, int end, int up, int down) {
    double inverse = 1 / plain.centre();
    double edge = plain.edge();
    double corner = plain.corner();
    for (int i = first; i < end; i += 2) {
      double edges = x[i - 1] + x[i + 1] + x[i + up] + x[i + down];
      double corners = x[i + up - 1] + x[i + up + 1] + x[i + down - 1] + x[i + down + 1];
      x[i] = inverse * (b[i] + edge * edges + corner * corners);
    }
  }

  private static void relaxAny(
      double[] b, double[] x, Stencils stencils, int first, int end, int up, int down) {
    double[] inverse = stencils.inverse;
    double[] e = stencils.east;
    double[] s = stencils.south;
    double[] se = stencils.southEast;
    double[] sw = stencils.southWest;
    for (int i = first; i < end; i += 2) {
      x[i] = inverse[i] * (b[i] + neighbours(x, e, s, se, sw, i, up, down));
    }
  }

  private static double neighbours(
      double[] x, double[] e, double[] s, double[] se, double[] sw, int i, int up, int down) {
    return e[i] * x[i + 1]
        + e[i - 1] * x[i - 1]
        + s[i] * x[i + down]
        + s[i + up] * x[i + up]
        + se[i] * x[i + down + 1]
        + se[i + up - 1] * x[i + up - 1]
        + sw[i] * x[i + down - 1]
        + sw[i + up + 1] * x[i + up + 1];
  }

  private void residualRows(int from, int to) {
    double[] x = solution;
    for (int y = from; y < to; y++) {
      for (int g = around.ofRow[y]; g < around.ofRow[y + 1]; g++) {
        int index = around.index[g];
        int end = index + around.count[g];
        int up = around.above(g);
        int down = around.below(g);
        if (around.plain[g]) {
          residualPlain(right, x, residual, stencils.plain, index, end, up, down);
        } else {
          for (int i = index; i < end; i++) {
            residual[i] =
                right[i]
                    - stencils.centre[i] * x[i]
                    + neighbours(
                        x,
                        stencils.east,
                        stencils.south,
                        stencils.southEast,
                        stencils.southWest,
                        i,
                        up,
                        down);
          }
        }
      }
    }
  }

  private static void residualPlain(
      double[] b,
      double[] x,
      double[] r,
      Stencils.Plain plain,
      int first,
      int end,
      int up,
      int down) {
    double centre = plain.centre();
    double edge = plain.edge();
    double corner = plain.corner();
    for (int i = first; i < end; i++) {
      double edges = x[i - 1] + x[i + 1] + x[i + up] + x[i + down];
      double corners = x[i + up - 1] + x[i + up + 1] + x[i + down - 1] + x[i + down + 1];
      r[i] = b[i] - centre * x[i] + edge * edges + corner * corners;
    }
  }
}
