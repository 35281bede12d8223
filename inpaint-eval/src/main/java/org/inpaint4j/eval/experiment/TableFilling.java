package org.inpaint4j.eval.experiment;

import com.google.common.collect.Lists;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.inpaint4j.eval.mask.MaskSource;
import org.jspecify.annotations.Nullable;

/** Has filled what a table's folder does not have yet, batch by batch. */
final class TableFilling {

  private final TableFolder folder;
  private final TableSetup setup;
  private final TableImages images;
  private final List<TableMethod> methods;
  private final TableBatch batches;
  private final Consumer<TableProgress> progress;
  private final Object telling = new Object();
  private long done;

  TableFilling(
      TableFolder folder,
      TableSetup setup,
      TableImages images,
      List<TableMethod> methods,
      TableBatch batches) {
    this.folder = folder;
    this.setup = setup;
    this.images = images;
    this.methods = methods;
    this.batches = batches;
    this.progress = setup.progress();
  }

  /**
   * Fills all.
   *
   * @param start when the run began, in {@link System#nanoTime}
   * @param workers where; null for the threads of this process
   */
  void fill(long start, @Nullable TableWorkers workers) throws IOException {
    long before = 0;
    long total = 0;
    for (MaskSource mask : setup.masks()) {
      for (TableMethod method : methods) {
        total += images.names(mask).size();
        before += images.names(mask).size() - missing(mask, method).size();
      }
    }
    done = before;
    Pace pace = new Pace(before, total, start);
    if (workers != null) {
      fillElsewhere(workers, pace);
      return;
    }
    for (TableMethod method : methods) {
      fill(method, pace);
    }
  }

  /** The batches are those that the threads of this process would fill. */
  private void fillElsewhere(TableWorkers workers, Pace pace) throws IOException {
    List<TablePart> parts = new ArrayList<>();
    for (TableMethod method : methods) {
      for (MaskSource mask : setup.masks()) {
        for (List<String> batch : Lists.partition(missing(mask, method), setup.batchSize())) {
          parts.add(new TablePart(mask.name(), List.of(method.name()), batch));
        }
      }
    }
    if (!parts.isEmpty()) {
      workers.fill(
          parts,
          filled -> {
            folder.add(filled);
            ImageRow row = ImageRow.of(filled.rows().get(0));
            tell(filled.rows().size(), pace, row.mask() + ", " + row.method());
          });
    }
  }

  /** How much was done when this run began, how much there is, and when that was. */
  private record Pace(long before, long total, long start) {}

  private List<String> missing(MaskSource mask, TableMethod method) {
    List<String> missing = new ArrayList<>();
    for (String image : images.names(mask)) {
      ImageRow.Key key = new ImageRow.Key(image, mask.name(), method.name());
      if (!folder.rows().containsKey(key)) {
        missing.add(image);
      }
    }
    return missing;
  }

  private void fill(TableMethod method, Pace pace) throws IOException {
    boolean alone = setup.oneByOne() || !method.isConcurrent();
    int threads = alone ? 1 : Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (MaskSource mask : setup.masks()) {
        List<String> missing = missing(mask, method);
        if (setup.oneByOne() && !missing.isEmpty()) {
          // Not measured: the first time classes are loaded and compiled.
          running.add(pool.submit(() -> method.fill(List.of(batches.hole(missing.get(0), mask)))));
        }
        int size = setup.oneByOne() ? 1 : setup.batchSize();
        for (List<String> batch : Lists.partition(missing, size)) {
          running.add(
              pool.submit(
                  () -> {
                    folder.add(batches.fill(batch, mask, method, setup.oneByOne()));
                    tell(batch.size(), pace, mask.name() + ", " + method.name());
                    return batch;
                  }));
        }
      }
      for (Future<?> batch : running) {
        batch.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      pool.shutdownNow();
      // Nobody may write to the folder after this method has returned.
      Uninterruptibles.awaitTerminationUninterruptibly(pool);
    }
  }

  private void tell(int filled, Pace pace, String what) {
    synchronized (telling) {
      done += filled;
      long elapsed = System.nanoTime() - pace.start();
      double each = (double) elapsed / (done - pace.before());
      Duration left = Duration.ofNanos((long) (each * (pace.total() - done)));
      progress.accept(new TableProgress(done, pace.total(), Duration.ofNanos(elapsed), left, what));
    }
  }

  static void checkNotInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  static InterruptedIOException interrupted() {
    return new InterruptedIOException("the experiment was interrupted; another run goes on");
  }

  private static IOException unwrapped(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    String message = cause == null ? null : cause.getMessage();
    return new IOException(
        message == null ? "a batch could not be filled: " + cause : message, cause);
  }
}
