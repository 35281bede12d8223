package org.inpaint4j.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FillQueueTest {

  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  private Job blocked(String client, String name) {
    return new Job(
        client,
        job -> {
          gate.await();
          order.add(name);
          return name;
        });
  }

  @Test
  void add_clientsTakeTurns_whoeverCameFirstWithMany() throws Exception {
    try (FillQueue queue = new FillQueue(16, 8)) {
      List<Job> jobs = new ArrayList<>();
      for (String name : List.of("a1", "a2", "a3", "b1", "c1", "b2")) {
        Job job = blocked(name.substring(0, 1), name);
        jobs.add(job);
        queue.add(job);
        if (name.equals("a1")) {
          while (job.state() != Job.State.WORKING) {
            Thread.sleep(1);
          }
        }
      }
      // a1 is worked on; then a, b and c in turns.
      assertThat(jobs.get(3).note().ahead()).isEqualTo(2);
      gate.countDown();
      for (Job job : jobs) {
        assertThat(job.awaitEnd()).isEqualTo(Job.State.DONE);
      }
      assertThat(order).containsExactly("a1", "a2", "b1", "c1", "a3", "b2");
    }
  }

  @Test
  void add_tooManyOfOneClientOrOfAll_refusedWith429() throws Exception {
    try (FillQueue queue = new FillQueue(3, 2)) {
      Job first = blocked("a", "a0");
      queue.add(first);
      while (first.state() != Job.State.WORKING) {
        Thread.sleep(1);
      }
      queue.add(blocked("a", "a1"));
      queue.add(blocked("a", "a2"));
      assertThatThrownBy(() -> queue.add(blocked("a", "a3")))
          .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(429))
          .hasMessageContaining("2 of one client");
      queue.add(blocked("b", "b1"));
      assertThatThrownBy(() -> queue.add(blocked("c", "c1")))
          .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(429));
      gate.countDown();
    }
  }

  @Test
  void cancel_waitingJob_neverRunsAndMakesRoom() throws Exception {
    try (FillQueue queue = new FillQueue(2, 1)) {
      Job first = blocked("a", "first");
      queue.add(first);
      while (first.state() != Job.State.WORKING) {
        Thread.sleep(1);
      }
      Job second = blocked("a", "second");
      queue.add(second);
      queue.cancel(second);
      Job third = blocked("a", "third");
      queue.add(third);
      gate.countDown();
      assertThat(third.awaitEnd()).isEqualTo(Job.State.DONE);
      assertThat(second.state()).isEqualTo(Job.State.CANCELLED);
      assertThat(order).containsExactly("first", "third");
    }
  }

  @Test
  void work_failsInAnyWay_isAStatusAndTheNextOneRuns() throws Exception {
    try (FillQueue queue = new FillQueue(8, 8)) {
      Job broken =
          new Job(
              "a",
              job -> {
                throw new IllegalStateException("out of order");
              });
      Job memory =
          new Job(
              "a",
              job -> {
                throw new OutOfMemoryError("Java heap space");
              });
      Job fine = new Job("a", job -> "fine");
      queue.add(broken);
      queue.add(memory);
      queue.add(fine);
      assertThat(fine.awaitEnd()).isEqualTo(Job.State.DONE);
      assertThat(broken.error()).map(Refusal::status).contains(500);
      assertThat(memory.error()).map(Refusal::status).contains(413);
    }
  }

  /** Counts how often it is forgotten. */
  private static class Counted implements Job.Work {
    final AtomicInteger forgotten = new AtomicInteger();

    @Override
    public Object run(Job job) throws Exception {
      return "";
    }

    @Override
    public void forget() {
      forgotten.incrementAndGet();
    }
  }

  @Test
  void work_thatFails_holdsNothingAnyMore() throws Exception {
    Counted failing =
        new Counted() {
          @Override
          public Object run(Job job) {
            throw new IllegalStateException("out of order");
          }
        };
    try (FillQueue queue = new FillQueue(8, 8)) {
      Job job = new Job("a", failing);
      queue.add(job);
      Job next = new Job("a", other -> "");
      queue.add(next);
      next.awaitEnd();
      assertThat(failing.forgotten).hasValue(1);
      assertThat(queue.job(job.id()).state()).isEqualTo(Job.State.FAILED);
    }
  }

  @Test
  void forgetOne_takesAResultThatWasFetched_andNoOther() throws Exception {
    Counted first = new Counted();
    Counted second = new Counted();
    try (FillQueue queue = new FillQueue(8, 8)) {
      Job one = new Job("a", first);
      Job two = new Job("a", second);
      Job last = new Job("a", blocked("a", "last").work());
      queue.add(one);
      queue.add(two);
      queue.add(last);
      two.awaitEnd();
      assertThat(queue.forgetOne()).isFalse();
      two.fetched();
      while (last.state() != Job.State.WORKING) {
        Thread.sleep(1);
      }
      assertThat(queue.forgetOne()).isTrue();
      assertThat(queue.forgetOne()).isFalse();
      assertThat(first.forgotten).hasValue(0);
      assertThat(second.forgotten).hasValue(1);
      assertThat(queue.job(one.id()).state()).isEqualTo(Job.State.DONE);
      assertThatThrownBy(() -> queue.job(two.id())).isInstanceOf(Refusal.class);
      gate.countDown();
    }
  }

  @Test
  void remove_runningJob_forgetsItsWorkOnceItHasEnded() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    Counted work =
        new Counted() {
          @Override
          public Object run(Job job) throws InterruptedException {
            running.countDown();
            gate.await();
            return "";
          }
        };
    try (FillQueue queue = new FillQueue(8, 8)) {
      Job job = new Job("a", work);
      queue.add(job);
      running.await();
      queue.remove(job);
      assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
      assertThat(work.forgotten).hasValue(0);
      gate.countDown();
      Job next = new Job("a", other -> "");
      queue.add(next);
      next.awaitEnd();
      assertThat(work.forgotten).hasValue(1);
    }
  }
}
