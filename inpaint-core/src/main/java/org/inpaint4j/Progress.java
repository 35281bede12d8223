package org.inpaint4j;

/** Where a search is, told after every step. */
public interface Progress {

  /**
   * The steps that are done, over all batches of the call; scoring a batch of draws counts as one.
   *
   * @return from 1 to {@link #steps}
   */
  int step();

  /**
   * All steps of the call, if none ends early.
   *
   * @return at least 1
   */
  int steps();

  /**
   * The lowest loss so far of the images in the running batch, on average; while draws are scored,
   * the lowest of the image whose they are.
   *
   * @return the loss, in the unit of its terms
   */
  double loss();

  /** Ends the search after this step. The call returns the best it has found. */
  void cancel();
}
