package org.inpaint4j.eval.experiment;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.metric.Frechet;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.eval.picture.ImageSource;
import org.jspecify.annotations.Nullable;

/**
 * The paper's table: kinds of masks down, methods across, and how well each fills real images.
 *
 * <pre>{@code
 * List<TableCell> table =
 *     TableExperiment.builder()
 *         .images(Path.of("faces.zip"))
 *         .masks(List.of(MaskGenerator.rectangle(), MaskGenerator.noise()))
 *         .methods(List.of(FillMethod.named("harmonic", model)))
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
    public Builder masks(List<MaskGenerator> generators) {
      masks.addAll(generators);
      return this;
    }

    /**
     * Adds methods, the columns of the table.
     *
     * @param fills the methods, whose names differ; they are not closed
     * @return this
     */
    public Builder methods(List<FillMethod> fills) {
      methods.addAll(fills);
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
    TableFilling.checkNotInterrupted();
    ImageSource source = ImageSource.read(images, limit);
    TableFolder folder = TableFolder.open(output, source, methods, seed);
    new TableFilling(folder, source, masks, methods, batchSize, progress).fill(start);
    TableResults results = new TableResults(source, masks, methods, folder.rows(), folder.traces());
    List<TableCell> cells = new TableCells(folder, results, features, batchSize, seed).all();
    Map<String, String> facts = facts(results, System.nanoTime() - start);
    TableFiles.write(output, title, facts, distanceName(), cells);
    Report.write(folder, title, facts, distanceName(), results, cells);
    return cells;
  }

  private @Nullable String distanceName() {
    return features == null ? null : features.distanceName();
  }

  private Map<String, String> facts(TableResults results, long nanos) {
    ImageSource source = results.source();
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
            results.seconds(),
            nanos / 1e9));
    for (FillMethod method : methods) {
      facts.put(method.name(), method.identity());
    }
    return facts;
  }
}
