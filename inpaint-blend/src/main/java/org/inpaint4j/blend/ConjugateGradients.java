package org.inpaint4j.blend;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Preconditioned conjugate gradients (Hestenes and Stiefel, Methods of conjugate gradients for
 * solving linear systems, 1952).
 *
 * <p>A multigrid cycle is a good preconditioner (Tatebe, The multigrid preconditioned conjugate
 * gradient method, 1993): its result for a residual is nearly the error itself. So the largest
 * magnitude of that result, the correction, says how far the solution is off, which the size of a
 * residual does not. The iteration stops when the correction is small enough.
 */
final class ConjugateGradients {

  private final LinearSystem system;
  private final double rounding;
  private final double[] p;
  private final double[] q;
  private final double[] z;

  private int cycles;
  private double relativeResidual;
  private double correction;
  private boolean converged;
  private boolean corrected;

  /**
   * Makes an iteration.
   *
   * @param system what to solve
   * @param rounding the relative residual below which nothing but rounding is left
   */
  ConjugateGradients(LinearSystem system, double rounding) {
    this.system = system;
    this.rounding = rounding;
    p = new double[system.length()];
    q = new double[system.length()];
    z = new double[system.length()];
  }

  /**
   * Solves A x = b.
   *
   * @param right b. Modified: becomes the residual.
   * @param x all zero. Modified: the solution.
   * @param rightSquared the scalar product of b with itself
   * @param tolerance the largest correction at which to stop
   * @param maximumCycles the number of iterations at which to stop in any case
   * @param goesOn asked after each correction, on this thread; if not, this ends like the maximum
   */
  void solve(
      double[] right,
      double[] x,
      double rightSquared,
      double tolerance,
      int maximumCycles,
      BooleanSupplier goesOn) {
    cycles = 0;
    relativeResidual = 0;
    correction = 0;
    converged = true;
    corrected = false;
    if (rightSquared == 0) {
      return;
    }
    Arrays.fill(p, 0);
    double last = 1;
    while (true) {
      double rz = system.precondition(right, z);
      cycles++;
      correction = system.largestCorrection();
      converged = correction <= tolerance;
      if (converged || cycles >= maximumCycles || !goesOn.getAsBoolean()) {
        corrected = true;
        return;
      }
      double beta = cycles == 1 ? 0 : rz / last;
      last = rz;
      system.direct(p, z, beta);
      double alpha = rz / system.multiply(p, q);
      relativeResidual = Math.sqrt(system.advance(x, right, p, q, alpha) / rightSquared);
      if (relativeResidual <= rounding) {
        converged = true;
        return;
      }
    }
  }

  /**
   * Adds the last correction to the solution, which is closer then by about that much. Does nothing
   * if the iteration did not end with a correction.
   *
   * @param x the solution. Modified.
   */
  void addCorrection(double[] x) {
    if (corrected) {
      for (int i = 0; i < x.length; i++) {
        x[i] += z[i];
      }
    }
  }

  /** Whether the tolerance was met, or nothing but rounding is left. */
  boolean converged() {
    return converged;
  }

  int cycles() {
    return cycles;
  }

  /** The size of the residual before the last correction, relative to the right-hand side. */
  double relativeResidual() {
    return corrected && cycles == 1 ? 1 : relativeResidual;
  }

  /** The largest magnitude of the last correction. */
  double correction() {
    return correction;
  }
}
