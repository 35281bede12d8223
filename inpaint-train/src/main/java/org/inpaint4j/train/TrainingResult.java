package org.inpaint4j.train;

/**
 * How a training ended.
 *
 * @param status why
 * @param iteration how many iterations the saved model has, over all runs
 * @param reason what went wrong, if it collapsed; otherwise empty
 */
public record TrainingResult(Status status, int iteration, String reason) {

  /** Why a training ended. */
  public enum Status {
    /** All iterations are done. */
    COMPLETED,
    /** The time was over, or the listener or an interrupt ended it. All is saved. */
    STOPPED,
    /** The networks no longer learn. The last good checkpoint is kept, and nothing saved since. */
    COLLAPSED
  }
}
