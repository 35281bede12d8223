package org.inpaint4j.blend;

import java.util.BitSet;

/**
 * The equations of a coarse grid by the Galerkin product P^T A P, with P bilinear interpolation.
 *
 * <p>On finer nodes that a coarse node lies on, P is the identity. On the others it is the mean of
 * the two or four coarse nodes around, where a known node counts as zero. The columns of P are
 * linearly independent, so the equations of all levels are positive definite. Thin, ragged and
 * scattered holes keep their stiffness in the coarse equations. This bounds the number of cycles
 * (Trottenberg, Oosterlee and Schueller, Multigrid, 2001, section 2.8.4 and appendix A).
 *
 * <p>A stencil couples a node with the eight nodes around it. Stencils are symmetric, so each
 * stores its couplings to the right and below only. Inside a hole all stencils are equal: a plain
 * node gets that one stencil without a computation of its own.
 */
final class Stencils implements StencilRow.Source {

  /** The stencil of the inside of a hole; couplings are positive. */
  record Plain(double centre, double edge, double corner) {

    /** Of the five-point Laplacian. */
    static final Plain LAPLACIAN = new Plain(4, 1, 0);

    Plain coarser() {
      StencilRow[] rows = new StencilRow[3];
      for (int a = 0; a < 3; a++) {
        rows[a] = new StencilRow(5);
        for (int i = 0; i < rows[a].centre.length; i++) {
          rows[a].centre[i] = centre;
          rows[a].east[i] = edge;
          rows[a].south[i] = edge;
          rows[a].southEast[i] = corner;
          rows[a].southWest[i] = corner;
        }
      }
      Product product = new Product();
      product.compute(rows, 2 + StencilRow.MARGIN);
      return new Plain(product.centre(), product.east(), product.southEast());
    }
  }

  private final Grid grid;
  private final Runs runs;
  final Plain plain;
  final boolean[] plainAt;
  final double[] centre;
  final double[] inverse;
  final double[] east;
  final double[] south;
  final double[] southEast;
  final double[] southWest;

  Stencils(
      Grid grid, Runs runs, Plain finerPlain, StencilRow.Source finer, int finerWidth, Team team) {
    this.grid = grid;
    this.runs = runs;
    plain = finerPlain.coarser();
    plainAt = new boolean[runs.length];
    centre = new double[runs.length];
    inverse = new double[runs.length];
    east = new double[runs.length];
    south = new double[runs.length];
    southEast = new double[runs.length];
    southWest = new double[runs.length];
    team.run(
        (from, to) -> build(from, to, finer, finerWidth), Team.Shares.of(runs, team.threads()));
  }

  private void build(int fromRow, int toRow, StencilRow.Source finer, int finerWidth) {
    StencilRow[] rows = new StencilRow[3];
    for (int a = 0; a < 3; a++) {
      rows[a] = new StencilRow(finerWidth);
    }
    Product product = new Product();
    finer.load(2 * fromRow - 1, rows[2]);
    for (int y = fromRow; y < toRow; y++) {
      StencilRow first = rows[0];
      rows[0] = rows[2];
      rows[2] = first;
      for (int a = 1; a < 3; a++) {
        rows[a].clear();
        finer.load(2 * y - 1 + a, rows[a]);
      }
      buildRow(y, rows, product);
    }
  }

  private void buildRow(int y, StencilRow[] rows, Product product) {
    int row = y * grid.width();
    BitSet unknowns = grid.unknowns();
    boolean last = y == grid.height() - 1;
    for (int run = runs.ofRow[y]; run < runs.ofRow[y + 1]; run++) {
      for (int x = runs.from[run]; x < runs.to[run]; x++) {
        if (!unknowns.get(row + x)) {
          continue;
        }
        int i = runs.origin[run] + x;
        if (grid.plain().get(row + x)) {
          plainAt[i] = true;
          centre[i] = plain.centre;
          east[i] = plain.edge;
          south[i] = plain.edge;
          southEast[i] = plain.corner;
          southWest[i] = plain.corner;
        } else {
          boolean right = x + 1 < grid.width();
          product.compute(rows, 2 * x + StencilRow.MARGIN);
          centre[i] = product.centre();
          east[i] = right && unknowns.get(row + x + 1) ? product.east() : 0;
          if (!last) {
            int below = row + grid.width() + x;
            south[i] = unknowns.get(below) ? product.south() : 0;
            southEast[i] = right && unknowns.get(below + 1) ? product.southEast() : 0;
            southWest[i] = x > 0 && unknowns.get(below - 1) ? product.southWest() : 0;
          }
        }
        inverse[i] = 1 / centre[i];
      }
    }
  }

  @Override
  public void load(int y, StencilRow target) {
    if (y < 0 || y >= runs.rows) {
      return;
    }
    for (int run = runs.ofRow[y]; run < runs.ofRow[y + 1]; run++) {
      int from = runs.origin[run] + runs.from[run];
      int to = runs.from[run] + StencilRow.MARGIN;
      int count = runs.to[run] - runs.from[run];
      System.arraycopy(centre, from, target.centre, to, count);
      System.arraycopy(east, from, target.east, to, count);
      System.arraycopy(south, from, target.south, to, count);
      System.arraycopy(southEast, from, target.southEast, to, count);
      System.arraycopy(southWest, from, target.southWest, to, count);
    }
  }

  /**
   * One column of the product: v = A P e of a coarse node, and its products with the neighbours.
   */
  private static final class Product {

    private static final double[] HAT = {0, 0.5, 1, 0.5, 0};

    /** P e in rows 2J - 1 to 2J + 2 and columns 2I - 2 to 2I + 2. */
    private final double[] w = new double[4 * 5];

    /** A P e, as far as these rows know it: all that the neighbours below and right need. */
    private final double[] v = new double[4 * 5];

    void compute(StencilRow[] rows, int column) {
      for (int a = 0; a < 3; a++) {
        double[] centre = rows[a].centre;
        for (int b = 1; b < 4; b++) {
          w[5 * a + b] = centre[column + b - 2] != 0 ? HAT[a + 1] * HAT[b] : 0;
        }
      }
      for (int i = 0; i < v.length; i++) {
        v[i] = 0;
      }
      for (int a = 0; a < 3; a++) {
        StencilRow row = rows[a];
        for (int b = 0; b < 5; b++) {
          int i = 5 * a + b;
          int x = column + b - 2;
          v[i] += row.centre[x] * w[i];
          couple(i, i + 5, row.south[x]);
          if (b < 4) {
            couple(i, i + 1, row.east[x]);
            couple(i, i + 6, row.southEast[x]);
          }
          if (b > 0) {
            couple(i, i + 4, row.southWest[x]);
          }
        }
      }
    }

    private void couple(int i, int j, double coupling) {
      v[i] -= coupling * w[j];
      v[j] -= coupling * w[i];
    }

    double centre() {
      double sum = 0;
      for (int i = 0; i < 15; i++) {
        sum += w[i] * v[i];
      }
      return sum;
    }

    double east() {
      return -(0.5 * (0.5 * v[3] + v[4]) + 0.5 * v[8] + v[9] + 0.5 * (0.5 * v[13] + v[14]));
    }

    double south() {
      return -(0.5 * (0.5 * v[11] + v[12] + 0.5 * v[13]) + 0.5 * v[16] + v[17] + 0.5 * v[18]);
    }

    double southEast() {
      return -(0.5 * (0.5 * v[13] + v[14]) + 0.5 * v[18] + v[19]);
    }

    double southWest() {
      return -(0.5 * (0.5 * v[11] + v[10]) + 0.5 * v[16] + v[15]);
    }
  }
}
