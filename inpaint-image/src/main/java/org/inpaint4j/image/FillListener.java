package org.inpaint4j.image;

import java.util.function.Supplier;

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

  /**
   * Called in place of {@link #onStep(int, int, double)} by fillers that can show what they have so
   * far. A listener that passes steps on to another one passes the preview on as well.
   *
   * @param step the steps that are done, from 1
   * @param steps all steps of this task, if none ends early
   * @param loss the lowest loss so far, in the filler's own unit; NaN if it has none
   * @param preview makes a picture of the task's size when it is asked: what the hole would be if
   *     the work ended now, perhaps coarse. To be asked within this call alone, on its thread.
   * @return whether to go on
   */
  default boolean onStep(int step, int steps, double loss, Supplier<ImagePlanes> preview) {
    return onStep(step, steps, loss);
  }
}
