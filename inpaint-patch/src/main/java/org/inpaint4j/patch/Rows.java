package org.inpaint4j.patch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Shares rows out to threads. What a row writes, no other row of the same run may touch. */
final class Rows {

  /** Work on one row. */
  @FunctionalInterface
  interface Work {

    /**
     * Does a row.
     *
     * @param row from 0
     * @param thread from 0: which workspace is free
     */
    void row(int row, int thread);
  }

  /** Asked on the calling thread, after each row it has done itself. */
  @FunctionalInterface
  interface Progress {

    /**
     * Tells how far the work is.
     *
     * @param done rows that are done since the run began
     * @return whether to go on
     */
    boolean goesOn(int done);
  }

  private Rows() {}

  /**
   * Does all rows, unless cancelled.
   *
   * @return whether it was not cancelled
   */
  static boolean run(int count, int threads, Work work, Progress progress) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread[] helpers = new Thread[Math.max(0, Math.min(threads, count) - 1)];
    for (int h = 0; h < helpers.length; h++) {
      int thread = h + 1;
      helpers[h] =
          new Thread(
              () -> {
                try {
                  for (int row = next.getAndIncrement();
                      row < count;
                      row = next.getAndIncrement()) {
                    work.row(row, thread);
                    done.incrementAndGet();
                  }
                } catch (RuntimeException | Error e) {
                  failure.compareAndSet(null, e);
                  next.set(count);
                }
              },
              "inpaint4j-thin-" + thread);
      helpers[h].setDaemon(true);
      helpers[h].start();
    }
    boolean goesOn = true;
    try {
      for (int row = next.getAndIncrement(); goesOn && row < count; row = next.getAndIncrement()) {
        work.row(row, 0);
        goesOn = progress.goesOn(done.incrementAndGet());
      }
    } finally {
      next.set(count);
      join(helpers);
    }
    if (failure.get() instanceof Error error) {
      throw error;
    }
    if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
    return goesOn;
  }

  /** Waits for all, and leaves an interrupt for whoever asks next: a row takes milliseconds. */
  private static void join(Thread[] helpers) {
    boolean interrupted = false;
    for (Thread helper : helpers) {
      while (helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
