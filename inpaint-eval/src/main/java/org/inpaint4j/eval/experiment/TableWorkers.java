package org.inpaint4j.eval.experiment;

import java.io.IOException;
import java.util.List;
import org.inpaint4j.image.Internal;

/**
 * Do the work of a {@link TableExperiment} elsewhere: on other machines, each with a {@link
 * TableWorker} of the same experiment, in any order.
 */
@Internal
public interface TableWorkers {

  /**
   * Takes what a part has given.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  interface Taker<T> {

    /**
     * Takes it. Called once for each part, by one thread at a time.
     *
     * @param part what was done
     * @throws IOException if it cannot be kept; then the work ends
     */
    void take(T part) throws IOException;
  }

  /**
   * Has parts filled by {@link TableWorker#fill}, and the pictures written to the output folder.
   *
   * @param parts what to do
   * @param done takes each part as soon as its pictures are written; not called after this method
   *     has returned
   * @throws IOException if a part cannot be filled; {@link java.io.InterruptedIOException} if the
   *     thread was interrupted
   */
  void fill(List<TablePart> parts, Taker<TableFilled> done) throws IOException;

  /**
   * Has the features of filled parts computed by {@link TableWorker#features}.
   *
   * @param parts what to do
   * @param done takes each part
   * @throws IOException if a picture cannot be read; {@link java.io.InterruptedIOException} if the
   *     thread was interrupted
   */
  void features(List<TablePart> parts, Taker<TableVectors> done) throws IOException;
}
