package org.inpaint4j.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.inpaint4j.eval.experiment.TableFilled;
import org.inpaint4j.eval.experiment.TablePart;
import org.inpaint4j.eval.experiment.TableVectors;
import org.inpaint4j.eval.experiment.TableWorker;
import org.inpaint4j.eval.experiment.TableWorkers;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/** The work of a table as Spark jobs, a part a task. */
final class TableJobs implements TableWorkers {

  /** What {@code SparkContext.setInterruptOnCancel} sets. */
  private static final String INTERRUPTING = "spark.job.interruptOnCancel";

  private final JavaSparkContext context;
  private final TableRun table;
  private final Path output;

  /**
   * Nothing runs yet.
   *
   * @param output the output folder of the experiment
   */
  TableJobs(JavaSparkContext context, TableRun table, Path output) {
    this.context = context;
    this.table = table;
    this.output = output;
  }

  @Override
  public void fill(List<TablePart> parts, Taker<TableFilled> done) throws IOException {
    SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
    WholeFiles files = new WholeFiles(output, context.hadoopConfiguration());
    files.clean();
    try {
      run(parts, (worker, part, task) -> fill(worker, part, task, hadoop.value()), done);
    } finally {
      files.clean();
    }
  }

  /** The pictures are written by the executor; only rows travel. */
  private static TableFilled fill(
      TableWorker worker, TablePart part, TaskContext task, Configuration hadoop)
      throws IOException {
    TableFilled filled = worker.fill(part);
    Path folder = folder(worker);
    WholeFiles files = new WholeFiles(folder, hadoop);
    for (Map.Entry<String, byte[]> picture : filled.pictures().entrySet()) {
      Path file = new Path(folder, picture.getKey());
      files.makeFolder(file.getParent());
      files.write(file, picture.getValue(), String.valueOf(task.taskAttemptId()));
    }
    return filled.written();
  }

  /** The output folder of a worker's experiment. */
  static Path folder(TableWorker worker) {
    return new Path(worker.output().toUri());
  }

  @Override
  public void features(List<TablePart> parts, Taker<TableVectors> done) throws IOException {
    run(parts, (worker, part, task) -> worker.features(part), done);
  }

  private <T extends Serializable> void run(
      List<TablePart> parts, TableTask.Work<T> work, Taker<T> done) throws IOException {
    if (parts.isEmpty()) {
      // Spark refuses jobs without partitions.
      return;
    }
    SparkContext spark = context.sc();
    String tag = "inpaint4j-table-" + UUID.randomUUID();
    TableTaker<T> taker = new TableTaker<>(done, () -> spark.cancelJobsWithTag(tag));
    spark.addJobTag(tag);
    String interrupting = spark.getLocalProperty(INTERRUPTING);
    // A search hears of it at its next step.
    spark.setInterruptOnCancel(true);
    try {
      spark.runJob(
          context.parallelize(parts, parts.size()).rdd(),
          new TableTask<>(table, work),
          CollectionConverters.asScala(
                  IntStream.range(0, parts.size()).<Object>mapToObj(part -> part).toList())
              .toSeq(),
          taker,
          ClassTag.apply(TableAnswer.class));
    } catch (Exception e) {
      // Scala does not declare what it throws.
      spark.cancelJobsWithTag(tag);
      // The error of an image is the reason, not that its job was cancelled.
      taker.end();
      throw failure(e);
    } finally {
      spark.setLocalProperty(INTERRUPTING, interrupting);
      spark.removeJobTag(tag);
    }
    taker.end();
  }

  private static IOException failure(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new InterruptedIOException("the experiment was interrupted; another run goes on");
    }
    return new IOException("a part of the table must be done: " + FillPartition.sentence(e), e);
  }
}
