package org.inpaint4j.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that share the pieces of one job. Who does which piece is open, so pieces must not read
 * what other pieces of the same job write.
 */
final class Crew implements AutoCloseable {

  /** Fewer pieces than these a thread are not worth another one. */
  private static final int LEAST_PIECES = 2;

  /** The share of a helper in a job: whether it is begun, or no longer wanted. */
  private record Helper(AtomicBoolean taken, Future<?> done) {}

  private final int threads;
  private final ExecutorService helpers;

  Crew(int threads) {
    this.threads = threads;
    helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            job -> {
              Thread thread = new Thread(job, "inpaint4j-patch");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does pieces 0 to n - 1 and returns when all are done. Helpers that have not begun by the time
   * that nothing is left are not waited for, so that a busy machine does not slow small jobs down.
   */
  void run(int pieces, IntConsumer work) {
    AtomicInteger next = new AtomicInteger();
    Runnable job =
        () -> {
          for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
            work.accept(i);
          }
        };
    List<Helper> others = new ArrayList<>();
    for (int k = 1; k < Math.min(threads, pieces / LEAST_PIECES); k++) {
      AtomicBoolean taken = new AtomicBoolean();
      Runnable once =
          () -> {
            if (taken.compareAndSet(false, true)) {
              job.run();
            }
          };
      others.add(new Helper(taken, helpers.submit(once)));
    }
    job.run();
    boolean interrupted = false;
    for (Helper other : others) {
      if (!other.taken.compareAndSet(false, true)) {
        interrupted |= await(other.done);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits to the end, even when interrupted: the pieces are short, and their results needed. */
  private static boolean await(Future<?> job) {
    boolean interrupted = false;
    while (true) {
      try {
        job.get();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a piece of work must not fail", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
