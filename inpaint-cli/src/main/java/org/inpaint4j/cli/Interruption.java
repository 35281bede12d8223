package org.inpaint4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end the work instead of the program: what there is so far is written, then it ends.
 *
 * <p>The virtual machine runs its shutdown hooks while all other threads go on; the hook here asks
 * the work to end and waits until the files are written.
 */
final class Interruption implements AutoCloseable {

  /** Long enough for a step, the blending and the files; then the program ends anyway. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::askAndWait, "interruption");
  private volatile boolean asked;

  private final Runnable onAsked;

  private Interruption(Runnable onAsked) {
    this.onAsked = onAsked;
  }

  /** For work that looks at {@link #asked}. */
  static Interruption watch() {
    return watch(() -> {});
  }

  /**
   * For work that has to be told.
   *
   * @param onAsked called on another thread when the user wants the work to end
   */
  static Interruption watch(Runnable onAsked) {
    Interruption interruption = new Interruption(onAsked);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void askAndWait() {
    asked = true;
    onAsked.run();
    try {
      boolean inTime = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("inpaint: the work did not end in time; nothing more is written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the user wants the work to end. */
  boolean asked() {
    return asked;
  }

  /** All is written; the program may end. */
  @Override
  public void close() {
    finished.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The shutdown began in this very moment; the hook finds that all is done.
        asked = true;
      }
    }
  }
}
