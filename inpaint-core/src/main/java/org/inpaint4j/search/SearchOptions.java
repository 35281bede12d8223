package org.inpaint4j.search;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * How the latent space is searched.
 *
 * @param steps the number of gradient steps, at least 1
 * @param draws how many latents are drawn from the prior and scored by the loss; the best of them
 *     are started. No fewer than {@code restarts} are drawn, whatever this says. At least 1
 * @param restarts the number of starts, at least 1
 * @param finalists how many of the starts go on after the first third of the steps, those with the
 *     lowest losses; at least 1, or {@link #ALL}
 * @param outcome what the result is made of
 * @param batchSize how many starts, of one or of several images, are searched at once, at least 1.
 *     It changes the time and the memory of a search, never its result.
 * @param optimizer how to step
 * @param bound where latents are kept
 * @param patience a start is over when its best loss has not fallen by more than a thousandth for
 *     this many steps; {@link #NEVER} for always taking all steps
 */
public record SearchOptions(
    int steps,
    int draws,
    int restarts,
    int finalists,
    Outcome outcome,
    int batchSize,
    Optimizer optimizer,
    LatentBound bound,
    int patience) {

  /** As {@link #patience}: no early stop. */
  public static final int NEVER = Integer.MAX_VALUE;

  /** As {@link #finalists}: every start takes all steps. */
  public static final int ALL = Integer.MAX_VALUE;

  /** What the result of several starts is made of. */
  public enum Outcome {
    /** The image of the start with the lowest loss. */
    BEST,
    /**
     * The mean of the images of all starts that finished. Where they agree it is as sharp as they
     * are; where they do not it is blurred, and nearer to the truth on average than any of them:
     * the mean has the least expected squared error.
     */
    MEAN
  }

  /**
   * Checks the ranges.
   *
   * @param steps the number of gradient steps
   * @param draws how many latents are drawn and scored
   * @param restarts the number of starts
   * @param finalists how many of the starts go on after the first third of the steps
   * @param outcome what the result is made of
   * @param batchSize how many starts are searched at once
   * @param optimizer how to step
   * @param bound where latents are kept
   * @param patience a start is over when its best loss has not fallen by more than a thousandth for
   *     this many steps
   */
  public SearchOptions {
    checkArgument(steps > 0, "steps must be positive: found %s", steps);
    checkArgument(draws > 0, "draws must be positive: found %s", draws);
    checkArgument(restarts > 0, "restarts must be positive: found %s", restarts);
    checkArgument(finalists > 0, "finalists must be positive: found %s", finalists);
    checkArgument(batchSize > 0, "batchSize must be positive: found %s", batchSize);
    checkArgument(patience > 0, "patience must be positive: found %s", patience);
    requireNonNull(outcome, "outcome");
    requireNonNull(optimizer, "optimizer");
    requireNonNull(bound, "bound");
  }

  /**
   * What the reference does with DCGAN: one start, 1500 steps of Adam with learning rate 1e-3, no
   * bound, no early stop.
   *
   * @return the options
   */
  public static SearchOptions paperDcgan() {
    return new SearchOptions(
        1500, 1, 1, ALL, Outcome.BEST, 16, Optimizer.adam(), LatentBound.NONE, NEVER);
  }

  /**
   * The default: 64 draws, the 4 best of them searched for 64 steps with Adam, warmed up and
   * decayed, inside the ball of the prior's norm; the mean of the four.
   *
   * <p>320 images generated against the 1500 of {@link #paperDcgan}, and no discriminator asked: an
   * eighth of its time or less, and closer to the truth (docs/results.md).
   *
   * @return the options
   */
  public static SearchOptions balanced() {
    return ofBall(64, 4, ALL, 64);
  }

  /**
   * For previews and for large numbers of images: 32 draws, 2 of them searched for 34 steps. A
   * thirtieth of the time of {@link #paperDcgan}.
   *
   * @return the options
   */
  public static SearchOptions fast() {
    return ofBall(32, 2, ALL, 34);
  }

  /**
   * For generators whose starts end far apart: 256 draws, 16 of them tried, 8 searched for 64
   * steps. Three times the time of {@link #balanced}. When not to use it: with {@code Faces64} it
   * finds what {@link #balanced} finds (docs/searching.md).
   *
   * @return the options
   */
  public static SearchOptions quality() {
    return ofBall(256, 16, 8, 64);
  }

  /**
   * The mean of starts that are kept in a ball, where samples of the prior lie. Of 0.7, 0.85, 1 and
   * 1.3 times the prior's norm, 1 is the best by the pixels in the hole of 32 faces
   * (docs/searching.md); without a bound a search of any length gets closer to the known pixels and
   * farther from the hole's.
   */
  private static SearchOptions ofBall(int draws, int restarts, int finalists, int steps) {
    return new SearchOptions(
        steps,
        draws,
        restarts,
        finalists,
        Outcome.MEAN,
        16,
        Optimizer.adam(0.5).schedule(new Optimizer.Schedule(0.05, 0.5)),
        new LatentBound(Double.POSITIVE_INFINITY, 1),
        NEVER);
  }

  /**
   * What the reference does with StyleGAN: as {@link #paperDcgan} with 3000 steps.
   *
   * @return the options
   */
  public static SearchOptions paperStyleGan() {
    return paperDcgan().toBuilder().steps(3000).batchSize(1).build();
  }

  @Override
  public String toString() {
    return steps
        + " steps, "
        + draws
        + " draws, "
        + restarts
        + " restarts, "
        + (finalists == ALL ? "all" : finalists)
        + " of them finalists, outcome "
        + outcome
        + ", batches of "
        + batchSize
        + ", "
        + optimizer
        + ", "
        + bound
        + ", patience "
        + (patience == NEVER ? "without end" : patience);
  }

  /**
   * A builder that starts with these options.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes single options. */
  public static final class Builder {
    private int steps;
    private int draws;
    private int restarts;
    private int finalists;
    private Outcome outcome;
    private int batchSize;
    private Optimizer optimizer;
    private LatentBound bound;
    private int patience;

    private Builder(SearchOptions from) {
      this.steps = from.steps;
      this.draws = from.draws;
      this.restarts = from.restarts;
      this.finalists = from.finalists;
      this.outcome = from.outcome;
      this.batchSize = from.batchSize;
      this.optimizer = from.optimizer;
      this.bound = from.bound;
      this.patience = from.patience;
    }

    /**
     * The number of gradient steps.
     *
     * @param steps at least 1
     * @return this
     */
    public Builder steps(int steps) {
      this.steps = steps;
      return this;
    }

    /**
     * How many latents are drawn and scored, for the best of them to be started.
     *
     * @param draws at least 1; as many as {@link #restarts} are drawn in any case
     * @return this
     */
    public Builder draws(int draws) {
      this.draws = draws;
      return this;
    }

    /**
     * The number of starts.
     *
     * @param restarts at least 1
     * @return this
     */
    public Builder restarts(int restarts) {
      this.restarts = restarts;
      return this;
    }

    /**
     * How many of the starts go on after the first third of the steps.
     *
     * @param finalists at least 1, or {@link #ALL}
     * @return this
     */
    public Builder finalists(int finalists) {
      this.finalists = finalists;
      return this;
    }

    /**
     * What the result is made of.
     *
     * @param outcome the best start, or the mean of all
     * @return this
     */
    public Builder outcome(Outcome outcome) {
      this.outcome = outcome;
      return this;
    }

    /**
     * How many starts are searched at once.
     *
     * @param batchSize at least 1
     * @return this
     */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /**
     * How to step.
     *
     * @param optimizer the optimizer
     * @return this
     */
    public Builder optimizer(Optimizer optimizer) {
      this.optimizer = optimizer;
      return this;
    }

    /**
     * Where latents are kept.
     *
     * @param bound the bound
     * @return this
     */
    public Builder bound(LatentBound bound) {
      this.bound = bound;
      return this;
    }

    /**
     * When a start is over early.
     *
     * @param patience at least 1, or {@link #NEVER}
     * @return this
     */
    public Builder patience(int patience) {
      this.patience = patience;
      return this;
    }

    /**
     * The options.
     *
     * @return new options
     * @throws IllegalArgumentException if one is out of its range
     */
    public SearchOptions build() {
      return new SearchOptions(
          steps, draws, restarts, finalists, outcome, batchSize, optimizer, bound, patience);
    }
  }
}
