package org.inpaint4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.inpaint4j.eval.experiment.TableCell;
import org.inpaint4j.eval.experiment.TableWorker;

/**
 * Runs a {@link org.inpaint4j.eval.experiment.TableExperiment} as Spark jobs: the cells of its
 * table are filled, measured and sent through the feature network by the executors, a batch of
 * images a task.
 *
 * <pre>{@code
 * List<TableCell> cells =
 *     SparkTable.run(
 *         spark,
 *         () ->
 *             TableExperiment.builder()
 *                 .images(Path.of("/shared/faces.zip"))
 *                 .masks(List.of(MaskGenerator.rectangle()))
 *                 .methods(List.of(FillMethod.named("fast", Faces64.load())))
 *                 .features(ImageFeatures.squeezeNet())
 *                 .output(Path.of("/shared/table")));
 * }</pre>
 *
 * <p>The output folder is that of the experiment on one machine: the same rows but for times, the
 * same bytes of pictures, on processors of one kind with the same number of threads. Either goes on
 * with what the other has begun. The driver alone writes the rows, each batch as soon as it is
 * there. Images, masks and the output folder must be readable on all machines under the same path,
 * and the output folder writable.
 *
 * <p>An image that cannot be filled ends the run, as on one machine; what was filled until then is
 * kept. What concerns a machine and not an image fails the task, which Spark tries again.
 *
 * <p>Not for processor times of single images ({@code oneByOne}): the tasks of a process share it.
 */
public final class SparkTable {

  private SparkTable() {}

  /**
   * Fills what has not been filled yet and writes the table, the report and the sheets.
   *
   * @param spark where to
   * @param recipe puts the experiment together
   * @return the cells of the table, as {@code TableExperiment.run} gives them
   * @throws IOException if an image cannot be filled, a file cannot be read or written, or the
   *     output folder holds another experiment; {@link java.io.InterruptedIOException} if the
   *     thread was interrupted, after which the experiment can go on with another call
   * @throws IllegalStateException if the experiment fills one by one
   */
  public static List<TableCell> run(SparkSession spark, TableRecipe recipe) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    // Of the driver: with a local master the executor is the same process, and has the same one.
    TableRun table = new TableRun(UUID.randomUUID(), recipe);
    try (ExecutorShares.Lease<TableWorker> lease = table.borrow()) {
      TableWorker worker = lease.value();
      return worker.experiment().run(new TableJobs(context, table, TableJobs.folder(worker)));
    } catch (UncheckedIOException e) {
      // The driver could not open the images.
      throw new IOException(e.getMessage(), e);
    }
  }
}
