package org.inpaint4j.patch;

import java.util.function.Supplier;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.ImagePlanes;

/** Counts the rounds of a task for its listener, and remembers whether it has cancelled. */
final class Progress {

  /** The listener is asked within rounds too, if it has not heard anything for so long. */
  private static final long PATIENCE_NANOSECONDS = 100_000_000;

  private final FillListener listener;
  private long told = System.nanoTime();
  private int done;
  private int all;
  private double least = Double.POSITIVE_INFINITY;
  private boolean cancelled;
  private Supplier<ImagePlanes> preview =
      () -> {
        throw new IllegalStateException("a preview must not be asked for before there is one");
      };

  Progress(FillListener listener) {
    this.listener = listener;
  }

  /** Expects more rounds. */
  void expect(int rounds) {
    all += rounds;
  }

  /** From now on, what the hole looks like so far. */
  void shows(Supplier<ImagePlanes> now) {
    preview = now;
  }

  /** Tells of one round. Levels have energies of their own, so the least one is what is told. */
  void step(double energy) {
    least = Math.min(least, energy);
    done++;
    tell();
  }

  private void tell() {
    double loss = done == 0 ? Double.NaN : least;
    cancelled |= !listener.onStep(Math.max(1, done), all, loss, preview);
    told = System.nanoTime();
  }

  /**
   * Asked in the middle of a round, on the thread that fills. A round of a large hole takes
   * seconds.
   *
   * @return whether to go on
   */
  boolean goesOn() {
    if (!isCancelled() && System.nanoTime() - told > PATIENCE_NANOSECONDS) {
      tell();
    }
    return !isCancelled();
  }

  boolean isCancelled() {
    cancelled |= Thread.currentThread().isInterrupted();
    return cancelled;
  }
}
