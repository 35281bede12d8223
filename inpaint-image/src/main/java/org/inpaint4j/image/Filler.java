package org.inpaint4j.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes fillings for parts of pictures: a latent search, a completion network, patches of the
 * picture itself, a smooth fill.
 *
 * <p>It is shown known pixels and a mask, and knows neither photos nor framings nor files; the
 * inpainter brings pictures to it and fillings back. A filler has one method to implement, {@link
 * #fill}.
 *
 * <p>The same task gives the same fillings, whatever else is done before, beside, or by how many
 * threads. A filler need not be safe for use by several threads at once unless {@link
 * #isThreadSafe} says so.
 */
public interface Filler extends AutoCloseable {

  /**
   * Fills one part of a picture.
   *
   * @param task what to fill. Not modified.
   * @return up to {@link FillTask#candidates} fillings, the best first, at least one. If the
   *     listener cancels or the thread is interrupted, the best there is within one step.
   */
  List<? extends Filling> fill(FillTask task);

  /**
   * Fills several parts. A filler that is faster in batches does more than the loop that this is.
   *
   * @param tasks what to fill; the work on one that fails or is cancelled does not touch the others
   * @return the outcome of each task, in order. If the thread is interrupted, tasks that were not
   *     begun have no fillings.
   */
  default List<FillOutcome> fillAll(List<FillTask> tasks) {
    List<FillOutcome> outcomes = new ArrayList<>();
    for (FillTask task : tasks) {
      if (Thread.currentThread().isInterrupted() && !outcomes.isEmpty()) {
        outcomes.add(FillOutcome.of(List.of()));
        continue;
      }
      try {
        outcomes.add(FillOutcome.of(fill(task)));
      } catch (RuntimeException e) {
        outcomes.add(FillOutcome.failed(e));
      }
    }
    return outcomes;
  }

  /**
   * How many tasks {@link #fillAll} should be given at once.
   *
   * @return at least 1; 1 unless a filler says that it is faster in batches
   */
  default int batch() {
    return 1;
  }

  /**
   * The size of the parts that this filler takes.
   *
   * @return the shape of a {@link FillTask#target}; empty if it works at the resolution of the
   *     photo, on whatever part of it holds the hole
   */
  default Optional<ImageShape> imageShape() {
    return Optional.empty();
  }

  /**
   * How far around the hole a filler without an {@link #imageShape} looks.
   *
   * @return the distance in pixels along rows and columns, at least 1; the whole photo unless a
   *     filler says less
   */
  default int context() {
    return Integer.MAX_VALUE;
  }

  /**
   * Whether several threads may call at once.
   *
   * @return false unless a filler says otherwise; then its callers take turns
   */
  default boolean isThreadSafe() {
    return false;
  }

  /**
   * What this filler is made of, for the provenance of a result: networks with hashes of their
   * weights, options.
   *
   * @return names and values, in an order to be read in; equal if and only if the fillings are
   */
  Map<String, String> provenance();

  /** Frees native memory, if the filler holds any. Nothing works afterwards. */
  @Override
  default void close() {}
}
