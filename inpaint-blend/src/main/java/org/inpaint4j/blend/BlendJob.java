package org.inpaint4j.blend;

import java.time.Duration;
import java.util.BitSet;
import org.inpaint4j.ImagePlanes;
import org.inpaint4j.Mask;

/** One blend: right-hand sides, solves, and the finished image. */
final class BlendJob {

  private final ImagePlanes image;
  private final Sources sources;
  private final HoleGrid grid;
  private final PoissonOptions options;

  /** The whole image is missing: one pixel is held, and the level is set afterwards. */
  private final boolean floating;

  private boolean converged = true;
  private double correction;
  private double relativeResidual;
  private int cycles;

  private BlendJob(ImagePlanes image, Sources sources, Mask mask, PoissonOptions options) {
    this.image = image;
    this.sources = sources;
    this.options = options;
    BitSet hole = mask.holeBits();
    floating = mask.holeCount() == image.width() * image.height();
    if (floating) {
      hole.clear(0);
    }
    grid = HoleGrid.of(image.width(), image.height(), hole);
  }

  static BlendResult run(
      ImagePlanes image, ImagePlanes filling, Mask mask, PoissonOptions options) {
    long start = System.nanoTime();
    Samples.checkSizes(image, filling);
    Samples.checkSizes(image, mask);
    ImagePlanes result = image.copy();
    if (mask.holeCount() == 0) {
      return new BlendResult(result, true, 0, 0, 0, since(start));
    }
    Sources sources = new Sources(image, filling, options.guidance());
    if (mask.holeCount() == 1 && image.width() * image.height() == 1) {
      for (int c = 0; c < image.channels(); c++) {
        result.samples()[c] = (float) sources.fillingMean(c);
      }
      return new BlendResult(result, true, 0, 0, 0, since(start));
    }
    BlendJob job = new BlendJob(image, sources, mask, options);
    job.solve(result);
    return new BlendResult(
        result, job.converged, job.correction, job.relativeResidual, job.cycles, since(start));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void solve(ImagePlanes result) {
    try (Team team = Team.of(options.threads(), grid.hole.cardinality())) {
      PoissonSolver solver = new PoissonSolver(grid, team);
      for (int c = 0; c < image.channels(); c++) {
        solver.clear();
        setRightHandSide(solver, c);
        ConjugateGradients run = solver.solve(options.tolerance(), options.maximumCycles());
        converged &= run.converged();
        correction = Math.max(correction, run.correction());
        relativeResidual = Math.max(relativeResidual, run.relativeResidual());
        cycles = Math.max(cycles, run.cycles());
        write(solver, c, result);
      }
    }
  }

  private void setRightHandSide(PoissonSolver solver, int c) {
    HoleRuns stretches = solver.holeRuns;
    for (int s = 0; s < stretches.count(); s++) {
      int y = stretches.row[s];
      int origin = stretches.origin[s];
      for (int x = stretches.from[s]; x < stretches.to[s]; x++) {
        int pixel = grid.imageIndex(x, y);
        double right = 0;
        if (grid.left + x > 0) {
          right += term(c, pixel, pixel - 1, grid.isHole(x - 1, y));
        }
        if (grid.left + x < image.width() - 1) {
          right += term(c, pixel, pixel + 1, grid.isHole(x + 1, y));
        }
        if (grid.top + y > 0) {
          right += term(c, pixel, pixel - image.width(), grid.isHole(x, y - 1));
        }
        if (grid.top + y < image.height() - 1) {
          right += term(c, pixel, pixel + image.width(), grid.isHole(x, y + 1));
        }
        solver.rightOf(x, y)[origin + (x >> 1)] = right;
      }
    }
  }

  /** What one neighbour adds to the right-hand side of a pixel. */
  private double term(int c, int pixel, int neighbour, boolean missing) {
    double sum = sources.isMixed() ? sources.excess(c, pixel, neighbour) : 0;
    if (!missing && !floating) {
      sum += sources.image(c, neighbour) - sources.base(c, neighbour);
    }
    return sum;
  }

  private void write(PoissonSolver solver, int c, ImagePlanes result) {
    HoleRuns stretches = solver.holeRuns;
    float[] samples = result.samples();
    int plane = c * image.width() * image.height();
    double shift = floating ? level(solver, c) : 0;
    if (floating) {
      samples[plane] = (float) (sources.base(c, 0) + shift);
    }
    for (int s = 0; s < stretches.count(); s++) {
      int y = stretches.row[s];
      int origin = stretches.origin[s];
      for (int x = stretches.from[s]; x < stretches.to[s]; x++) {
        int pixel = grid.imageIndex(x, y);
        double e = solver.solutionOf(x, y)[origin + (x >> 1)];
        samples[plane + pixel] = (float) (sources.base(c, pixel) + e + shift);
      }
    }
  }

  /** What has to be added everywhere so that the mean is the filling's. */
  private double level(PoissonSolver solver, int c) {
    HoleRuns stretches = solver.holeRuns;
    double sum = sources.base(c, 0);
    for (int s = 0; s < stretches.count(); s++) {
      int y = stretches.row[s];
      for (int x = stretches.from[s]; x < stretches.to[s]; x++) {
        sum +=
            sources.base(c, grid.imageIndex(x, y))
                + solver.solutionOf(x, y)[stretches.origin[s] + (x >> 1)];
      }
    }
    return sources.fillingMean(c) - sum / (image.width() * image.height());
  }
}
