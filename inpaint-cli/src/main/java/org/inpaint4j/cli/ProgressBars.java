package org.inpaint4j.cli;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars on standard error. */
final class ProgressBars {

  /** Of each piece, so that the bar moves within a piece. */
  static final int PARTS = 1000;

  /**
   * The launcher says if standard error is a file or a pipe: there, a line now and then is enough.
   */
  private static final boolean TERMINAL =
      Boolean.parseBoolean(System.getProperty("inpaint4j.terminal", "true"));

  private static final int WIDTH = 79;
  private static final int WIDE = 110;

  private ProgressBars() {}

  /**
   * A bar for work whose time left the bar works out itself.
   *
   * @param task what is being done
   * @param steps the number of steps
   * @return the bar, to be closed
   */
  static ProgressBar start(String task, long steps) {
    return builder(task).setInitialMax(steps).build();
  }

  /**
   * A bar for long work with much to tell, that goes on where an earlier run ended.
   *
   * @param task what is being done
   * @param done the number of steps that were done before
   * @param steps the number of steps with those
   * @return the bar, to be closed
   */
  static ProgressBar startFrom(String task, long done, long steps) {
    return builder(task)
        .setInitialMax(steps)
        .startsFrom(done, Duration.ZERO)
        .setConsumer(consumer(WIDE))
        .build();
  }

  /**
   * A bar for several pieces of work, each of {@value #PARTS} parts.
   *
   * @param task what is being done
   * @param unit what a piece is
   * @param pieces the number of pieces
   * @return the bar, to be closed; it counts parts
   */
  static ProgressBar startPieces(String task, String unit, int pieces) {
    return builder(task).setInitialMax((long) PARTS * pieces).setUnit(" " + unit, PARTS).build();
  }

  /**
   * A bar for work that knows itself how long it takes.
   *
   * @param task what is being done
   * @return the bar, without a length yet; to be closed
   */
  static ProgressBar startWithoutEstimate(String task) {
    return builder(task).setInitialMax(-1).hideEta().build();
  }

  private static ProgressBarBuilder builder(String task) {
    // A width of its own, as asking the terminal for it takes longer than all the rest.
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(TERMINAL ? 200 : 10_000)
        .setConsumer(consumer(WIDTH));
  }

  private static ProgressBarConsumer consumer(int width) {
    return TERMINAL
        ? new ConsoleProgressBarConsumer(System.err, width)
        : new DelegatingProgressBarConsumer(System.err::println, width);
  }

  /** For people: {@code 2:05:09} or {@code 5:09}. */
  static String clock(Duration time) {
    return time.toHours() == 0
        ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
        : String.format(
            Locale.ROOT,
            "%d:%02d:%02d",
            time.toHours(),
            time.toMinutesPart(),
            time.toSecondsPart());
  }
}
