package org.inpaint4j.spark;

import java.io.IOException;
import java.io.Serializable;
import org.inpaint4j.eval.experiment.TableBuilder;

/**
 * Puts an experiment together on the driver and on each executor: images, masks, methods, network
 * for distances, output folder, seed.
 *
 * <p>It travels from the driver to the executors. A process calls it once, whatever the number of
 * its cores and tasks. So it must not depend on anything but what it captures, and folders must be
 * absolute and the same on all machines.
 */
@FunctionalInterface
public interface TableRecipe extends Serializable {

  /**
   * Puts the experiment together.
   *
   * @return the experiment; its methods are closed by the process that has called this
   * @throws IOException if images or masks cannot be read
   */
  TableBuilder make() throws IOException;
}
