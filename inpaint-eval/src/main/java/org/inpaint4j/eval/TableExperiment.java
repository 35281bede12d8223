package org.inpaint4j.eval;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.inpaint4j.ImagePlanes;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.Mask;
import org.jspecify.annotations.Nullable;

/**
 * The paper's table: kinds of masks down, methods across, and how well each fills real images.
 *
 * <pre>{@code
 * List<TableCell> table =
 *     TableExperiment.builder()
 *         .images(Path.of("faces.zip"))
 *         .masks(MaskGenerator.rectangle(), MaskGenerator.noise(), MaskGenerator.quickDraw())
 *         .methods(FillMethod.nearest())
 *         .output(Path.of("out/table"))
 *         .build()
 *         .run();
 * }</pre>
 *
 * <p>The output folder gets {@code table.md}, {@code table.csv}, {@code images.csv} (a row for each
 * image, mask and method), {@code traces.csv} (how losses fell), {@code report.html} (one file, all
 * pictures inside) and {@code pictures/}.
 *
 * <p>A run that was stopped goes on where it was: what {@code images.csv} has is not done again.
 * Methods, masks and images can be added that way. The seed of an image's mask and search depends
 * on the experiment's seed, the kind of mask and the image's name only, so an image has the same
 * hole for every method and however many images there are.
 *
 * <p>Results are compared after rounding to 8 bits a sample, as they would be stored, and are
 * refused when a known pixel has changed.
 */
public final class TableExperiment {

  /** Subsets and their size for the kernel distance; fewer images than this make one subset. */
  private static final int KERNEL_SUBSETS = 50;

  private static final int KERNEL_SUBSET_SIZE = 250;

  /** Points of a loss trace that are kept. */
  private static final int TRACE_POINTS = 60;

  private static final List<String> TRACE_HEADER =
      List.of("image", "mask", "method", "step", "loss");

  private final Path images;
  private final int limit;
  private final List<MaskGenerator> masks;
  private final List<FillMethod> methods;
  private final @Nullable ImageFeatures features;
  private final Path output;
  private final long seed;
  private final int batchSize;
  private final String title;
  private final Consumer<TableProgress> progress;

  private TableExperiment(Builder builder) {
    checkState(builder.images != null, "an experiment must have images: found none");
    checkState(builder.output != null, "an experiment must have an output folder: found none");
    checkState(!builder.masks.isEmpty(), "an experiment must have masks: found none");
    checkState(!builder.methods.isEmpty(), "an experiment must have methods: found none");
    images = builder.images;
    output = builder.output;
    limit = builder.limit;
    masks = List.copyOf(builder.masks);
    methods = List.copyOf(builder.methods);
    features = builder.features;
    seed = builder.seed;
    batchSize = builder.batchSize;
    title = builder.title;
    progress = builder.progress;
    Set<String> names = new HashSet<>();
    for (MaskGenerator mask : masks) {
      checkState(names.add(mask.name()), "masks must differ by name: found %s twice", mask.name());
    }
    names.clear();
    for (FillMethod method : methods) {
      checkState(
          method.name().matches("[A-Za-z0-9][A-Za-z0-9 .-]*"),
          "a method's name must be letters, digits, spaces, dots and hyphens: found %s",
          method.name());
      checkState(
          names.add(method.name()), "methods must differ by name: found %s twice", method.name());
    }
  }

  /**
   * Starts an experiment with nothing set but seed 1, batches of 16 and no feature network.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The table with methods and masks by name and SqueezeNet's features, as a command needs it.
   *
   * @param images a folder or zip file of pictures
   * @param limit take this many of them at most
   * @param maskNames of {@link MaskGenerator#names}
   * @param methodNames of {@link FillMethod#names}
   * @param model what the searches among them search
   * @param seed chooses the masks and the starts of the searches
   * @param output a new folder, or that of the same experiment to go on with
   * @param progress called after every batch, by one thread at a time
   * @return the cells of the table, mask by mask
   * @throws IOException as {@link #run()}
   */
  public static List<TableCell> run(
      Path images,
      int limit,
      List<String> maskNames,
      List<String> methodNames,
      InpaintModel model,
      long seed,
      Path output,
      Consumer<TableProgress> progress)
      throws IOException {
    List<FillMethod> methods = new ArrayList<>();
    try {
      methodNames.forEach(name -> methods.add(FillMethod.named(name, model, seed)));
      return builder()
          .images(images)
          .limit(limit)
          .masks(maskNames.stream().map(MaskGenerator::named).toArray(MaskGenerator[]::new))
          .methods(methods.toArray(FillMethod[]::new))
          .features(ImageFeatures.squeezeNet())
          .seed(seed)
          .output(output)
          .title("Inpainting: " + images.getFileName())
          .onProgress(progress)
          .build()
          .run();
    } finally {
      methods.forEach(FillMethod::close);
    }
  }

  /** Puts an experiment together. */
  public static final class Builder {

    private @Nullable Path images;
    private @Nullable Path output;
    private int limit = Integer.MAX_VALUE;
    private final List<MaskGenerator> masks = new ArrayList<>();
    private final List<FillMethod> methods = new ArrayList<>();
    private @Nullable ImageFeatures features;
    private long seed = 1;
    private int batchSize = 16;
    private String title = "Inpainting";
    private Consumer<TableProgress> progress = p -> {};

    private Builder() {}

    /**
     * The true images.
     *
     * @param folderOrZip a folder or zip file of pictures; they are taken in the order of their
     *     names
     * @return this
     */
    public Builder images(Path folderOrZip) {
      images = requireNonNull(folderOrZip, "folderOrZip");
      return this;
    }

    /**
     * Takes the first images only.
     *
     * @param count at least 1
     * @return this
     */
    public Builder limit(int count) {
      checkArgument(count > 0, "the number of images must be positive: found %s", count);
      limit = count;
      return this;
    }

    /**
     * Adds kinds of masks, the rows of the table.
     *
     * @param generators their generators, whose names differ
     * @return this
     */
    public Builder masks(MaskGenerator... generators) {
      masks.addAll(List.of(generators));
      return this;
    }

    /**
     * Adds methods, the columns of the table.
     *
     * @param fills the methods, whose names differ
     * @return this
     */
    public Builder methods(FillMethod... fills) {
      methods.addAll(List.of(fills));
      return this;
    }

    /**
     * The network for Fréchet and kernel distances. Without one they are left out.
     *
     * @param network the network
     * @return this
     */
    public Builder features(ImageFeatures network) {
      features = requireNonNull(network, "network");
      return this;
    }

    /**
     * Where the results go.
     *
     * @param folder a new folder, or that of the same experiment to go on with
     * @return this
     */
    public Builder output(Path folder) {
      output = requireNonNull(folder, "folder");
      return this;
    }

    /**
     * Chooses the masks and the starts of the searches.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * How many images a method gets at once.
     *
     * @param size at least 1
     * @return this
     */
    public Builder batchSize(int size) {
      checkArgument(size > 0, "the batch size must be positive: found %s", size);
      batchSize = size;
      return this;
    }

    /**
     * The heading of the report.
     *
     * @param text plain text
     * @return this
     */
    public Builder title(String text) {
      title = requireNonNull(text, "text");
      return this;
    }

    /**
     * Listens to the progress.
     *
     * @param listener called after every batch, by one thread at a time
     * @return this
     */
    public Builder onProgress(Consumer<TableProgress> listener) {
      progress = requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Finishes.
     *
     * @return the experiment
     * @throws IllegalStateException if images, output, masks or methods are missing, or two of them
     *     have one name
     */
    public TableExperiment build() {
      return new TableExperiment(this);
    }
  }

  /**
   * Fills what has not been filled yet and writes the table and the report.
   *
   * @return the cells of the table, mask by mask
   * @throws IOException if a file cannot be read or written, or the output folder holds another
   *     experiment; {@link InterruptedIOException} if the thread was interrupted, after which the
   *     experiment can go on with another call
   */
  public List<TableCell> run() throws IOException {
    long start = System.nanoTime();
    checkNotInterrupted();
    ImageSource source = ImageSource.read(images, limit);
    Files.createDirectories(output);
    RowLog rowLog = new RowLog(output.resolve("images.csv"), ImageRow.HEADER);
    RowLog traceLog = new RowLog(output.resolve("traces.csv"), TRACE_HEADER);
    Map<ImageRow.Key, ImageRow> rows = new LinkedHashMap<>();
    for (List<String> fields : rowLog.rows()) {
      ImageRow row = ImageRow.of(fields);
      if (Files.exists(picture(row.mask(), row.method(), row.image()))) {
        rows.put(row.key(), row);
      }
    }
    checkSame(source, rows);
    fillAll(source, rows, rowLog, traceLog, start);
    Results results = new Results(source, masks, methods, rows, traces(traceLog));
    List<TableCell> cells = cells(results);
    Map<String, String> facts = facts(source, cells, System.nanoTime() - start);
    TableFiles.write(output, title, facts, distanceName(), cells);
    new Report(output, title, facts, distanceName(), results, cells).write();
    return cells;
  }

  /** All that the output files are made from. */
  record Results(
      ImageSource source,
      List<MaskGenerator> masks,
      List<FillMethod> methods,
      Map<ImageRow.Key, ImageRow> rows,
      Map<ImageRow.Key, List<double[]>> traces) {

    /** The rows of one cell, in the order of the images. */
    List<ImageRow> of(String mask, String method) {
      List<ImageRow> cell = new ArrayList<>();
      for (int i = 0; i < source.size(); i++) {
        ImageRow row = rows.get(new ImageRow.Key(source.name(i), mask, method));
        if (row != null) {
          cell.add(row);
        }
      }
      return cell;
    }
  }

  private @Nullable String distanceName() {
    return features == null ? null : features.distanceName();
  }

  private Path picture(String mask, String method, String image) {
    return pictureFile(output, mask, method, image);
  }

  static Path pictureFile(Path output, String mask, String method, String image) {
    return output.resolve("pictures").resolve(mask).resolve(method).resolve(image + ".png");
  }

  private long seedOf(String mask, String image) {
    return Seeds.combine(Seeds.combine(seed, mask), image);
  }

  private static String crc(ImagePlanes image) {
    CRC32 crc = new CRC32();
    for (float sample : image.samples()) {
      crc.update(PictureFiles.level(sample));
    }
    return Long.toHexString(crc.getValue());
  }

  /** Refuses a folder whose rows were made with another seed, other images or another method. */
  private void checkSame(ImageSource source, Map<ImageRow.Key, ImageRow> rows) throws IOException {
    Map<String, String> identities = new LinkedHashMap<>();
    for (FillMethod method : methods) {
      identities.put(method.name(), method.identity());
    }
    Map<String, String> crcs = new LinkedHashMap<>();
    if (!rows.isEmpty()) {
      for (int i = 0; i < source.size(); i++) {
        crcs.put(source.name(i), crc(source.image(i)));
      }
    }
    for (ImageRow row : rows.values()) {
      same("seed", seedOf(row.mask(), row.image()), row.seed());
      same("image " + row.image(), crcs.getOrDefault(row.image(), row.truthCrc()), row.truthCrc());
      same(
          "method " + row.method(),
          identities.getOrDefault(row.method(), row.identity()),
          row.identity());
    }
  }

  private void same(String what, Object expected, Object found) throws IOException {
    if (!expected.equals(found)) {
      throw new IOException(
          "the output folder must hold the same experiment: expected the "
              + what
              + " to be "
              + expected
              + ", found "
              + found
              + " in "
              + output);
    }
  }

  private void fillAll(
      ImageSource source,
      Map<ImageRow.Key, ImageRow> rows,
      RowLog rowLog,
      RowLog traceLog,
      long start)
      throws IOException {
    long total = (long) source.size() * masks.size() * methods.size();
    long before = 0;
    for (MaskGenerator mask : masks) {
      for (FillMethod method : methods) {
        for (int i = 0; i < source.size(); i++) {
          if (rows.containsKey(new ImageRow.Key(source.name(i), mask.name(), method.name()))) {
            before++;
          }
        }
      }
    }
    AtomicLong done = new AtomicLong(before);
    for (FillMethod method : methods) {
      int threads = method.usesAllCores() ? 1 : Runtime.getRuntime().availableProcessors();
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<Future<List<ImageRow>>> batches = new ArrayList<>();
        for (MaskGenerator mask : masks) {
          List<Integer> missing = new ArrayList<>();
          for (int i = 0; i < source.size(); i++) {
            if (!rows.containsKey(new ImageRow.Key(source.name(i), mask.name(), method.name()))) {
              missing.add(i);
            }
          }
          for (int from = 0; from < missing.size(); from += batchSize) {
            List<Integer> batch =
                List.copyOf(missing.subList(from, Math.min(missing.size(), from + batchSize)));
            long already = before;
            batches.add(
                pool.submit(
                    () -> {
                      List<ImageRow> filled = fill(source, batch, mask, method, rowLog, traceLog);
                      report(done, already, filled.size(), total, start, mask, method);
                      return filled;
                    }));
          }
        }
        for (Future<List<ImageRow>> batch : batches) {
          for (ImageRow row : batch.get()) {
            rows.put(row.key(), row);
          }
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
  }

  private static void checkNotInterrupted() throws InterruptedIOException {
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

  private void report(
      AtomicLong done,
      long before,
      int filled,
      long total,
      long start,
      MaskGenerator mask,
      FillMethod method) {
    synchronized (done) {
      long now = done.addAndGet(filled);
      long elapsed = System.nanoTime() - start;
      double each = (double) elapsed / (now - before);
      progress.accept(
          new TableProgress(
              now,
              total,
              Duration.ofNanos(elapsed),
              Duration.ofNanos((long) (each * (total - now))),
              mask.name() + ", " + method.name()));
    }
  }

  /** Fills one batch, keeps its pictures, and then its rows. */
  private List<ImageRow> fill(
      ImageSource source,
      List<Integer> batch,
      MaskGenerator generator,
      FillMethod method,
      RowLog rowLog,
      RowLog traceLog)
      throws IOException {
    List<ImagePlanes> truths = new ArrayList<>();
    List<ImagePlanes> known = new ArrayList<>();
    List<Mask> holes = new ArrayList<>();
    long[] seeds = new long[batch.size()];
    for (int i = 0; i < seeds.length; i++) {
      ImagePlanes truth = source.image(batch.get(i));
      seeds[i] = seedOf(generator.name(), source.name(batch.get(i)));
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
      writePicture(picture(generator.name(), method.name(), name), result);
      rows.add(
          new ImageRow(
              name,
              generator.name(),
              method.name(),
              seeds[i],
              crc(truths.get(i)),
              method.identity(),
              holes.get(i).holeFraction(),
              metrics,
              seconds));
      List<Double> losses = fills.get(i).losses();
      int last = losses.size() - 1;
      int points = Math.min(TRACE_POINTS, losses.size());
      for (int p = 0; p < points; p++) {
        int step = points == 1 ? 0 : (int) ((long) p * last / (points - 1));
        traces.add(
            List.of(
                name,
                generator.name(),
                method.name(),
                Integer.toString(step),
                Double.toString(losses.get(step))));
      }
    }
    if (!traces.isEmpty()) {
      traceLog.append(traces);
    }
    rowLog.append(rows.stream().map(ImageRow::toFields).toList());
    return rows;
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

  private static void writePicture(Path file, ImagePlanes image) throws IOException {
    Files.createDirectories(file.getParent());
    PictureFiles.write(file, PictureFiles.toImage(image));
  }

  private static Map<ImageRow.Key, List<double[]>> traces(RowLog log) throws IOException {
    Map<ImageRow.Key, List<double[]>> traces = new LinkedHashMap<>();
    for (List<String> row : log.rows()) {
      List<double[]> trace =
          traces.computeIfAbsent(
              new ImageRow.Key(row.get(0), row.get(1), row.get(2)), key -> new ArrayList<>());
      double step = Double.parseDouble(row.get(3));
      // A trace written by a run that stopped before its row was begins again at step 0.
      if (step == 0) {
        trace.clear();
      }
      trace.add(new double[] {step, Double.parseDouble(row.get(4))});
    }
    return traces;
  }

  private List<TableCell> cells(Results results) throws IOException {
    float[][] real = null;
    if (features != null) {
      List<ImagePlanes> truths = new ArrayList<>();
      for (int i = 0; i < results.source().size(); i++) {
        truths.add(results.source().image(i));
      }
      real = inBatches(features, truths);
    }
    List<TableCell> cells = new ArrayList<>();
    for (MaskGenerator mask : masks) {
      for (FillMethod method : methods) {
        List<ImageRow> rows = results.of(mask.name(), method.name());
        double frechet = Double.NaN;
        double kernel = Double.NaN;
        if (features != null && real != null && rows.size() > 1) {
          List<ImagePlanes> filled = new ArrayList<>();
          for (ImageRow row : rows) {
            Path file = picture(mask.name(), method.name(), row.image());
            filled.add(
                PictureFiles.toPlanes(
                    PictureFiles.read(Files.readAllBytes(file), file.toString())));
          }
          float[][] found = inBatches(features, filled);
          frechet = frechet(real, found);
          int size = Math.min(KERNEL_SUBSET_SIZE, found.length);
          int subsets = size == found.length ? 1 : KERNEL_SUBSETS;
          kernel = KernelDistance.between(real, found, subsets, size, seed).mean();
        }
        Map<ImageMetric, Double> means = new EnumMap<>(ImageMetric.class);
        for (ImageMetric metric : ImageMetric.values()) {
          means.put(
              metric, rows.stream().mapToDouble(row -> row.bounded(metric)).average().orElse(0));
        }
        cells.add(
            new TableCell(
                mask.name(),
                method.name(),
                rows.size(),
                rows.stream().mapToDouble(ImageRow::holeFraction).average().orElse(0),
                means,
                frechet,
                kernel,
                rows.stream().mapToDouble(ImageRow::seconds).average().orElse(0)));
      }
    }
    return cells;
  }

  /** The cheaper way for the number of images: N x N or D x D. */
  private static double frechet(float[][] real, float[][] found) {
    Frechet.warnIfFew(found.length);
    if (found.length <= real[0].length) {
      return Frechet.ofSamples(real, found);
    }
    FeatureStatistics first = FeatureStatistics.create(real[0].length);
    FeatureStatistics second = FeatureStatistics.create(real[0].length);
    for (int i = 0; i < found.length; i++) {
      first.add(real[i]);
      second.add(found[i]);
    }
    return Frechet.ofMoments(first.mean(), first.covariance(), second.mean(), second.covariance());
  }

  private float[][] inBatches(ImageFeatures network, List<ImagePlanes> all) {
    float[][] found = new float[all.size()][];
    for (int from = 0; from < found.length; from += batchSize) {
      int to = Math.min(found.length, from + batchSize);
      System.arraycopy(network.of(all.subList(from, to)), 0, found, from, to - from);
    }
    return found;
  }

  private Map<String, String> facts(ImageSource source, List<TableCell> cells, long nanos) {
    double filling =
        cells.stream().mapToDouble(cell -> cell.secondsPerImage() * cell.images()).sum();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Images", source.size() + " of " + images.getFileName());
    facts.put("Seed", Long.toString(seed));
    if (features != null) {
      facts.put(features.distanceName(), features.identity());
      if (source.size() < Frechet.FEW) {
        facts.put(
            "Caution",
            features.distanceName()
                + " from "
                + source.size()
                + " images is biased upwards (2,048 or more are usual): compare it within this table"
                + " only, or use the kernel distance");
      }
    }
    facts.put(
        "Time",
        String.format(
            Locale.ROOT,
            "%.1f s of filling in all runs; this run took %.1f s",
            filling,
            nanos / 1e9));
    for (FillMethod method : methods) {
      if (!method.identity().equals(method.name())) {
        facts.put(method.name(), method.identity());
      }
    }
    return facts;
  }
}
