package org.inpaint4j.eval.experiment;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Throwables;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.HoleMeasures;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.image.Internal;
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
 * pictures inside), {@code pictures/}, and {@code sheets/} to look at.
 *
 * <p>A run that was stopped goes on where it was: what {@code images.csv} has is not done again.
 * Methods, masks and images can be added that way. The seed of an image's mask and search depends
 * on the experiment's seed, the kind of mask and the image's name only, so an image has the same
 * hole for every method and however many images there are.
 *
 * <p>Images may be of any size: photographs with masks from files ({@link
 * org.inpaint4j.eval.mask.MaskFiles}), say. What other programs filled is measured by the same code
 * ({@link TableBuilder#peer}).
 *
 * <p>Results are compared after rounding to 8 bits a sample, as they would be stored. Only the hole
 * is taken of what a method makes: known pixels are those of the image.
 */
public final class TableExperiment {

  private final TableSetup setup;

  TableExperiment(TableSetup setup) {
    this.setup = setup;
  }

  /**
   * Starts an experiment with nothing set but seed 1, batches of 16, sheets of 24 fills and no
   * feature network.
   *
   * @return the builder
   */
  public static TableBuilder builder() {
    return new TableBuilder();
  }

  /**
   * Fills what has not been filled yet and writes the table, the report and the sheets.
   *
   * @return the cells of the table, mask by mask; after the masks of a family that has several
   *     kinds, a cell of the family for each method
   * @throws IOException if a file cannot be read or written, or the output folder holds another
   *     experiment; {@link InterruptedIOException} if the thread was interrupted, after which the
   *     experiment can go on with another call
   */
  public List<TableCell> run() throws IOException {
    return run(null);
  }

  /**
   * The same, with the work done elsewhere; the folder is kept by this process alone.
   *
   * @param workers do the work; null for the threads of this process
   * @return the cells of the table, as {@link #run()} gives them
   * @throws IOException as {@link #run()}
   * @throws IllegalStateException if the experiment fills {@linkplain TableBuilder#oneByOne one by
   *     one} and there are workers, whose processor time would say nothing
   */
  @Internal
  public List<TableCell> run(@Nullable TableWorkers workers) throws IOException {
    checkState(
        workers == null || !setup.oneByOne(),
        "an experiment that fills one by one must run in one process: found workers");
    try {
      return fillAndWrite(workers);
    } catch (IOException e) {
      // Files that are read or written by a thread that is interrupted are closed under it.
      if (Throwables.getCausalChain(e).stream()
          .anyMatch(ClosedByInterruptException.class::isInstance)) {
        throw TableFilling.interrupted();
      }
      throw e;
    }
  }

  private List<TableCell> fillAndWrite(@Nullable TableWorkers workers) throws IOException {
    long start = System.nanoTime();
    TableFilling.checkNotInterrupted();
    TableImages images = setup.openImages();
    List<TableMethod> methods = setup.openMethods(images);
    TableFolder folder =
        TableFolder.open(setup.output(), images, setup.masks(), methods, setup.seed());
    String measured;
    try (HoleMeasures measures = HoleMeasures.create()) {
      measured = measures.identity();
      TableBatch batches = new TableBatch(folder.pictures(), images, measures);
      new TableFilling(folder, setup, images, methods, batches).fill(start, workers);
    }
    TableResults results =
        new TableResults(images, setup.masks(), methods, folder.rows(), folder.traces());
    List<TableCell> cells = new TableCells(results, features(folder, results, workers)).all();
    TableFilling.checkNotInterrupted();
    long nanos = System.nanoTime() - start;
    Map<String, String> facts = TableFacts.of(setup, results, measured, nanos);
    TableFiles.write(setup.output(), setup.title(), facts, distanceName(), cells);
    Report.write(folder, setup.title(), facts, distanceName(), results, cells);
    if (setup.sheetFills() > 0) {
      new Sheets(folder, results).write(setup.sheetFills());
    }
    return cells;
  }

  /**
   * What does parts of this experiment, here or in another process.
   *
   * @return to be closed; closes the methods of the experiment too
   * @throws IOException if the images cannot be read
   */
  @Internal
  public TableWorker worker() throws IOException {
    return new TableWorker(setup);
  }

  private @Nullable SetFeatures features(
      TableFolder folder, TableResults results, @Nullable TableWorkers workers) throws IOException {
    ImageFeatures network = setup.features();
    if (network == null) {
      return null;
    }
    TableVectors vectors = TableVectors.none();
    if (workers == null) {
      FeaturePass pass =
          new FeaturePass(network, folder.pictures(), results.images(), setup.batchSize());
      for (MaskSource mask : setup.masks()) {
        for (TableMethod method : results.methods()) {
          pass.add(vectors, Lists.transform(results.of(mask, method.name()), ImageRow::key), mask);
        }
      }
    } else {
      List<String> names = Lists.transform(results.methods(), TableMethod::name);
      for (MaskSource mask : setup.masks()) {
        List<TablePart> parts = new ArrayList<>();
        for (List<String> batch :
            Lists.partition(results.images().names(mask), setup.batchSize())) {
          parts.add(new TablePart(mask.name(), names, batch));
        }
        workers.features(parts, vectors::add);
      }
    }
    return new SetFeatures(vectors, setup.seed());
  }

  private @Nullable String distanceName() {
    ImageFeatures features = setup.features();
    return features == null ? null : features.distanceName();
  }
}
