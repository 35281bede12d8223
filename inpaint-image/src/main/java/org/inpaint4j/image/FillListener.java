package org.inpaint4j.image;

/** Told while a {@link FillTask} is worked on; decides whether it goes on. */
@FunctionalInterface
public interface FillListener {

  /** Listens to nothing and never cancels. */
  FillListener NONE = (step, steps, loss) -> true;

  /**
   * Called after a step, on the thread that fills.
   *
   * @param step the steps that are done, from 1
   * @param steps all steps of this task, if none ends early
   * @param loss the lowest loss so far, in the filler's own unit; NaN if it has none
   * @return whether to go on
   */
  boolean onStep(int step, int steps, double loss);
}
