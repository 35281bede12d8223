package org.inpaint4j;

/** How far a call is, told after every step on the thread that fills. */
public interface Progress {

  /**
   * The steps that are done for this request.
   *
   * @return from 1 to {@link #steps}
   */
  int step();

  /**
   * All steps of this request, if none ends early. If a photo has several squares it is an estimate
   * until the last of them is begun.
   *
   * @return at least 1
   */
  int steps();

  /**
   * The lowest loss so far of what is worked on, on average; while draws are scored, the lowest of
   * their losses.
   *
   * @return the loss in the filler's own unit; NaN if it has none
   */
  double loss();

  /** Ends this request after this step. It gets the best that was found. */
  void cancel();
}
