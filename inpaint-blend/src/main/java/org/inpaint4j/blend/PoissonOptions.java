package org.inpaint4j.blend;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * How a hole is blended or filled.
 *
 * @param guidance which gradients the hole should have; fills do not look at it
 * @param tolerance where to stop: the largest change that one more cycle would make to any sample,
 *     in units of the whole range from black (0) to white (1). What is left afterwards is smaller
 *     still. Positive.
 * @param maximumCycles the number of cycles at which to stop in any case, at least 1
 * @param threads the number of threads that share one solve, at least 1. It has no influence on the
 *     result, and small holes use one thread whatever it says.
 */
public record PoissonOptions(Guidance guidance, double tolerance, int maximumCycles, int threads) {

  /**
   * Checks the ranges.
   *
   * @param guidance which gradients the hole should have
   * @param tolerance where to stop, more than 0 and less than 1
   * @param maximumCycles at least 1
   * @param threads at least 1
   */
  public PoissonOptions {
    requireNonNull(guidance, "guidance");
    checkArgument(
        tolerance > 0 && tolerance < 1, "tolerance must lie between 0 and 1: found %s", tolerance);
    checkArgument(maximumCycles > 0, "maximum cycles must be positive: found %s", maximumCycles);
    checkArgument(threads > 0, "threads must be positive: found %s", threads);
  }

  /**
   * Imports the filling's gradients, to a tolerance of 1e-6 (a quarter of a thousandth of a grey
   * level of 255), with at most 100 cycles and as many threads as there are processors.
   *
   * @return the preset
   */
  public static PoissonOptions seamless() {
    return new PoissonOptions(
        Guidance.IMPORT, 1e-6, 100, Runtime.getRuntime().availableProcessors());
  }

  /**
   * {@link #seamless} with {@link Guidance#MIXED}.
   *
   * @return the preset
   */
  public static PoissonOptions mixed() {
    return seamless().toBuilder().guidance(Guidance.MIXED).build();
  }

  /**
   * {@link #seamless} with {@link Guidance#MONOCHROME}.
   *
   * @return the preset
   */
  public static PoissonOptions monochrome() {
    return seamless().toBuilder().guidance(Guidance.MONOCHROME).build();
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

    private Guidance guidance;
    private double tolerance;
    private int maximumCycles;
    private int threads;

    private Builder(PoissonOptions options) {
      guidance = options.guidance;
      tolerance = options.tolerance;
      maximumCycles = options.maximumCycles;
      threads = options.threads;
    }

    /**
     * Which gradients the hole should have.
     *
     * @param value the guidance
     * @return this
     */
    public Builder guidance(Guidance value) {
      guidance = value;
      return this;
    }

    /**
     * Where to stop.
     *
     * @param value the largest change that one more cycle would make, black to white being 1
     * @return this
     */
    public Builder tolerance(double value) {
      tolerance = value;
      return this;
    }

    /**
     * Where to stop in any case.
     *
     * @param value a number of cycles, at least 1
     * @return this
     */
    public Builder maximumCycles(int value) {
      maximumCycles = value;
      return this;
    }

    /**
     * How many threads share one solve.
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
    public PoissonOptions build() {
      return new PoissonOptions(guidance, tolerance, maximumCycles, threads);
    }
  }
}
