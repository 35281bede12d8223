package org.inpaint4j.eval.experiment;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.jspecify.annotations.Nullable;

/** Puts a {@link TableExperiment} together. */
public final class TableBuilder {

  private @Nullable Path images;
  private @Nullable Path output;
  private int limit = Integer.MAX_VALUE;
  private Predicate<String> wanted = name -> true;
  private int fills;
  private final List<MaskSource> masks = new ArrayList<>();
  private final List<FillMethod> methods = new ArrayList<>();
  private final Map<String, Path> peers = new LinkedHashMap<>();
  private @Nullable ImageFeatures features;
  private long seed = 1;
  private int batchSize = 16;
  private boolean oneByOne;
  private int sheetFills = 24;
  private String title = "Inpainting";
  private Consumer<TableProgress> progress = p -> {};

  TableBuilder() {}

  /**
   * The true images.
   *
   * @param folderOrZip a folder or zip file of pictures; they are taken in the order of their names
   * @return this
   */
  public TableBuilder images(Path folderOrZip) {
    images = requireNonNull(folderOrZip, "folderOrZip");
    return this;
  }

  /**
   * Takes the first images only.
   *
   * @param count at least 1
   * @return this
   */
  public TableBuilder limit(int count) {
    checkArgument(count > 0, "the number of images must be positive: found %s", count);
    limit = count;
    return this;
  }

  /**
   * Takes some of the images only.
   *
   * @param name says which, by their file names without ending
   * @return this
   */
  public TableBuilder only(Predicate<String> name) {
    wanted = requireNonNull(name, "name");
    return this;
  }

  /**
   * Fills at least so many holes of each kind of mask, if the kind is random: an image gets several
   * holes then. Distances between sets need 2,048 fills.
   *
   * @param count at least 1; by default each image gets one hole of a kind
   * @return this
   */
  public TableBuilder fills(int count) {
    checkArgument(count > 0, "the number of fills must be positive: found %s", count);
    fills = count;
    return this;
  }

  /**
   * Adds kinds of masks, the rows of the table.
   *
   * @param kinds generators or files, whose names differ
   * @return this
   */
  public TableBuilder masks(List<? extends MaskSource> kinds) {
    masks.addAll(kinds);
    return this;
  }

  /**
   * Adds methods, the columns of the table.
   *
   * @param fills the methods, whose names differ; they are not closed
   * @return this
   */
  public TableBuilder methods(List<FillMethod> fills) {
    methods.addAll(fills);
    return this;
  }

  /**
   * Adds what another program filled as a method.
   *
   * @param name the name in tables and file names: letters, digits, spaces, dots and hyphens
   * @param folder with a picture {@code NAME.KIND.png} for each image and kind of mask, as {@link
   *     org.inpaint4j.eval.mask.MaskFiles} has masks; the known pixels are put back. So images must
   *     not get several holes of a kind ({@link #fills})
   * @return this
   */
  public TableBuilder peer(String name, Path folder) {
    String checked = FillMethod.checkedName(name);
    checkArgument(
        peers.put(checked, requireNonNull(folder, "folder")) == null,
        "methods must differ by name: found %s twice",
        checked);
    return this;
  }

  /**
   * The network for Fréchet and kernel distances. Without one they are left out.
   *
   * @param network the network
   * @return this
   */
  public TableBuilder features(ImageFeatures network) {
    features = requireNonNull(network, "network");
    return this;
  }

  /**
   * Where the results go.
   *
   * @param folder a new folder, or that of the same experiment to go on with
   * @return this
   */
  public TableBuilder output(Path folder) {
    output = requireNonNull(folder, "folder");
    return this;
  }

  /**
   * Chooses the masks and the starts of the searches.
   *
   * @param seed any number
   * @return this
   */
  public TableBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * How many images a method gets at once.
   *
   * @param size at least 1
   * @return this
   */
  public TableBuilder batchSize(int size) {
    checkArgument(size > 0, "the batch size must be positive: found %s", size);
    batchSize = size;
    return this;
  }

  /**
   * Fills one image at a time, and each kind of mask once before, unmeasured. Only then the
   * processor time of an image is known. For photographs: it is slower with methods that fill many
   * images at once.
   *
   * @return this
   */
  public TableBuilder oneByOne() {
    oneByOne = true;
    return this;
  }

  /**
   * How many fills the sheets of each kind of mask show.
   *
   * @param count at least 0; 24 by default, and 0 makes no sheets
   * @return this
   */
  public TableBuilder sheets(int count) {
    checkArgument(count >= 0, "the number of fills must not be negative: found %s", count);
    sheetFills = count;
    return this;
  }

  /**
   * The heading of the report.
   *
   * @param text plain text
   * @return this
   */
  public TableBuilder title(String text) {
    title = requireNonNull(text, "text");
    return this;
  }

  /**
   * Listens to the progress.
   *
   * @param listener called after every batch, by one thread at a time
   * @return this
   */
  public TableBuilder onProgress(Consumer<TableProgress> listener) {
    progress = requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Finishes.
   *
   * @return the experiment
   * @throws IllegalStateException if images, output, masks or methods are missing
   * @throws IllegalArgumentException if two masks or two methods have one name
   */
  public TableExperiment build() {
    checkState(images != null, "an experiment must have images: found none");
    checkState(output != null, "an experiment must have an output folder: found none");
    return new TableExperiment(
        new TableSetup(
            images,
            limit,
            wanted,
            fills,
            masks,
            methods,
            peers,
            features,
            output,
            seed,
            batchSize,
            oneByOne,
            sheetFills,
            title,
            progress));
  }
}
