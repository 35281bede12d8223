package org.inpaint4j.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.TaskContext;
import org.inpaint4j.eval.experiment.TablePart;
import org.inpaint4j.eval.experiment.TableWorker;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * A task of a table: one part of its work.
 *
 * @param <T> what is done with a part
 */
final class TableTask<T extends Serializable>
    extends AbstractFunction2<TaskContext, Iterator<TablePart>, TableAnswer<T>>
    implements Serializable {

  private static final long serialVersionUID = 1;

  /** What is done with a part. */
  interface Work<T> extends Serializable {
    T of(TableWorker worker, TablePart part, TaskContext task) throws IOException;
  }

  private final TableRun run;
  private final Work<T> work;

  TableTask(TableRun run, Work<T> work) {
    this.run = run;
    this.work = work;
  }

  @Override
  public TableAnswer<T> apply(TaskContext task, Iterator<TablePart> part) {
    try (ExecutorShares.Lease<TableWorker> lease = run.borrow()) {
      return new TableAnswer<>(work.of(lease.value(), part.next(), task), null);
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      // What goes wrong in a task that was killed says nothing about its images.
      if (task.isInterrupted()) {
        throw new UncheckedIOException(e);
      }
      return new TableAnswer<>(null, FillPartition.sentence(e));
    }
  }
}
