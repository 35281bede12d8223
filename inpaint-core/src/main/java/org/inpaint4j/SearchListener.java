package org.inpaint4j;

/** Told after every step of a search; decides whether it goes on. */
@FunctionalInterface
interface SearchListener {

  /**
   * Called after a step.
   *
   * @param step the steps done, from 1
   * @param steps all steps
   * @param loss the mean of the lowest losses so far
   * @return whether to go on
   */
  boolean onStep(int step, int steps, double loss);
}
