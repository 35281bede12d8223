package org.inpaint4j.blend;

import java.util.Arrays;

/**
 * Conjugate gradients on the black pixels, preconditioned by a V-cycle (Tatebe, The multigrid
 * preconditioned conjugate gradient method, 1993).
 *
 * <p>A V-cycle z of a residual is nearly the error itself, so its largest magnitude says how far
 * the solution is off, which the size of a residual does not. The iteration stops when that is
 * small enough, and takes the correction along.
 */
final class ConjugateGradients {

  /** Beyond this the residual is rounding. */
  private static final double ROUNDING = 1e-16;

  private final Hierarchy hierarchy;
  private final FineLevel fine;
  private final Runs runs;
  private final Team team;
  private final double[] p;
  private final double[] q;
  private final double[] z;
  private final double[] rowSum;
  private double[] solution;
  private double[] residual;
  private double factor;

  private final Team.Phase direct = this::direct;
  private final Team.Phase advance = this::advance;

  private int cycles;
  private double relativeResidual;
  private double correction;
  private boolean converged;

  ConjugateGradients(Hierarchy hierarchy, Team team) {
    this.hierarchy = hierarchy;
    this.team = team;
    fine = hierarchy.fine;
    runs = fine.runs;
    p = fine.vector();
    q = fine.vector();
    z = fine.vector();
    rowSum = new double[runs.rows];
    solution = p;
    residual = p;
  }

  /**
   * Solves S x = b.
   *
   * @param right b on the blacks. Modified: becomes the residual.
   * @param x on the blacks, all zero. Modified: the solution.
   * @param tolerance the largest correction at which to stop
   * @param maximumCycles the number of cycles at which to stop in any case
   */
  void solve(double[] right, double[] x, double tolerance, int maximumCycles) {
    cycles = 0;
    relativeResidual = 0;
    correction = 0;
    converged = true;
    residual = right;
    solution = x;
    double rightSquared = 0;
    for (double value : right) {
      rightSquared += value * value;
    }
    if (rightSquared == 0) {
      return;
    }
    Arrays.fill(p, 0);
    double last = 1;
    double beta = 0;
    while (true) {
      double rz = hierarchy.cycle(right, z);
      cycles++;
      correction = fine.largestCorrection();
      converged = correction <= tolerance;
      if (converged || cycles >= maximumCycles) {
        break;
      }
      beta = cycles == 1 ? 0 : rz / last;
      last = rz;
      factor = beta;
      team.run(direct, fine.shares);
      double pq = fine.apply(p, q);
      factor = rz / pq;
      team.run(advance, fine.shares);
      double squared = 0;
      for (double value : rowSum) {
        squared += value;
      }
      relativeResidual = Math.sqrt(squared / rightSquared);
      if (relativeResidual <= ROUNDING) {
        converged = true;
        return;
      }
    }
    if (cycles == 1) {
      relativeResidual = 1;
    }
    for (int i = 0; i < x.length; i++) {
      x[i] += z[i];
    }
  }

  /** p = z + factor p. */
  private void direct(int from, int to) {
    int end = runs.startOfRow(to);
    double beta = factor;
    for (int i = runs.startOfRow(from); i < end; i++) {
      p[i] = z[i] + beta * p[i];
    }
  }

  /** x += factor p, r -= factor q, and the squares of r of each row. */
  private void advance(int from, int to) {
    double[] x = solution;
    double[] r = residual;
    double alpha = factor;
    for (int y = from; y < to; y++) {
      int end = runs.startOfRow(y + 1);
      double sum = 0;
      for (int i = runs.startOfRow(y); i < end; i++) {
        x[i] += alpha * p[i];
        double value = r[i] - alpha * q[i];
        r[i] = value;
        sum += value * value;
      }
      rowSum[y] = sum;
    }
  }

  /** Whether the tolerance was met, or nothing but rounding is left. */
  boolean converged() {
    return converged;
  }

  int cycles() {
    return cycles;
  }

  /** The residual before the last correction, relative to the right-hand side. */
  double relativeResidual() {
    return relativeResidual;
  }

  /** The largest magnitude of the last correction, which was added to the solution. */
  double correction() {
    return correction;
  }
}
