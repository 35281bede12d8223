package org.inpaint4j.image;

/** How a filling ended. */
public enum FillStatus {
  /** All the work was done. */
  COMPLETED,
  /** The work ended early, because the result no longer got better. */
  CONVERGED,
  /** The caller ended it; the result is the best so far. */
  CANCELLED,
  /** There was nothing to fill. */
  NOTHING_TO_FILL;

  /**
   * What two fillings of one image are together.
   *
   * @param other the other one
   * @return cancelled if one is, the same if they agree, else completed
   */
  public FillStatus and(FillStatus other) {
    return this == CANCELLED || other == CANCELLED ? CANCELLED : this == other ? this : COMPLETED;
  }
}
