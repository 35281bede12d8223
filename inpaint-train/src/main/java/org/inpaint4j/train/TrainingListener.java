package org.inpaint4j.train;

/** Is told of each iteration, in the thread that trains, and may end the training. */
@FunctionalInterface
public interface TrainingListener {

  /**
   * Called after each iteration.
   *
   * @param progress where the training is
   * @return whether to go on; if not, the training saves and ends
   */
  boolean onIteration(TrainingProgress progress);
}
