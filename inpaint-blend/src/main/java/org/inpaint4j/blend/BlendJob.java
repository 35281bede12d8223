package org.inpaint4j.blend;

import java.time.Duration;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** One blend: right-hand sides, solves, and the finished image. */
final class BlendJob {

  private final ImagePlanes image;
  private final Sources sources;
  private final HoleGrid grid;
  private final PoissonOptions options;

  /**
   * Whether the whole image is missing. Then one pixel is held fixed and the level is set
   * afterwards.
   */
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
    return run(image, filling, mask, options, () -> true);
  }

  /**
   * Blends.
   *
   * @param goesOn asked after each cycle; if not, the result is what was found so far
   */
  static BlendResult run(
      ImagePlanes image,
      ImagePlanes filling,
      Mask mask,
      PoissonOptions options,
      BooleanSupplier goesOn) {
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
    job.solve(result, goesOn);
    return new BlendResult(
        result, job.converged, job.correction, job.relativeResidual, job.cycles, since(start));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void solve(ImagePlanes result, BooleanSupplier goesOn) {
    try (Team team = Team.of(options.threads(), grid.hole.cardinality())) {
      PoissonSolver solver = new PoissonSolver(grid, team);
      Rim rim = new Rim(grid, solver.holeRuns);
      for (int c = 0; c < image.channels(); c++) {
        solver.clear();
        if (!floating) {
          takeFromRim(solver, rim, c);
        }
        if (sources.isMixed()) {
          takeFromImage(solver, c);
        }
        ConjugateGradients run = solver.solve(options.tolerance(), options.maximumCycles(), goesOn);
        converged &= run.converged();
        correction = Math.max(correction, run.correction());
        relativeResidual = Math.max(relativeResidual, run.relativeResidual());
        cycles = Math.max(cycles, run.cycles());
        write(solver, team, c, result);
      }
    }
  }

  /** Adds the differences between known neighbours and the base to the right-hand side. */
  private void takeFromRim(PoissonSolver solver, Rim rim, int c) {
    for (int i = 0; i < rim.place.length; i++) {
      int place = rim.place[i];
      double[] right = (place & 1) == 0 ? solver.rightBlack : solver.red;
      right[place >> 1] += sources.image(c, rim.known[i]) - sources.base(c, rim.known[i]);
    }
  }

  /** Adds to the right-hand side where the image's own gradient is stronger than the filling's. */
  private void takeFromImage(PoissonSolver solver, int c) {
    HoleRuns stretches = solver.holeRuns;
    int width = image.width();
    for (int s = 0; s < stretches.count(); s++) {
      int y = stretches.row[s];
      int column = grid.left;
      int row = grid.top + y;
      for (int x = stretches.from[s]; x < stretches.to[s]; x++) {
        int pixel = grid.imageIndex(x, y);
        double right = 0;
        right += column + x > 0 ? sources.excess(c, pixel, pixel - 1) : 0;
        right += column + x < width - 1 ? sources.excess(c, pixel, pixel + 1) : 0;
        right += row > 0 ? sources.excess(c, pixel, pixel - width) : 0;
        right += row < image.height() - 1 ? sources.excess(c, pixel, pixel + width) : 0;
        solver.rightOf(x, y)[stretches.origin[s] + (x >> 1)] += right;
      }
    }
  }

  private void write(PoissonSolver solver, Team team, int c, ImagePlanes result) {
    int plane = c * image.width() * image.height();
    double shift = floating ? level(solver, c) : 0;
    if (floating) {
      result.samples()[plane] = (float) (sources.base(c, 0) + shift);
    }
    solver.eachRow((from, to) -> writeRows(solver, c, shift, result.samples(), from, to), team);
  }

  private void writeRows(
      PoissonSolver solver, int c, double shift, float[] samples, int fromRow, int toRow) {
    HoleRuns stretches = solver.holeRuns;
    float[] base = sources.baseOf(c);
    int baseOffset = sources.offset(c);
    int plane = c * image.width() * image.height();
    for (int s = stretches.ofRow[fromRow]; s < stretches.ofRow[toRow]; s++) {
      int y = stretches.row[s];
      int origin = stretches.origin[s];
      int first = grid.imageIndex(0, y);
      // The pixels of one colour after those of the other: each loop reads one array in a row.
      for (int odd = 0; odd < 2; odd++) {
        double[] solution = solver.solutionOf(odd, y);
        int from = stretches.from[s] + ((stretches.from[s] ^ odd) & 1);
        for (int x = from; x < stretches.to[s]; x += 2) {
          float value = base[baseOffset + first + x];
          if (!Float.isFinite(value)) {
            throw Samples.notFinite("filling", image, value, c, first + x);
          }
          samples[plane + first + x] = (float) (value + solution[origin + (x >> 1)] + shift);
        }
      }
    }
  }

  /** The constant that gives the result the mean of the filling. */
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
