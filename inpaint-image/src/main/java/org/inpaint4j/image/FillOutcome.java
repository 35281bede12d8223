package org.inpaint4j.image;

import java.util.List;
import java.util.Optional;

/**
 * What became of one of several {@link FillTask}s.
 *
 * @param fillings the best first; empty if the work was cancelled before this task, or failed
 * @param error why the work failed, or nothing
 */
public record FillOutcome(List<Filling> fillings, Optional<RuntimeException> error) {

  /**
   * Copies.
   *
   * @param fillings the best first
   * @param error why the work failed
   */
  public FillOutcome {
    fillings = List.copyOf(fillings);
  }

  /**
   * An outcome without an error.
   *
   * @param fillings the best first; none if the task was not begun
   * @return the outcome
   */
  public static FillOutcome of(List<? extends Filling> fillings) {
    return new FillOutcome(List.copyOf(fillings), Optional.empty());
  }

  /**
   * An outcome without fillings.
   *
   * @param error why there are none
   * @return the outcome
   */
  public static FillOutcome failed(RuntimeException error) {
    return new FillOutcome(List.of(), Optional.of(error));
  }
}
