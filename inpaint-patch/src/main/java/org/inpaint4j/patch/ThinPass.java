package org.inpaint4j.patch;

import java.util.Arrays;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Size;

/**
 * One pass of a thin fill: the estimates of overlapping patches on a grid, averaged.
 *
 * <p>Rows of patches that do not overlap are done side by side, in turns that do not depend on the
 * threads; so every sum is made in one order.
 */
final class ThinPass {

  /** Distance of neighbouring patches, in pixels. */
  private static final int STEP = 3;

  /** A patch is estimated if a pixel is wanted within so many rows and columns of its middle. */
  private static final int CORE = 5;

  private final ThinPlanes planes;
  private final ThinOptions options;
  private final int side;

  /** Upper rows of the patches with something to estimate: the grid's, then the lowest ones. */
  private final int[][] turns;

  private final float[][] sums;
  private final PatchEstimate[] estimates;
  private final Crew crew;

  ThinPass(ThinPlanes planes, ThinOptions options, Crew crew) {
    this.planes = planes;
    this.options = options;
    this.crew = crew;
    side = Math.min(options.side(), Math.min(planes.width, planes.height));
    turns = turns();
    sums = new float[planes.channels.length + 1][planes.width * planes.height];
    estimates = new PatchEstimate[options.threads()];
    for (int i = 0; i < estimates.length; i++) {
      estimates[i] = new PatchEstimate(planes, side, options.reach(), options.neighbours());
    }
  }

  /** Rows of patches in one pass. */
  int rows() {
    return Arrays.stream(turns).mapToInt(turn -> turn.length).sum();
  }

  /**
   * Estimates all missing pixels once more.
   *
   * @return whether it was not cancelled. If it was, the pixels that were reached are estimated.
   */
  boolean run(Trust trust, Crew.Progress progress) {
    for (float[] plane : sums) {
      Arrays.fill(plane, 0);
    }
    boolean goesOn = true;
    int before = 0;
    for (int[] turn : turns) {
      int doneBefore = before;
      goesOn =
          goesOn
              && crew.run(
                  turn.length,
                  (row, thread) -> row(turn[row], estimates[thread], trust),
                  done -> progress.goesOn(doneBefore + done));
      before += turn.length;
    }
    average();
    return goesOn;
  }

  private int[][] turns() {
    int count = (options.side() + STEP - 1) / STEP;
    int lowest = planes.height - side;
    int[][] result = new int[count + 1][];
    for (int turn = 0; turn < count; turn++) {
      int[] rows = new int[planes.height];
      int found = 0;
      for (int y = turn * STEP; y < lowest; y += count * STEP) {
        if (isWanted(0, y, planes.width)) {
          rows[found++] = y;
        }
      }
      result[turn] = Arrays.copyOf(rows, found);
    }
    result[count] = isWanted(0, lowest, planes.width) ? new int[] {lowest} : new int[0];
    return result;
  }

  /** Whether a pixel is wanted in the middle of a patch, or of a row of patches. */
  private boolean isWanted(int x, int y, int columns) {
    int margin = Math.max(0, (side - CORE) / 2);
    int left = x == 0 ? x : x + margin;
    int top = y == 0 ? y : y + margin;
    int right = x + columns == planes.width ? planes.width : x + columns - margin;
    int bottom = y + side == planes.height ? planes.height : y + side - margin;
    return planes.wanted(left, top, right, bottom) > 0;
  }

  private void row(int y, PatchEstimate estimate, Trust trust) {
    int last = planes.width - side;
    for (int x = 0; x < last; x += STEP) {
      if (isWanted(x, y, side)) {
        estimate.addTo(sums, x, y, trust);
      }
    }
    if (isWanted(last, y, side)) {
      estimate.addTo(sums, last, y, trust);
    }
  }

  /**
   * Takes the averages over, and what they leave unexplained of the known pixels beside the hole,
   * continued into it by Laplace's equation: without it, fine noise would end at the edge.
   */
  private void average() {
    float[] weight = sums[planes.channels.length];
    ImagePlanes rest = rest();
    for (int i = 0; i < planes.hole.length; i++) {
      if (planes.hole[i] && weight[i] > 0) {
        for (int c = 0; c < planes.channels.length; c++) {
          planes.channels[c][i] =
              planes.clamp(c, sums[c][i] / weight[i] + rest.samples()[c * planes.hole.length + i]);
        }
        planes.updateGuide(i);
      }
    }
  }

  private ImagePlanes rest() {
    Size size = new Size(planes.width, planes.height);
    ImagePlanes known = ImagePlanes.zeros(planes.channels.length, size);
    float[] weight = sums[planes.channels.length];
    for (int i = 0; i < planes.hole.length; i++) {
      if (planes.rim[i] && weight[i] > 0) {
        for (int c = 0; c < planes.channels.length; c++) {
          known.samples()[c * planes.hole.length + i] =
              planes.channels[c][i] - sums[c][i] / weight[i];
        }
      }
    }
    return ThinFill.smooth(SmoothFill.HARMONIC, known, planes.mask());
  }
}
