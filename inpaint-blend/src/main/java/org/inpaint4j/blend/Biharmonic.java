package org.inpaint4j.blend;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The biharmonic system of a hole: the bending energy, the sum over the whole image of (L u)^2, is
 * least, with L the five-point Laplacian that lets nothing flow across the image's border.
 *
 * <p>On the missing pixels (L^2 u) = 0. This is the system of Damelin and Hoang, <em>On surface
 * completion and image inpainting by biharmonic functions: numerical aspects</em>, 2018, as
 * scikit-image's {@code inpaint_biharmonic} solves it.
 *
 * <p>Conjugate gradients, preconditioned by two Poisson cycles one after the other: with A the
 * Poisson system of the hole, its matrix is A^2 plus a term on the pixels beside known ones, so
 * A^-2 is the right smoothness everywhere but there.
 */
final class Biharmonic {

  private static final double ROUNDING = 1e-15;

  private final HoleGrid grid;
  private final PoissonSolver poisson;
  private final int unknowns;

  /** Image index of each unknown, then of each known pixel beside one. */
  private final int[] pixel;

  /** Where each unknown is kept in the arrays of the Poisson solver: 2 * index, plus 1 if red. */
  private final int[] place;

  private final double[] degree;

  /** Four neighbours each; what is neither missing nor beside the hole is the last entry, zero. */
  private final int[] neighbours;

  private final double[] laplacian;
  private int cycles;
  private double relativeResidual;
  private double correction;
  private boolean converged;

  Biharmonic(HoleGrid grid, PoissonSolver poisson) {
    this.grid = grid;
    this.poisson = poisson;
    IntList pixels = new IntList();
    IntList places = new IntList();
    HoleRuns stretches = poisson.holeRuns;
    for (int s = 0; s < stretches.count(); s++) {
      int y = stretches.row[s];
      for (int x = stretches.from[s]; x < stretches.to[s]; x++) {
        pixels.add(grid.imageIndex(x, y));
        places.add(2 * (stretches.origin[s] + (x >> 1)) + (FineLevel.isRed(x, y) ? 1 : 0));
      }
    }
    unknowns = pixels.size();
    place = places.toArray();
    int[] number = new int[(grid.width + 2) * (grid.height + 2)];
    Arrays.fill(number, -1);
    for (int u = 0; u < unknowns; u++) {
      number[local(pixels.get(u))] = u;
    }
    BitSet seen = new BitSet();
    for (int u = 0; u < unknowns; u++) {
      for (int side = 0; side < 4; side++) {
        int q = neighbour(pixels.get(u), side);
        if (q >= 0 && number[local(q)] < 0 && !seen.get(q)) {
          seen.set(q);
          number[local(q)] = pixels.size();
          pixels.add(q);
        }
      }
    }
    pixel = pixels.toArray();
    degree = new double[pixel.length];
    neighbours = new int[4 * pixel.length];
    laplacian = new double[pixel.length + 1];
    for (int i = 0; i < pixel.length; i++) {
      for (int side = 0; side < 4; side++) {
        int q = neighbour(pixel[i], side);
        degree[i] += q >= 0 ? 1 : 0;
        int there = q >= 0 && isNear(q) ? number[local(q)] : -1;
        neighbours[4 * i + side] = there >= 0 ? there : pixel.length;
      }
    }
  }

  /** The image index of a neighbour, or -1 beyond the border. */
  private int neighbour(int p, int side) {
    int x = p % grid.imageWidth;
    int y = p / grid.imageWidth;
    return switch (side) {
      case 0 -> x > 0 ? p - 1 : -1;
      case 1 -> x < grid.imageWidth - 1 ? p + 1 : -1;
      case 2 -> y > 0 ? p - grid.imageWidth : -1;
      default -> y < grid.imageHeight - 1 ? p + grid.imageWidth : -1;
    };
  }

  private boolean isNear(int p) {
    int x = p % grid.imageWidth - grid.left;
    int y = p / grid.imageWidth - grid.top;
    return x >= -1 && y >= -1 && x <= grid.width && y <= grid.height;
  }

  private int local(int p) {
    int x = p % grid.imageWidth - grid.left + 1;
    int y = p / grid.imageWidth - grid.top + 1;
    return y * (grid.width + 2) + x;
  }

  /** A value for each pixel of the image's index. */
  @FunctionalInterface
  interface Known {
    double at(int pixel);
  }

  /**
   * Fills one channel.
   *
   * @param known the image where it is known
   * @param tolerance the largest correction at which to stop
   * @param maximumCycles the number of iterations, of two cycles each, at which to stop in any case
   * @return the value of each unknown, in the order of {@link HoleRuns}
   */
  double[] fill(Known known, double tolerance, int maximumCycles) {
    double[] x = new double[pixel.length + 1];
    double[] r = new double[pixel.length + 1];
    double[] p = new double[pixel.length + 1];
    double[] q = new double[pixel.length + 1];
    double[] z = new double[pixel.length + 1];
    double rightSquared = rightHandSide(known, r);
    cycles = 0;
    correction = 0;
    relativeResidual = 0;
    converged = true;
    double last = 1;
    while (rightSquared > 0) {
      precondition(r, z);
      cycles++;
      double rz = dot(r, z);
      correction = largest(z);
      converged = correction <= tolerance;
      if (converged || cycles >= maximumCycles) {
        break;
      }
      double beta = cycles == 1 ? 0 : rz / last;
      last = rz;
      for (int i = 0; i < unknowns; i++) {
        p[i] = z[i] + beta * p[i];
      }
      apply(p, q);
      double alpha = rz / dot(p, q);
      for (int i = 0; i < unknowns; i++) {
        x[i] += alpha * p[i];
        r[i] -= alpha * q[i];
      }
      relativeResidual = Math.sqrt(dot(r, r) / rightSquared);
      if (relativeResidual <= ROUNDING) {
        converged = true;
        break;
      }
    }
    return x;
  }

  /** r = -(L^2 u) on the unknowns, with u the known image and zero where it is missing. */
  private double rightHandSide(Known known, double[] r) {
    double[] u = new double[pixel.length];
    for (int i = unknowns; i < pixel.length; i++) {
      u[i] = known.at(pixel[i]);
    }
    double[] w = laplacian;
    for (int i = 0; i < pixel.length; i++) {
      double sum = degree[i] * u[i];
      for (int side = 0; side < 4; side++) {
        int n = neighbours[4 * i + side];
        if (n < pixel.length) {
          sum -= u[n];
        } else {
          // A neighbour that is itself not beside the hole, but counts in L u of one that is.
          int there = neighbour(pixel[i], side);
          sum -= there >= 0 ? known.at(there) : 0;
        }
      }
      w[i] = sum;
    }
    gather(w, r);
    double squared = 0;
    for (int i = 0; i < unknowns; i++) {
      r[i] = -r[i];
      squared += r[i] * r[i];
    }
    return squared;
  }

  /** q = L^2 p on the unknowns. */
  private void apply(double[] p, double[] q) {
    gatherAll(p, laplacian, pixel.length);
    gather(laplacian, q);
  }

  private void gather(double[] from, double[] to) {
    gatherAll(from, to, unknowns);
  }

  private void gatherAll(double[] from, double[] to, int count) {
    for (int i = 0, n = 0; i < count; i++, n += 4) {
      to[i] =
          degree[i] * from[i]
              - from[neighbours[n]]
              - from[neighbours[n + 1]]
              - from[neighbours[n + 2]]
              - from[neighbours[n + 3]];
    }
  }

  /** z approximates A^-2 r, by two cycles from zero. */
  private void precondition(double[] r, double[] z) {
    for (int i = 0; i < unknowns; i++) {
      ((place[i] & 1) == 0 ? poisson.rightBlack : poisson.red)[place[i] >> 1] = r[i];
    }
    poisson.cycle();
    for (int i = 0; i < unknowns; i++) {
      if ((place[i] & 1) == 0) {
        poisson.rightBlack[place[i] >> 1] = poisson.black[place[i] >> 1];
      }
    }
    poisson.cycle();
    for (int i = 0; i < unknowns; i++) {
      z[i] = ((place[i] & 1) == 0 ? poisson.black : poisson.red)[place[i] >> 1];
    }
  }

  private double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < unknowns; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private double largest(double[] values) {
    double maximum = 0;
    for (int i = 0; i < unknowns; i++) {
      maximum = Math.max(maximum, Math.abs(values[i]));
    }
    return maximum;
  }

  int cycles() {
    return cycles;
  }

  double relativeResidual() {
    return relativeResidual;
  }

  double correction() {
    return correction;
  }

  boolean converged() {
    return converged;
  }
}
