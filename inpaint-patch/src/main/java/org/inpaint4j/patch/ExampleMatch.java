package org.inpaint4j.patch;

import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** Lays examples over one picture with a hole, and measures how well they fit along it. */
final class ExampleMatch {

  /** Known pixels as near to the hole as this share of the picture's width are compared. */
  private static final double RING = 3.0 / 32;

  /** Largest move of an example while it is matched roughly, in cells. */
  private static final int CELLS = 1;

  private static final int CELL = Example.CELL;

  /**
   * How an example lies over the picture.
   *
   * @param example the example
   * @param mirrored whether its columns are turned round
   * @param dx by how many pixels it is moved to the right
   * @param dy by how many pixels it is moved down
   * @param error the weighted mean of the squared differences of all channels after the colours are
   *     matched, samples from 0 to 1
   */
  record Fit(Example example, boolean mirrored, int dx, int dy, double error) {}

  private final ImagePlanes target;
  private final ExampleRing fine;
  private final ExampleRing coarse;

  ExampleMatch(ImagePlanes target, Mask mask) {
    this.target = target;
    int reach = (int) Math.max(1, Math.round(RING * target.width()));
    fine = ExampleRing.of(target, mask, reach);
    coarse = ExampleRing.coarse(target, mask, fine);
  }

  /** The best of an example, as it is or mirrored, moved by whole cells. */
  Fit roughly(Example example, boolean mirrored) {
    Fit best = new Fit(example, mirrored, 0, 0, Double.POSITIVE_INFINITY);
    for (int dy = -CELLS; dy <= CELLS; dy++) {
      for (int dx = -CELLS; dx <= CELLS; dx++) {
        double error = coarse.error(example.coarse, mirrored, dx, dy);
        if (error < best.error()) {
          best = new Fit(example, mirrored, dx * CELL, dy * CELL, error);
        }
      }
    }
    return best;
  }

  /** The best move near a rough one, pixel by pixel. */
  Fit exactly(Fit rough) {
    byte[] samples = rough.example().fine;
    boolean mirrored = rough.mirrored();
    int dx = rough.dx();
    int dy = rough.dy();
    double least = fine.error(samples, mirrored, dx, dy);
    for (int step = CELL / 2; step > 0; step /= 2) {
      int middleX = dx;
      int middleY = dy;
      for (int k = 0; k < 9; k++) {
        int x = middleX + (k % 3 - 1) * step;
        int y = middleY + (k / 3 - 1) * step;
        double error = fine.error(samples, mirrored, x, y);
        if (error < least) {
          least = error;
          dx = x;
          dy = y;
        }
      }
    }
    return new Fit(rough.example(), mirrored, dx, dy, least);
  }

  /** The example where it fits, in the picture's colours. */
  ImagePlanes laidOver(Fit fit) {
    ImagePlanes result = ImagePlanes.zeros(target.channels(), target.size());
    int width = target.width();
    int pixels = target.size().pixels();
    for (int c = 0; c < target.channels(); c++) {
      ExampleRing.ColourMatch match =
          fine.match(c, fit.example().fine, fit.mirrored(), fit.dx(), fit.dy());
      for (int i = 0; i < pixels; i++) {
        int from = fine.from(i % width, i / width, fit.mirrored(), fit.dx(), fit.dy());
        double sample = (fit.example().fine[c * pixels + from] & 0xff) / 255.0;
        result.samples()[c * pixels + i] =
            (float) Math.max(0, Math.min(1, match.gain() * sample + match.offset()));
      }
    }
    return result;
  }
}
