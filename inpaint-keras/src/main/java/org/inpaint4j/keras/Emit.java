package org.inpaint4j.keras;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Adds a layer, with its weights, to a graph. */
interface Emit {

  /**
   * Adds the layer.
   *
   * @param graph modified
   * @param name what names of new constants begin with
   * @param inputs float32, each [N, …]
   * @return float32 [N, …]
   */
  SDVariable add(SameDiff graph, String name, List<SDVariable> inputs);
}
