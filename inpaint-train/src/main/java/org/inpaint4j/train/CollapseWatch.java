package org.inpaint4j.train;

import java.util.Locale;
import java.util.Optional;

/**
 * Detects a training that cannot recover: a loss is not a number, or the discriminator has been
 * certain of every image for so long that the generator learns nothing from it.
 */
final class CollapseWatch {

  /** Means of 0.01 are D(x) = 0.995: gradients of the generator's weights have vanished. */
  private static final double CERTAIN = 0.01;

  private static final int LONG = 500;

  /** A state is saved only if the mean over this many iterations is good. */
  private static final int RECENT = 100;

  private CollapseWatch() {}

  /**
   * Why the training has collapsed, if it has.
   *
   * @param certainty whether a discriminator can be certain: its losses are those of a probability
   */
  static Optional<String> collapse(LossHistory history, boolean certainty) {
    int last = history.iterations() - 1;
    for (int kind = 0; kind < history.kinds(); kind++) {
      if (!Float.isFinite(history.get(last, kind))) {
        return Optional.of(
            "a loss must be finite: found "
                + history.get(last, kind)
                + " at iteration "
                + history.iterations());
      }
    }
    double mean = history.discriminatorMean(LONG);
    if (certainty && history.iterations() >= LONG && mean < CERTAIN) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the discriminator must leave something to learn: its loss was %.4f over the last %d"
                  + " iterations",
              mean,
              LONG));
    }
    return Optional.empty();
  }

  /** Whether a state is worth keeping; for {@code certainty} see {@link #collapse}. */
  static boolean isGood(TrainingState state, boolean certainty) {
    return state.isFinite() && (!certainty || state.history().discriminatorMean(RECENT) >= CERTAIN);
  }
}
