package org.inpaint4j.blend;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** One biharmonic fill: the solves of its channels, and the finished image. */
final class FillJob {

  private FillJob() {}

  static void checkSomethingIsKnown(ImagePlanes image, Mask mask) {
    checkArgument(
        mask.holeCount() < image.width() * image.height(),
        "a fill must have a known pixel to start from: expected at least 1, found 0 of %s",
        image.width() * image.height());
  }

  /**
   * Fills.
   *
   * @param goesOn asked after each cycle; if not, the result is what was found so far
   */
  static BlendResult biharmonic(
      ImagePlanes image, Mask mask, PoissonOptions options, BooleanSupplier goesOn) {
    long start = System.nanoTime();
    Samples.checkSizes(image, mask);
    checkSomethingIsKnown(image, mask);
    ImagePlanes result = image.copy();
    double correction = 0;
    double relativeResidual = 0;
    int cycles = 0;
    boolean converged = true;
    if (mask.holeCount() > 0) {
      HoleGrid grid = HoleGrid.of(mask);
      int plane = image.width() * image.height();
      try (Team team = Team.of(options.threads(), mask.holeCount())) {
        PoissonSolver poisson = new PoissonSolver(grid, team);
        Biharmonic system = new Biharmonic(grid, poisson);
        for (int c = 0; c < image.channels(); c++) {
          int offset = c * plane;
          double[] filled =
              system.fill(
                  pixel -> Samples.finite("image", image, offset + pixel),
                  options.tolerance(),
                  options.maximumCycles(),
                  goesOn);
          write(filled, grid, poisson.holeRuns, result.samples(), offset);
          ConjugateGradients run = system.iteration();
          correction = Math.max(correction, run.correction());
          relativeResidual = Math.max(relativeResidual, run.relativeResidual());
          cycles = Math.max(cycles, run.cycles());
          converged &= run.converged();
        }
      }
    }
    return new BlendResult(
        result,
        converged,
        correction,
        relativeResidual,
        cycles,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static void write(
      double[] filled, HoleGrid grid, HoleRuns stretches, float[] samples, int offset) {
    int u = 0;
    for (int s = 0; s < stretches.count(); s++) {
      for (int x = stretches.from[s]; x < stretches.to[s]; x++) {
        samples[offset + grid.imageIndex(x, stretches.row[s])] = (float) filled[u++];
      }
    }
  }
}
