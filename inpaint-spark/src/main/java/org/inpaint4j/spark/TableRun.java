package org.inpaint4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.inpaint4j.eval.experiment.TableWorker;

/**
 * One run of a table, as it travels to the executors.
 *
 * @param id of this run: the next one reads images and masks anew
 * @param recipe puts the experiment together
 */
record TableRun(UUID id, TableRecipe recipe) implements Serializable {

  private static final long serialVersionUID = 1;

  /**
   * Borrows the worker of this run in this process, which is made if there is none.
   *
   * @return the worker; to be closed by the task
   * @throws UncheckedIOException if images or masks cannot be read
   */
  ExecutorShares.Lease<TableWorker> borrow() {
    return ExecutorShares.borrow(this, this::make, TableWorker::close);
  }

  private TableWorker make() {
    try {
      return recipe.make().build().worker();
    } catch (IOException e) {
      throw new UncheckedIOException(FillPartition.sentence(e), e);
    }
  }
}
