package org.inpaint4j.studio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.model.face.NoFaceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of all clients, done one at a time: a fill uses all cores. Clients take turns, so that
 * one with many jobs does not keep another with one waiting.
 */
final class FillQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FillQueue.class);
  private static final long KEPT = TimeUnit.MINUTES.toNanos(10);
  private static final int MOST_KEPT = 64;

  private final int most;
  private final int mostOfOne;

  /** The clients whose turn it is, in order, with their waiting jobs. */
  private final Map<String, Deque<Job>> waiting = new LinkedHashMap<>();

  private final Map<String, Job> known = new LinkedHashMap<>();
  private final Thread worker = new Thread(this::work, "studio-fill");
  private @Nullable Job working;
  private boolean closed;

  FillQueue(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * Adds a job.
   *
   * @throws Refusal if too many wait
   */
  synchronized void add(Job job) {
    int all = waiting.values().stream().mapToInt(Deque::size).sum();
    Deque<Job> own = waiting.getOrDefault(job.client(), new ArrayDeque<>());
    if (closed || all >= most || own.size() >= mostOfOne) {
      throw new Refusal(
          Refusal.TOO_MANY,
          "the queue must have room: expected at most "
              + most
              + " waiting jobs and "
              + mostOfOne
              + " of one client, found "
              + all
              + " and "
              + own.size()
              + "; try again later");
    }
    own.add(job);
    waiting.putIfAbsent(job.client(), own);
    known.put(job.id(), job);
    forgetOld();
    tellPlaces();
    notifyAll();
  }

  /**
   * A job by its name.
   *
   * @throws Refusal if there is none
   */
  synchronized Job job(String id) {
    return Optional.ofNullable(known.get(id))
        .orElseThrow(() -> Refusal.notFound("a job must exist: found none of this name"));
  }

  /** Ends a job, whether it waits or is worked on. */
  synchronized void cancel(Job job) {
    job.cancel();
    Deque<Job> own = waiting.get(job.client());
    if (own != null && own.remove(job) && own.isEmpty()) {
      waiting.remove(job.client());
    }
    tellPlaces();
  }

  /** Cancels a job if it goes on, and forgets its result. */
  synchronized void remove(Job job) {
    cancel(job);
    known.remove(job.id());
    if (job != working) {
      job.work().forget();
    }
  }

  /**
   * Forgets the oldest job that is done and whose result was fetched, or is old.
   *
   * @return whether there was one
   */
  synchronized boolean forgetOne() {
    return forgetFirst(job -> job.state() == Job.State.DONE && (job.isFetched() || isOld(job)));
  }

  private void forgetOld() {
    while (forgetFirst(job -> job.state().isFinal() && isOld(job))) {
      // Another one.
    }
    while (known.values().stream().filter(job -> job.state().isFinal()).count() > MOST_KEPT
        && forgetFirst(job -> job.state().isFinal())) {
      // Another one.
    }
  }

  private static boolean isOld(Job job) {
    return System.nanoTime() - job.finishedAt() > KEPT;
  }

  /** Forgets the oldest job of some, but not the one that is worked on; tells if there was one. */
  private boolean forgetFirst(Predicate<Job> which) {
    for (Iterator<Job> jobs = known.values().iterator(); jobs.hasNext(); ) {
      Job job = jobs.next();
      if (job != working && which.test(job)) {
        jobs.remove();
        job.work().forget();
        return true;
      }
    }
    return false;
  }

  /** The order in which the waiting jobs will be taken. */
  private void tellPlaces() {
    List<Deque<Job>> queues = new ArrayList<>();
    waiting.values().forEach(own -> queues.add(new ArrayDeque<>(own)));
    int place = working == null ? 0 : 1;
    while (!queues.isEmpty()) {
      for (Iterator<Deque<Job>> turn = queues.iterator(); turn.hasNext(); ) {
        Deque<Job> own = turn.next();
        Job job = own.poll();
        if (job == null) {
          turn.remove();
        } else {
          job.ahead(place++);
        }
      }
    }
  }

  /** The next job: of the client that has waited for the longest; it then goes to the end. */
  private synchronized @Nullable Job next() throws InterruptedException {
    working = null;
    tellPlaces();
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      return null;
    }
    Map.Entry<String, Deque<Job>> first = waiting.entrySet().iterator().next();
    String client = first.getKey();
    Deque<Job> own = first.getValue();
    Job job = own.remove();
    waiting.remove(client);
    if (!own.isEmpty()) {
      waiting.put(client, own);
    }
    working = job;
    return job;
  }

  private void work() {
    try {
      for (Job job = next(); job != null; job = next()) {
        if (job.begin()) {
          run(job);
        }
        settle(job);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What made nothing, or is asked for by nobody, holds no memory. */
  private synchronized void settle(Job job) {
    working = null;
    if (job.state() != Job.State.DONE || !known.containsKey(job.id())) {
      job.work().forget();
    }
  }

  private static void run(Job job) {
    try {
      job.done(job.work().run(job));
    } catch (Refusal e) {
      job.failed(e);
    } catch (NoFaceException e) {
      job.failed(Refusal.of(Refusal.UNPROCESSABLE, e));
    } catch (PictureException | IllegalArgumentException e) {
      job.failed(Refusal.of(Refusal.BAD_REQUEST, e));
    } catch (OutOfMemoryError e) {
      job.failed(
          new Refusal(
              Refusal.TOO_LARGE, "the picture must fit into memory: set JAVA_OPTS=-Xmx8g, say", e));
    } catch (Exception | LinkageError e) {
      LOG.warn("a job failed", e);
      job.failed(new Refusal(Refusal.FAILED, "the fill failed: " + e, e));
    }
  }

  /** Ends the work. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      known.values().forEach(Job::cancel);
      notifyAll();
    }
    try {
      worker.join(TimeUnit.SECONDS.toMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
