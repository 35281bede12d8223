package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inpaint4j.Pictures.noise;
import static org.inpaint4j.Pictures.pixels;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.Mask;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.search.TinyNetworks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads and one inpainter: turns, interrupts, futures, and the end. */
@Timeout(300)
class TurnsTest {

  /** A filler that waits, once it is entered, until it is let go. */
  private static final class Gate extends ForwardingFiller {
    final AtomicInteger entered = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final CountDownLatch open = new CountDownLatch(1);

    Gate() {
      super(new MeanFiller());
    }

    @Override
    public List<? extends Filling> fill(FillTask task) {
      entered.incrementAndGet();
      await(open);
      assertThat(closed.get()).as("closed while it is used").isZero();
      return super.fill(task);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the test interrupts waiting threads alone", e);
    }
  }

  private final Gate gate = new Gate();
  private final Inpainter gated = Inpainter.builder().filler(gate).build();
  private final List<Thread> threads = new ArrayList<>();

  private static InpaintRequest request() {
    return InpaintRequest.of(
        noise(24, 20, BufferedImage.TYPE_INT_RGB, 1), Mask.rectangle(24, 20, 6, 4, 7, 8));
  }

  private <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    execute(task);
    return task;
  }

  private void execute(Runnable work) {
    Thread thread = new Thread(work);
    threads.add(thread);
    thread.start();
  }

  /** Waits until the thread that was started last waits for something itself. */
  private Thread waiting() {
    Thread thread = threads.get(threads.size() - 1);
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(thread.getState()).isNotEqualTo(Thread.State.TERMINATED);
      Thread.onSpinWait();
    }
    return thread;
  }

  /** Starts a call that is inside the filler when this returns. */
  private FutureTask<InpaintResult> enter() {
    FutureTask<InpaintResult> first = start(() -> gated.inpaint(request()));
    while (gate.entered.get() == 0) {
      Thread.onSpinWait();
    }
    return first;
  }

  @AfterEach
  void letGo() throws InterruptedException {
    gate.open.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    gated.close();
  }

  @Test
  void inpaint_fillerForOneThread_isEnteredInTurns() throws Exception {
    FutureTask<InpaintResult> first = enter();
    FutureTask<InpaintResult> second = start(() -> gated.inpaint(request()));
    waiting();
    assertThat(gate.entered).hasValue(1);
    gate.open.countDown();
    assertThat(pixels(second.get().image())).isEqualTo(pixels(first.get().image()));
    assertThat(gate.entered).hasValue(2);
  }

  @Test
  void inpaint_threadSafeFiller_isEnteredByTwoAtOnce() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    ForwardingFiller filler =
        new ForwardingFiller(new MeanFiller()) {
          @Override
          public boolean isThreadSafe() {
            return true;
          }

          @Override
          public List<? extends Filling> fill(FillTask task) {
            both.countDown();
            await(both);
            return super.fill(task);
          }
        };
    try (Inpainter inpainter = Inpainter.builder().filler(filler).build()) {
      assertThat(inpainter.isConcurrent()).isTrue();
      FutureTask<InpaintResult> other = start(() -> inpainter.inpaint(request()));
      InpaintResult own = inpainter.inpaint(request());
      assertThat(pixels(other.get().image())).isEqualTo(pixels(own.image()));
    }
  }

  @Test
  void inpaint_interruptedWhileItWaits_isCancelled() throws Exception {
    FutureTask<InpaintResult> first = enter();
    FutureTask<Boolean> single =
        start(
            () -> {
              assertThatExceptionOfType(CancellationException.class)
                  .isThrownBy(() -> gated.inpaint(request()))
                  .withMessageContaining("before this image was begun");
              return Thread.interrupted();
            });
    waiting().interrupt();
    assertThat(single.get()).as("the interrupt is kept").isTrue();
    FutureTask<List<InpaintOutcome>> batch =
        start(() -> gated.inpaintAll(List.of(request(), request())));
    waiting().interrupt();
    assertThat(batch.get()).hasSize(2);
    for (InpaintOutcome outcome : batch.get()) {
      assertThat(outcome.result()).isEmpty();
      assertThat(outcome.error()).isEmpty();
    }
    gate.open.countDown();
    assertThat(first.get().status()).isEqualTo(FillStatus.COMPLETED);
    assertThat(gate.entered).hasValue(1);
  }

  @Test
  void inpaint_interruptedBefore_isCancelledIfOthersHaveTheirTurn() throws Exception {
    FutureTask<InpaintResult> first = enter();
    FutureTask<Boolean> second =
        start(
            () -> {
              Thread.currentThread().interrupt();
              assertThatExceptionOfType(CancellationException.class)
                  .isThrownBy(() -> gated.inpaint(request()));
              return Thread.interrupted();
            });
    assertThat(second.get()).as("the interrupt is kept").isTrue();
    gate.open.countDown();
    assertThat(first.get().status()).isEqualTo(FillStatus.COMPLETED);
    assertThat(gate.entered).hasValue(1);
  }

  @Test
  void inpaint_interruptedBefore_getsTheBestSoFarIfNobodyElseHasATurn() {
    SearchOptions options = SearchOptions.paperDcgan().toBuilder().steps(9).draws(8).build();
    try (Inpainter inpainter = TinyNetworks.inpainter(options).build()) {
      Thread.currentThread().interrupt();
      InpaintResult result = inpainter.inpaint(request());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
      assertThat(result.search().trace().steps()).isEqualTo(1);
      assertThat(result.image().getRGB(9, 8)).isNotEqualTo(request().image().getRGB(9, 8));
    }
  }

  @Test
  void close_whileOthersWork_waitsForThemAndRefusesThoseWhoWait() throws Exception {
    FutureTask<InpaintResult> first = enter();
    FutureTask<Boolean> close =
        start(
            () -> {
              gated.close();
              return true;
            });
    waiting();
    FutureTask<InpaintResult> second = start(() -> gated.inpaint(request()));
    waiting();
    assertThat(gate.closed).hasValue(0);
    gate.open.countDown();
    assertThat(first.get().status()).isEqualTo(FillStatus.COMPLETED);
    assertThat(close.get()).isTrue();
    assertThatThrownBy(second::get)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("an inpainter must not be used after close()");
    gated.close();
    assertThat(gate.closed).hasValue(1);
    assertThat(gate.entered).hasValue(1);
  }

  @Test
  void inpaintAsync_completes() throws Exception {
    gate.open.countDown();
    assertThat(gated.isConcurrent()).isFalse();
    CompletableFuture<InpaintResult> future = gated.inpaintAsync(request(), this::execute);
    assertThat(pixels(future.get().image())).isEqualTo(pixels(gated.inpaint(request()).image()));
  }

  @Test
  void inpaintAsync_whatCannotBeFilled_failsWithItsError() {
    InpaintRequest allHole = InpaintRequest.of(request().image(), Mask.of(24, 20, (x, y) -> true));
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(gated.inpaintAsync(allHole, Runnable::run)::get)
        .withCauseInstanceOf(IllegalArgumentException.class)
        .withMessageContaining("at least one pixel known");
    ForwardingFiller broken =
        new ForwardingFiller(new MeanFiller()) {
          @Override
          public List<? extends Filling> fill(FillTask task) {
            throw new LinkageError("no such engine");
          }
        };
    try (Inpainter inpainter = Inpainter.builder().filler(broken).build()) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(inpainter.inpaintAsync(request(), Runnable::run)::get)
          .withCauseInstanceOf(LinkageError.class);
    }
    gated.close();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(gated.inpaintAsync(request(), Runnable::run)::get)
        .withCauseInstanceOf(IllegalStateException.class);
  }

  /** The step during which the future is cancelled is the last. */
  @Test
  void inpaintAsync_cancelled_endsWithinAStep() throws Exception {
    CountDownLatch thirdStep = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    List<Integer> steps = new ArrayList<>();
    InpaintRequest request =
        request()
            .onProgress(
                progress -> {
                  steps.add(progress.step());
                  if (progress.step() == 3) {
                    thirdStep.countDown();
                    await(cancelled);
                  }
                });
    SearchOptions options = SearchOptions.paperDcgan().toBuilder().steps(50).build();
    try (Inpainter inpainter = TinyNetworks.inpainter(options).build()) {
      CompletableFuture<InpaintResult> future = inpainter.inpaintAsync(request, this::execute);
      await(thirdStep);
      assertThat(future.cancel(true)).isTrue();
      cancelled.countDown();
      threads.get(0).join();
      assertThat(steps).containsExactly(1, 2, 3);
      assertThat(future).isCancelled();
    }
  }

  @Test
  void inpaintAsync_cancelledBeforeItsTurn_isNotBegun() {
    List<Runnable> queue = new ArrayList<>();
    CompletableFuture<InpaintResult> future = gated.inpaintAsync(request(), queue::add);
    future.cancel(true);
    queue.forEach(Runnable::run);
    assertThat(gate.entered).hasValue(0);
    assertThat(future).isCancelled();
  }

  /** A call that may wait for itself: by a thread that does not keep the tests from ending. */
  private static <T> T soon(Callable<T> call) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task.get(120, TimeUnit.SECONDS);
  }

  /** The mean, by any number of threads. */
  private static final class Concurrent extends ForwardingFiller {
    boolean closed;

    Concurrent() {
      super(new MeanFiller());
    }

    @Override
    public boolean isThreadSafe() {
      return true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void close_inAListener_isRefused() throws Exception {
    gate.open.countDown();
    Concurrent filler = new Concurrent();
    Inpainter concurrent = Inpainter.builder().filler(filler).build();
    for (Inpainter inpainter : List.of(gated, concurrent)) {
      InpaintRequest closing = request().onProgress(progress -> inpainter.close());
      InpaintOutcome outcome = soon(() -> inpainter.inpaintAll(List.of(closing)).get(0));
      assertThat(outcome.error()).containsInstanceOf(IllegalStateException.class);
      assertThat(outcome.error().orElseThrow())
          .hasMessage(
              "an inpainter must not be closed by its own call: expected close() after the call,"
                  + " found it in a listener");
      assertThat(inpainter.inpaint(request()).status()).isEqualTo(FillStatus.COMPLETED);
    }
    assertThat(gate.closed).hasValue(0);
    assertThat(filler.closed).isFalse();
    concurrent.close();
    assertThat(filler.closed).isTrue();
  }

  /** The other photo would be put in the place of the one that is worked on. */
  @Test
  void inpaint_inAListener_isRefusedWhereThreadsTakeTurns() {
    SearchOptions options = SearchOptions.paperDcgan().toBuilder().steps(5).build();
    InpaintRequest other =
        InpaintRequest.of(noise(24, 20, BufferedImage.TYPE_INT_RGB, 2), request().mask());
    try (Inpainter inpainter = TinyNetworks.inpainter(options).build()) {
      InpaintResult expected = inpainter.inpaint(request());
      List<String> refused = new ArrayList<>();
      InpaintRequest nesting =
          request()
              .onProgress(
                  progress -> {
                    try {
                      inpainter.inpaint(other);
                    } catch (IllegalStateException e) {
                      refused.add(e.getMessage());
                    }
                  });
      InpaintResult result = inpainter.inpaint(nesting);
      assertThat(pixels(result.image())).isEqualTo(pixels(expected.image()));
      assertThat(refused)
          .hasSize(5)
          .containsOnly(
              "an inpainter whose callers take turns must not be called by its own call: expected"
                  + " another inpainter, or this one after the call, found it in a listener");
    }
  }

  @Test
  void inpaint_inAListenerOfAConcurrentInpainter_isFilled() {
    try (Inpainter inpainter = Inpainter.builder().filler(new Concurrent()).build()) {
      List<InpaintResult> inner = new ArrayList<>();
      InpaintRequest nesting =
          request().onProgress(progress -> inner.add(inpainter.inpaint(request())));
      InpaintResult outer = inpainter.inpaint(nesting);
      assertThat(inner).hasSize(1);
      assertThat(pixels(inner.get(0).image())).isEqualTo(pixels(outer.image()));
    }
  }
}
