package org.inpaint4j.blend;

import java.util.function.BooleanSupplier;

/**
 * Fills a hole with the surface that bends least: the sum over the whole image of (L u)^2 is least,
 * with L the five-point Laplacian that lets nothing flow across the image's border.
 *
 * <p>On the missing pixels (L^2 u) = 0. This is the system of Damelin and Hoang, <em>On surface
 * completion and image inpainting by biharmonic functions: numerical aspects</em>, 2018, as
 * scikit-image's {@code inpaint_biharmonic} solves it. Conjugate gradients solve it here.
 */
final class Biharmonic {

  private static final double ROUNDING = 1e-15;

  private final BiharmonicSystem system;
  private final ConjugateGradients iteration;

  Biharmonic(HoleGrid grid, PoissonSolver poisson) {
    system = new BiharmonicSystem(new HoleNeighbours(grid, poisson.holeRuns), poisson);
    iteration = new ConjugateGradients(system, ROUNDING);
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
   * @param goesOn asked after each of them
   * @return the value of each missing pixel, in the order of {@link HoleRuns}
   */
  double[] fill(Known known, double tolerance, int maximumCycles, BooleanSupplier goesOn) {
    double[] x = new double[system.length()];
    double[] r = new double[system.length()];
    system.rightHandSide(known, r);
    iteration.solve(r, x, system.dot(r, r), tolerance, maximumCycles, goesOn);
    return x;
  }

  /** The iteration, with the figures of the last fill. */
  ConjugateGradients iteration() {
    return iteration;
  }
}
