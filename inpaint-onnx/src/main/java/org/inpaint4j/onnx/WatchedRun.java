package org.inpaint4j.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Runs a network on a thread of its own, while the thread that called asks whether to go on. ONNX
 * Runtime looks whether it is to end between two operations of the graph.
 */
final class WatchedRun {

  private static final long PAUSE_MILLIS = 20;

  private WatchedRun() {}

  /**
   * Runs a network.
   *
   * @param goOn asked before the run, and then every 20 ms; what it throws ends the run and is
   *     thrown on
   * @return what the network made; empty if it was ended, or the thread interrupted
   * @throws IllegalStateException if the network fails
   */
  static Optional<Network.Made> run(Network network, List<Fed> fed, BooleanSupplier goOn) {
    if (!goOn.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      return Optional.empty();
    }
    try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
      FutureTask<Network.Made> work = new FutureTask<>(() -> network.run(fed, options));
      Thread thread = new Thread(work, "inpaint-onnx");
      thread.setDaemon(true);
      thread.start();
      boolean ended = true;
      try {
        ended = !watch(work, goOn);
      } finally {
        if (ended) {
          options.setTerminate(true);
        }
        join(thread);
      }
      return ended ? Optional.empty() : Optional.of(result(work));
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** Waits until the work is done (true), or is to end (false). */
  private static boolean watch(FutureTask<Network.Made> work, BooleanSupplier goOn) {
    while (true) {
      try {
        Object unused = work.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return true;
      } catch (ExecutionException e) {
        return true; // whoever takes the result says what is wrong
      } catch (TimeoutException e) {
        if (!goOn.getAsBoolean()) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** The tensors must live until the run has ended, also when this thread is interrupted. */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Network.Made result(FutureTask<Network.Made> work) throws OrtException {
    boolean interrupted = Thread.interrupted();
    try {
      return work.get();
    } catch (InterruptedException e) {
      throw new AssertionError("the work is done, so nothing waits", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OrtException failure) {
        throw failure;
      }
      throw new IllegalStateException("the network must run: " + e.getCause(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IllegalStateException failed(OrtException e) {
    return new IllegalStateException("the network must run: " + Network.sentence(e), e);
  }
}
