package org.inpaint4j.patch;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * How a wide hole is filled. What may be copied from differs from picture to picture, and so is a
 * matter of the task: {@link org.inpaint4j.image.FillTask#sources}.
 *
 * @param patchSize the side of a patch in pixels, odd, from 3 to 15. Small pictures get smaller
 *     ones.
 * @param colourAdaptation the largest difference of level between pieces that is taken away, black
 *     to white being 1; 0 leaves every sample as it is in the picture
 * @param reach how far from the hole sources may lie, in pixels along rows and columns, at least 8.
 *     Small holes look less far: three times their size, and 32 pixels.
 * @param starts how many starts the coarsest level is given; the one that fits best goes on
 * @param turns how pieces may be turned when they are copied
 * @param avoidsRepeats whether places that are copied already count as much worse; otherwise they
 *     count as a little worse
 * @param threads the number of threads that share the work, at least 1. No influence on the result.
 */
public record PatchOptions(
    int patchSize,
    double colourAdaptation,
    int reach,
    int starts,
    SourceTurns turns,
    boolean avoidsRepeats,
    int threads) {

  /**
   * Checks the ranges.
   *
   * @param patchSize odd, from 3 to 15
   * @param colourAdaptation from 0 to 1
   * @param reach from 8 to 4096
   * @param starts from 1 to 100
   * @param turns how pieces may be turned
   * @param avoidsRepeats whether repeats count as worse
   * @param threads at least 1
   */
  public PatchOptions {
    requireNonNull(turns, "turns");
    checkArgument(
        patchSize >= 3 && patchSize <= 15 && patchSize % 2 == 1,
        "patch size must be odd and from 3 to 15: found %s",
        patchSize);
    checkArgument(
        colourAdaptation >= 0 && colourAdaptation <= 1,
        "colour adaptation must lie between 0 and 1: found %s",
        colourAdaptation);
    checkArgument(reach >= 8 && reach <= 4096, "reach must be from 8 to 4096: found %s", reach);
    checkArgument(starts >= 1 && starts <= 100, "starts must be from 1 to 100: found %s", starts);
    checkArgument(threads > 0, "threads must be positive: found %s", threads);
  }

  /**
   * Patches of 7 pixels from up to 400 pixels around, levels adapted up to 0.16, six starts,
   * nothing turned, repeats as they come, as many threads as there are processors.
   *
   * @return the preset
   */
  public static PatchOptions balanced() {
    return new PatchOptions(
        7, 0.16, 400, 6, SourceTurns.NONE, false, Runtime.getRuntime().availableProcessors());
  }

  /**
   * A builder that starts from these options.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes some of the options. */
  public static final class Builder {

    private int patchSize;
    private double colourAdaptation;
    private int reach;
    private int starts;
    private SourceTurns turns;
    private boolean avoidsRepeats;
    private int threads;

    private Builder(PatchOptions options) {
      patchSize = options.patchSize;
      colourAdaptation = options.colourAdaptation;
      reach = options.reach;
      starts = options.starts;
      turns = options.turns;
      avoidsRepeats = options.avoidsRepeats;
      threads = options.threads;
    }

    /**
     * The side of a patch.
     *
     * @param value pixels, odd, from 3 to 15
     * @return this
     */
    public Builder patchSize(int value) {
      patchSize = value;
      return this;
    }

    /**
     * How far levels are adapted.
     *
     * @param value the largest difference, black to white being 1; 0: not at all
     * @return this
     */
    public Builder colourAdaptation(double value) {
      colourAdaptation = value;
      return this;
    }

    /**
     * How far sources may lie.
     *
     * @param value pixels, from 8 to 4096
     * @return this
     */
    public Builder reach(int value) {
      reach = value;
      return this;
    }

    /**
     * How many starts there are.
     *
     * @param value from 1 to 100
     * @return this
     */
    public Builder starts(int value) {
      starts = value;
      return this;
    }

    /**
     * How pieces may be turned.
     *
     * @param value not at all, mirrored, or by quarter turns as well
     * @return this
     */
    public Builder turns(SourceTurns value) {
      turns = value;
      return this;
    }

    /**
     * Whether places that are copied already count as much worse: for large holes in textures,
     * where repeats are seen. They count as a little worse in any case.
     *
     * @param value true to avoid repeats
     * @return this
     */
    public Builder avoidsRepeats(boolean value) {
      avoidsRepeats = value;
      return this;
    }

    /**
     * How many threads share the work.
     *
     * @param value at least 1
     * @return this
     */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /**
     * The changed options.
     *
     * @return the options
     * @throws IllegalArgumentException if a value is out of range
     */
    public PatchOptions build() {
      return new PatchOptions(
          patchSize, colourAdaptation, reach, starts, turns, avoidsRepeats, threads);
    }
  }
}
