package org.inpaint4j.eval.experiment;

import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.metric.ImageMetric;

import static com.google.common.base.Preconditions.checkState;

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
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

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
    int threads = method.usesAllCores() ? 1 : Runtime.getRuntime().availableProcessors();
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
    List<ImagePlanes> known = new ArrayList<>();
    List<Mask> holes = new ArrayList<>();
    long[] seeds = new long[batch.size()];
    for (int i = 0; i < seeds.length; i++) {
      ImagePlanes truth = source.image(batch.get(i));
      seeds[i] = folder.seedOf(generator.name(), source.name(batch.get(i)));
      Mask hole = generator.generate(truth.width(), truth.height(), seeds[i]);
      truths.add(truth);
      holes.add(hole);
      known.add(emptied(truth, hole));
    }
    long begin = System.nanoTime();
    List<FillMethod.Fill> fills = method.fill(List.copyOf(known), List.copyOf(holes), seeds);
    double seconds = (System.nanoTime() - begin) / 1e9 / seeds.length;
    // An interrupted search gives the best it has so far, which is not what the table is about.
    checkNotInterrupted();
    checkState(
        fills.size() == seeds.length,
        "the method %s must fill every image: expected %s, found %s",
        method.name(),
        seeds.length,
        fills.size());
    List<ImageRow> rows = new ArrayList<>();
    List<List<String>> traces = new ArrayList<>();
    for (int i = 0; i < seeds.length; i++) {
      String name = source.name(batch.get(i));
      ImagePlanes result =
          rounded(fills.get(i).image(), truths.get(i), holes.get(i), method.name(), name);
      Map<ImageMetric, Double> metrics = new EnumMap<>(ImageMetric.class);
      for (ImageMetric metric : ImageMetric.values()) {
        metrics.put(metric, metric.of(truths.get(i), result, holes.get(i)));
      }
      ImageRow row =
          new ImageRow(
              name,
              generator.name(),
              method.name(),
              seeds[i],
              TableFolder.crc(truths.get(i)),
              method.identity(),
              holes.get(i).holeFraction(),
              metrics,
              seconds);
      Path file = folder.picture(row.key());
      Files.createDirectories(file.getParent());
      PictureFiles.write(file, PictureFiles.toImage(result));
      rows.add(row);
      traces.addAll(trace(row.key(), fills.get(i).losses()));
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

  /** The result at 8 bits a sample. */
  private static ImagePlanes rounded(
      ImagePlanes result, ImagePlanes truth, Mask hole, String method, String name) {
    checkState(
        result.channels() == truth.channels()
            && result.width() == truth.width()
            && result.height() == truth.height(),
        "the method %s must keep the shape of %s: expected %s, found %s",
        method,
        name,
        truth,
        result);
    ImagePlanes rounded = result.copy();
    int pixels = truth.width() * truth.height();
    for (int i = 0; i < rounded.samples().length; i++) {
      float sample = result.samples()[i];
      checkState(
          Float.isFinite(sample),
          "the method %s must give finite samples: found %s in %s",
          method,
          sample,
          name);
      rounded.samples()[i] = PictureFiles.level(sample) / 255f;
      int pixel = i % pixels;
      checkState(
          hole.isHole(pixel % truth.width(), pixel / truth.width())
              || rounded.samples()[i] == truth.samples()[i],
          "the method %s must keep the known pixels of %s: found another at (%s, %s)",
          method,
          name,
          pixel % truth.width(),
          pixel / truth.width());
    }
    return rounded;
  }
}
