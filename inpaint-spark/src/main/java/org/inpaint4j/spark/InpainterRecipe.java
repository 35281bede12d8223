package org.inpaint4j.spark;

import java.io.Serializable;
import org.inpaint4j.Inpainter;

/**
 * Makes an inpainter on an executor: {@code Photos::automatic}, say.
 *
 * <p>It travels from the driver to the executors. An executor calls it once, whatever the number of
 * its cores and tasks, and uses the inpainter for all recipes that are the same when they are
 * serialized. So it must not depend on anything but what it captures.
 */
@FunctionalInterface
public interface InpainterRecipe extends Serializable {

  /**
   * Makes the inpainter.
   *
   * @return a new inpainter, which the executor closes
   */
  Inpainter make();
}
