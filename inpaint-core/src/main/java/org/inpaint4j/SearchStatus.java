package org.inpaint4j;

/** How a search ended. */
public enum SearchStatus {
  /** All steps were taken. */
  COMPLETED,
  /** Every start ended early, because its loss no longer fell. */
  CONVERGED,
  /** The caller ended it; the result is the best so far. */
  CANCELLED,
  /** There was nothing to fill. */
  NOTHING_TO_FILL;

  /** What two searches of one image are together. */
  static SearchStatus ofBoth(SearchStatus one, SearchStatus other) {
    return one == CANCELLED || other == CANCELLED ? CANCELLED : one == other ? one : COMPLETED;
  }
}
