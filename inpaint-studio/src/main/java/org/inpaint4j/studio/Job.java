package org.inpaint4j.studio;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Work that waits for its turn, is done, and can be watched and cancelled. */
final class Job {

  /** What is done when its turn has come. */
  interface Work {

    /**
     * Does it.
     *
     * @param job to be told of the progress, and asked whether to go on
     * @return what to tell of the result; for JSON
     */
    Object run(Job job) throws Exception;

    /** Frees what the work holds, once nobody can ask for it any more. */
    default void forget() {}
  }

  /** Where a job is. */
  enum State {
    WAITING,
    WORKING,
    DONE,
    CANCELLED,
    FAILED;

    boolean isFinal() {
      return this == DONE || this == CANCELLED || this == FAILED;
    }
  }

  /** A picture of what was found so far: a part of the reduced picture. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; nobody else has the array
  record Draft(int version, Region region, byte[] png) {}

  /** What is told of a draft. */
  private record DraftNote(int version, Region region) {}

  /** What clients are told. */
  record Note(
      String id,
      String state,
      double progress,
      int ahead,
      @Nullable DraftNote draft,
      @Nullable Object result,
      @Nullable String error,
      @Nullable Integer status) {}

  private static final AtomicLong CLOCK = new AtomicLong();

  private final String id = Secrets.id();
  private final String client;
  private final Work work;
  private State state = State.WAITING;
  private double progress;
  private int ahead;
  private long version;
  private long finishedAt;
  private @Nullable Draft draft;
  private @Nullable Object result;
  private @Nullable Refusal error;
  private volatile boolean cancelled;
  private volatile boolean fetched;

  Job(String client, Work work) {
    this.client = client;
    this.work = work;
  }

  String id() {
    return id;
  }

  String client() {
    return client;
  }

  Work work() {
    return work;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Whether somebody has its result. */
  boolean isFetched() {
    return fetched;
  }

  /** Says that somebody has its result. */
  void fetched() {
    fetched = true;
  }

  synchronized State state() {
    return state;
  }

  /** The last draft, if there is one. */
  synchronized Optional<Draft> draft() {
    return Optional.ofNullable(draft);
  }

  /** Why it failed, if it did. */
  synchronized Optional<Refusal> error() {
    return Optional.ofNullable(error);
  }

  /** When it ended, in nanoseconds; only of a job that has. */
  synchronized long finishedAt() {
    return finishedAt;
  }

  /** Says how many jobs are before this one. */
  synchronized void ahead(int jobs) {
    if (ahead != jobs) {
      ahead = jobs;
      changed();
    }
  }

  /** Says how much is done, from 0 to 1. */
  synchronized void progress(double done) {
    double share = Math.max(progress, Math.min(1, done));
    if (share - progress >= 0.001) {
      progress = share;
      changed();
    }
  }

  /** Shows what was found so far. */
  synchronized void show(Region region, byte[] png) {
    draft = new Draft(draft == null ? 1 : draft.version() + 1, region, png);
    changed();
  }

  /** Begins; returns false if it was cancelled before. */
  synchronized boolean begin() {
    if (state != State.WAITING) {
      return false;
    }
    state = State.WORKING;
    changed();
    return true;
  }

  /** Ends it. A job that was cancelled stays so, whatever its work says afterwards. */
  synchronized void done(Object what) {
    if (!state.isFinal()) {
      result = what;
      progress = 1;
      end(State.DONE);
    }
  }

  synchronized void failed(Refusal why) {
    if (!state.isFinal()) {
      error = why;
      end(State.FAILED);
    }
  }

  /** Ends it for whoever watches; the work is told, and stops soon. */
  synchronized void cancel() {
    cancelled = true;
    if (!state.isFinal()) {
      end(State.CANCELLED);
    }
  }

  private void end(State last) {
    state = last;
    draft = null;
    finishedAt = System.nanoTime();
    changed();
  }

  private void changed() {
    version = CLOCK.incrementAndGet();
    notifyAll();
  }

  /** A note with the version it is of. */
  record Seen(long version, Note note, boolean last) {}

  /** Waits until there is news since a version, or some time has passed. */
  synchronized Seen await(long known, long milliseconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    long left = milliseconds;
    while (version <= known && left > 0 && !state.isFinal()) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return new Seen(version, note(), state.isFinal());
  }

  /** Waits until it has ended. */
  synchronized State awaitEnd() throws InterruptedException {
    while (!state.isFinal()) {
      wait();
    }
    return state;
  }

  synchronized Note note() {
    return new Note(
        id,
        state.name().toLowerCase(java.util.Locale.ROOT),
        Math.round(progress * 1000) / 1000.0,
        ahead,
        draft == null ? null : new DraftNote(draft.version(), draft.region()),
        result,
        error == null ? null : error.sentence(),
        error == null ? null : Integer.valueOf(error.status()));
  }
}
