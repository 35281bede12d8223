package org.inpaint4j.patch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share pieces of work. */
final class Crew implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  Crew(int threads) {
    this.threads = threads;
    pool = Executors.newFixedThreadPool(Math.max(1, threads - 1), r -> {
      Thread t = new Thread(r, "inpaint4j-patch");
      t.setDaemon(true);
      return t;
    });
  }

  void run(int pieces, IntConsumer work) {
    int helpers = Math.min(threads, pieces) - 1;
    if (helpers <= 0) {
      for (int i = 0; i < pieces; i++) {
        work.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    CountDownLatch latch = new CountDownLatch(helpers);
    Runnable job = () -> {
      for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
        work.accept(i);
      }
    };
    for (int k = 0; k < helpers; k++) {
      pool.execute(() -> {
        try {
          job.run();
        } finally {
          latch.countDown();
        }
      });
    }
    job.run();
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
