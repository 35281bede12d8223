package org.inpaint4j.patch;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How a {@link ThinFill} works.
 *
 * @param side rows and columns of a patch, at least 3
 * @param reach how far from a patch its neighbours may lie, in pixels along rows and columns, at
 *     least 2
 * @param neighbours how many similar patches estimate one patch, a positive multiple of 4
 * @param passes how often the hole is estimated, at least 1; from the second pass on, the estimates
 *     of the one before help to find neighbours
 * @param grain how much of the grain of the known pixels around the hole is added to what is
 *     estimated, from 0 to 1: estimates are means, and have none. More than 0 is less faithful.
 * @param threads the number of threads that share one fill, at least 1. It has no influence on the
 *     result.
 */
public record ThinOptions(
    int side, int reach, int neighbours, int passes, double grain, int threads) {

  /**
   * Checks the ranges.
   *
   * @param side at least 3
   * @param reach at least 2
   * @param neighbours a positive multiple of 4
   * @param passes at least 1
   * @param grain from 0 to 1
   * @param threads at least 1
   */
  public ThinOptions {
    checkArgument(side >= 3, "side of a patch must be at least 3: found %s", side);
    checkArgument(reach >= 2, "reach must be at least 2: found %s", reach);
    checkArgument(
        neighbours > 0 && neighbours % 4 == 0,
        "neighbours must be a positive multiple of 4: found %s",
        neighbours);
    checkArgument(passes > 0, "passes must be positive: found %s", passes);
    checkArgument(grain >= 0 && grain <= 1, "grain must lie between 0 and 1: found %s", grain);
    checkArgument(threads > 0, "threads must be positive: found %s", threads);
  }

  /**
   * Patches of 9x9 pixels, 32 neighbours at most 10 pixels away, two passes, no grain, as many
   * threads as there are processors.
   *
   * @return the preset
   */
  public static ThinOptions balanced() {
    return new ThinOptions(9, 10, 32, 2, 0, Runtime.getRuntime().availableProcessors());
  }

  /**
   * One pass from a smooth start, with 16 neighbours: for pixels that are missing one by one, where
   * a smooth fill is a good guide already.
   *
   * @return the preset
   */
  public static ThinOptions scattered() {
    return balanced().withPasses(1).withNeighbours(16);
  }

  /**
   * The same with another number of neighbours.
   *
   * @param other a positive multiple of 4
   * @return the options
   */
  public ThinOptions withNeighbours(int other) {
    return new ThinOptions(side, reach, other, passes, grain, threads);
  }

  /**
   * The same with another reach.
   *
   * @param other at least 2
   * @return the options
   */
  public ThinOptions withReach(int other) {
    return new ThinOptions(side, other, neighbours, passes, grain, threads);
  }

  /**
   * The same with another number of passes.
   *
   * @param other at least 1
   * @return the options
   */
  public ThinOptions withPasses(int other) {
    return new ThinOptions(side, reach, neighbours, other, grain, threads);
  }

  /**
   * The same with another number of threads.
   *
   * @param other at least 1
   * @return the options
   */
  public ThinOptions withThreads(int other) {
    return new ThinOptions(side, reach, neighbours, passes, grain, other);
  }

  /**
   * The same with grain.
   *
   * @param other from 0, none, to 1, as much as around the hole
   * @return the options
   */
  public ThinOptions withGrain(double other) {
    return new ThinOptions(side, reach, neighbours, passes, other, threads);
  }
}
