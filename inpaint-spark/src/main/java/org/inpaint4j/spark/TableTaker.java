package org.inpaint4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;
import org.inpaint4j.eval.experiment.TableWorkers;
import org.jspecify.annotations.Nullable;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Takes the answers of a job's tasks on the driver, as they come. After the first error, and after
 * the end of the job, it takes no more.
 */
final class TableTaker<T extends Serializable>
    extends AbstractFunction2<Object, TableAnswer<T>, BoxedUnit> {

  private final TableWorkers.Taker<T> taker;
  private final Runnable cancel;
  private boolean ended;
  private @Nullable IOException failure;

  /**
   * Takes nothing yet.
   *
   * @param taker what the answers are for
   * @param cancel ends the job; called at the first error
   */
  TableTaker(TableWorkers.Taker<T> taker, Runnable cancel) {
    this.taker = taker;
    this.cancel = cancel;
  }

  @Override
  public synchronized BoxedUnit apply(Object index, TableAnswer<T> answer) {
    if (ended) {
      return BoxedUnit.UNIT;
    }
    try {
      if (answer.error() != null) {
        throw new IOException(answer.error());
      }
      taker.take(Objects.requireNonNull(answer.value()));
    } catch (IOException e) {
      failure = e;
      ended = true;
      cancel.run();
    }
    return BoxedUnit.UNIT;
  }

  /** Takes no more; throws the first error, if there was one. */
  synchronized void end() throws IOException {
    ended = true;
    if (failure != null) {
      throw failure;
    }
  }
}
