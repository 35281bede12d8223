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

  /** Work on one piece. */
  @FunctionalInterface
  interface Work {

    /**
     * Does a piece.
     *
     * @param piece from 0
     * @param thread from 0: which workspace is free
     */
    void piece(int piece, int thread);
  }

  /** Asked on the calling thread, after each piece it has done itself. */
  @FunctionalInterface
  interface Progress {

    /**
     * Tells how far the work is.
     *
     * @param done pieces that are done since the job began
     * @return whether to go on
     */
    boolean goesOn(int done);
  }

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

  /** Does pieces 0 to n - 1 and returns when all are done. */
  void run(int pieces, IntConsumer work) {
    run(pieces, (piece, thread) -> work.accept(piece), done -> true);
  }

  /** Does pieces 0 to n - 1 and returns when all are done, or nobody wants them any more. */
  void run(int pieces, org.inpaint4j.patch.Progress rounds, IntConsumer work) {
    run(pieces, (piece, thread) -> work.accept(piece), done -> rounds.goesOn());
  }

  /**
   * Does pieces 0 to n - 1 and returns when all are done, unless cancelled. Helpers that have not
   * begun by the time that nothing is left are not waited for, so that a busy machine does not slow
   * small jobs down.
   *
   * @return whether it was not cancelled
   */
  boolean run(int pieces, Work work, Progress progress) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    List<Helper> others = new ArrayList<>();
    for (int k = 1; k < Math.min(threads, pieces); k++) {
      int thread = k;
      AtomicBoolean taken = new AtomicBoolean();
      Runnable once =
          () -> {
            if (taken.compareAndSet(false, true)) {
              share(pieces, next, done, work, thread);
            }
          };
      others.add(new Helper(taken, helpers.submit(once)));
    }
    boolean goesOn = true;
    try {
      for (int i = next.getAndIncrement(); goesOn && i < pieces; i = next.getAndIncrement()) {
        work.piece(i, 0);
        goesOn = progress.goesOn(done.incrementAndGet());
      }
    } finally {
      next.set(pieces);
      await(others);
    }
    return goesOn;
  }

  private static void share(
      int pieces, AtomicInteger next, AtomicInteger done, Work work, int thread) {
    for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
      work.piece(i, thread);
      done.incrementAndGet();
    }
  }

  private static void await(List<Helper> others) {
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
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        if (e.getCause() instanceof RuntimeException exception) {
          throw exception;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
