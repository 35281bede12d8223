package org.inpaint4j.studio;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The bytes that uploads and fills may take together: what does not fit is refused before it is
 * read.
 */
final class MemoryBudget {

  private static final int UNIT = 1024;

  private final int all;
  private final Semaphore left;

  MemoryBudget(long bytes) {
    all = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT);
    left = new Semaphore(all);
  }

  /** Bytes that are taken until this is closed. */
  final class Share implements AutoCloseable {
    private final int units;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Share(int units) {
      this.units = units;
    }

    @Override
    public void close() {
      if (open.compareAndSet(true, false)) {
        left.release(units);
      }
    }
  }

  /** Gives bytes to those who ask. */
  @FunctionalInterface
  interface Source {

    /**
     * Takes bytes.
     *
     * @throws Refusal if others have taken them
     */
    Share take(long bytes);
  }

  /**
   * Takes bytes.
   *
   * @param room gives some back, if they are not free; returns whether it did
   * @throws Refusal if others have taken them
   */
  Share take(long bytes, BooleanSupplier room) {
    int units = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT + 1);
    while (!left.tryAcquire(units)) {
      if (units > all || !room.getAsBoolean()) {
        throw new Refusal(
            Refusal.TOO_MANY,
            "the memory for uploads is in use by other requests; try again later");
      }
    }
    return new Share(units);
  }

  /** The bytes that are free, for tests. */
  long free() {
    return (long) left.availablePermits() * UNIT;
  }
}
