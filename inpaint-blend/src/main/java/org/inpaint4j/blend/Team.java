package org.inpaint4j.blend;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do the rows of one phase together, for the duration of one solve.
 *
 * <p>A phase takes between some microseconds and a few milliseconds, so helpers spin for a short
 * while before they park. The result does not depend on how rows are shared out: a phase writes
 * each place once, and reads nothing that it writes elsewhere.
 */
final class Team implements AutoCloseable {

  /** How long to sleep while a helper is late: it may need this core. */
  private static final long WAIT_NANOSECONDS = 20_000;

  /** Work on the rows of a grid. */
  @FunctionalInterface
  interface Phase {
    /** Does rows [from, to). */
    void run(int from, int to);
  }

  /**
   * About 20 microseconds. A longer time would take the core from other work, a shorter one would
   * park in the middle of a cycle.
   */
  private static final int SPINS = 2_000;

  /** Rows of a grid, shared out by the number of places in them. */
  static final class Shares {

    /** With fewer places for each thread, one thread alone is faster. */
    private static final int PLACES_A_THREAD = 4_096;

    private final int[] bounds;

    private Shares(int[] bounds) {
      this.bounds = bounds;
    }

    static Shares of(Runs runs, int threads) {
      int places = runs.placesBetween(0, runs.rows);
      int parts = Math.max(1, Math.min(threads, places / PLACES_A_THREAD));
      int[] bounds = new int[parts + 1];
      int done = 0;
      int row = 0;
      for (int part = 1; part < parts; part++) {
        long goal = (long) places * part / parts;
        while (row < runs.rows && done < goal) {
          done += runs.placesBetween(row, row + 1);
          row++;
        }
        bounds[part] = row;
      }
      bounds[parts] = runs.rows;
      return new Shares(bounds);
    }

    int parts() {
      return bounds.length - 1;
    }
  }

  private final Thread[] helpers;
  private volatile int generation;
  private final Ticket[] tickets;
  private @Nullable Phase phase;
  private @Nullable Shares shares;
  private volatile boolean closed;

  /** What one helper has finished, on a cache line of its own. */
  private static final class Ticket {
    volatile int finished;
    volatile @Nullable Throwable failure;
  }

  Team(int threads) {
    helpers = new Thread[threads - 1];
    tickets = new Ticket[threads - 1];
    for (int h = 0; h < helpers.length; h++) {
      int helper = h;
      tickets[h] = new Ticket();
      helpers[h] = new Thread(() -> help(helper), "inpaint4j-blend-" + (h + 1));
      helpers[h].setDaemon(true);
      helpers[h].start();
    }
  }

  /** A team for a hole: threads that would have nothing to do are not started. */
  static Team of(int threads, int holePixels) {
    return new Team(Math.max(1, Math.min(threads, holePixels / (2 * Shares.PLACES_A_THREAD))));
  }

  int threads() {
    return helpers.length + 1;
  }

  /** Runs a phase over all rows and returns when it is done. */
  void run(Phase work, Shares rows) {
    int parts = rows.parts();
    if (parts == 1) {
      work.run(0, rows.bounds[1]);
      return;
    }
    phase = work;
    shares = rows;
    int mine = generation + 1;
    generation = mine;
    // Wake all helpers, even those without a part: each must have seen this phase before the next.
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    try {
      work.run(0, rows.bounds[1]);
    } finally {
      for (Ticket ticket : tickets) {
        for (int spins = 0; ticket.finished != mine; spins++) {
          if (spins < SPINS) {
            Thread.onSpinWait();
          } else {
            LockSupport.parkNanos(this, WAIT_NANOSECONDS);
          }
        }
      }
    }
    for (Ticket ticket : tickets) {
      // Thrown as it is: whichever thread finds bad input, the error is for the caller.
      if (ticket.failure instanceof Error error) {
        throw error;
      }
      if (ticket.failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }

  private void help(int helper) {
    Ticket ticket = tickets[helper];
    int seen = 0;
    while (true) {
      int spins = 0;
      while (generation == seen && !closed) {
        if (++spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      if (closed) {
        return;
      }
      seen = generation;
      Phase work = phase;
      Shares rows = shares;
      try {
        if (work != null && rows != null && helper + 1 < rows.parts()) {
          work.run(rows.bounds[helper + 1], rows.bounds[helper + 2]);
        }
      } catch (RuntimeException | Error e) {
        ticket.failure = e;
      }
      ticket.finished = seen;
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
