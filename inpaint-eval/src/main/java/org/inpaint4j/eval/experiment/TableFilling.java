package org.inpaint4j.eval.experiment;

import com.google.common.collect.Lists;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.inpaint4j.InpaintOutcome;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.metric.ImageMetric;
import org.inpaint4j.eval.picture.ImageSource;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.search.FoundLatent;

/** Fills what a table's folder does not have yet, in batches, and measures each image. */
final class TableFilling {

  /** Points of a loss trace that are kept. */
  private static final int TRACE_POINTS = 60;

  private final TableFolder folder;
  private final ImageSource source;
  private final List<MaskGenerator> masks;
  private final List<FillMethod> methods;
  private final int batchSize;
  private final Consumer<TableProgress> progress;
  private final Object telling = new Object();
  private long done;

  TableFilling(
      TableFolder folder,
      ImageSource source,
      List<MaskGenerator> masks,
      List<FillMethod> methods,
      int batchSize,
      Consumer<TableProgress> progress) {
    this.folder = folder;
    this.source = source;
    this.masks = masks;
    this.methods = methods;
    this.batchSize = batchSize;
    this.progress = progress;
  }

  /**
   * Fills all.
   *
   * @param start when the run began, in {@link System#nanoTime}
   */
  void fill(long start) throws IOException {
    long before = 0;
    for (MaskGenerator mask : masks) {
      for (FillMethod method : methods) {
        before += source.size() - missing(mask, method).size();
      }
    }
    done = before;
    for (FillMethod method : methods) {
      fill(method, before, start);
    }
  }

  private List<Integer> missing(MaskGenerator mask, FillMethod method) {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      ImageRow.Key key = new ImageRow.Key(source.name(i), mask.name(), method.name());
      if (!folder.rows().containsKey(key)) {
        missing.add(i);
      }
    }
    return missing;
  }

  private void fill(FillMethod method, long before, long start) throws IOException {
    int threads =
        method.inpainter().isConcurrent() ? Runtime.getRuntime().availableProcessors() : 1;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> batches = new ArrayList<>();
      for (MaskGenerator mask : masks) {
        for (List<Integer> batch : Lists.partition(missing(mask, method), batchSize)) {
          batches.add(
              pool.submit(
                  () -> {
                    int filled = fill(batch, mask, method);
                    tell(filled, before, start, mask.name() + ", " + method.name());
                    return filled;
                  }));
        }
      }
      for (Future<?> batch : batches) {
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

  private void tell(int filled, long before, long start, String what) {
    synchronized (telling) {
      done += filled;
      long total = (long) source.size() * masks.size() * methods.size();
      long elapsed = System.nanoTime() - start;
      double each = (double) elapsed / (done - before);
      Duration left = Duration.ofNanos((long) (each * (total - done)));
      progress.accept(new TableProgress(done, total, Duration.ofNanos(elapsed), left, what));
    }
  }

  static void checkNotInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
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

  /** Fills one batch, keeps its pictures, and then its rows. */
  private int fill(List<Integer> batch, MaskGenerator generator, FillMethod method)
      throws IOException {
    List<ImagePlanes> truths = new ArrayList<>();
    List<InpaintRequest> requests = new ArrayList<>();
    long[] seeds = new long[batch.size()];
    for (int i = 0; i < seeds.length; i++) {
      ImagePlanes truth = source.image(batch.get(i));
      seeds[i] = folder.seedOf(generator.name(), source.name(batch.get(i)));
      Mask hole = generator.generate(truth.width(), truth.height(), seeds[i]);
      truths.add(truth);
      requests.add(
          InpaintRequest.of(PictureFiles.toImage(emptied(truth, hole)), hole).seed(seeds[i]));
    }
    long begin = System.nanoTime();
    List<InpaintOutcome> outcomes = method.inpainter().inpaintAll(requests);
    double seconds = (System.nanoTime() - begin) / 1e9 / seeds.length;
    // An interrupted search gives the best it has so far, which is not what the table is about.
    checkNotInterrupted();
    List<ImageRow> rows = new ArrayList<>();
    List<List<String>> traces = new ArrayList<>();
    for (int i = 0; i < seeds.length; i++) {
      String name = source.name(batch.get(i));
      InpaintResult filled = result(outcomes.get(i), method, name);
      ImagePlanes result = PictureFiles.toPlanes(filled.image());
      Mask hole = requests.get(i).mask();
      Map<ImageMetric, Double> metrics = new EnumMap<>(ImageMetric.class);
      for (ImageMetric metric : ImageMetric.values()) {
        metrics.put(metric, metric.of(truths.get(i), result, hole));
      }
      ImageRow row =
          new ImageRow(
              name,
              generator.name(),
              method.name(),
              seeds[i],
              TableFolder.crc(truths.get(i)),
              method.identity(),
              hole.holeFraction(),
              metrics,
              seconds);
      Path file = folder.picture(row.key());
      Files.createDirectories(file.getParent());
      PictureFiles.write(file, filled.image());
      rows.add(row);
      traces.addAll(trace(row.key(), losses(filled)));
    }
    folder.add(rows, traces);
    return rows.size();
  }

  /** Some of the losses of a search, evenly spaced, as rows. */
  private static List<List<String>> trace(ImageRow.Key key, List<Double> losses) {
    List<List<String>> trace = new ArrayList<>();
    int last = losses.size() - 1;
    int points = Math.min(TRACE_POINTS, losses.size());
    for (int p = 0; p < points; p++) {
      int step = points == 1 ? 0 : (int) ((long) p * last / (points - 1));
      trace.add(
          List.of(
              key.image(),
              key.mask(),
              key.method(),
              Integer.toString(step),
              Double.toString(losses.get(step))));
    }
    return trace;
  }

  /** The image without what is in the hole, so that no method can look there. */
  static ImagePlanes emptied(ImagePlanes truth, Mask hole) {
    ImagePlanes known = truth.copy();
    int pixels = truth.width() * truth.height();
    for (int i = 0; i < known.samples().length; i++) {
      int pixel = i % pixels;
      if (hole.isHole(pixel % truth.width(), pixel / truth.width())) {
        known.samples()[i] = 0;
      }
    }
    return known;
  }

  private static InpaintResult result(InpaintOutcome outcome, FillMethod method, String name)
      throws IOException {
    if (outcome.error().isPresent()) {
      throw new IOException(
          "the method "
              + method.name()
              + " must fill every image: found that "
              + name
              + " failed, "
              + outcome.error().get().getMessage(),
          outcome.error().get());
    }
    return outcome.orElseThrow();
  }

  /** The loss at every step of a search; empty for a method without steps. */
  private static List<Double> losses(InpaintResult result) {
    List<Double> losses = new ArrayList<>();
    if (!result.parts().isEmpty() && result.parts().get(0).filling() instanceof FoundLatent found) {
      for (int step = 0; step < found.trace().steps(); step++) {
        losses.add(found.trace().total(step));
      }
    }
    return losses;
  }
}
