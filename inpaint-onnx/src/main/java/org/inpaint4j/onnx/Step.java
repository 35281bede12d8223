package org.inpaint4j.onnx;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * An operation of a generator with all its constants, ready to be added to any graph.
 *
 * @param inputs the names of what it takes, none of them a constant
 * @param output the name of what it makes
 * @param shape of the output, without the first dimension, that of the batch
 * @param emit adds it to a graph
 */
record Step(List<String> inputs, String output, ImmutableIntArray shape, Emit emit) {

  /** Adds an operation to a graph. */
  interface Emit {

    /**
     * Adds the operation.
     *
     * @param graph modified
     * @param name what names of new constants begin with
     * @param inputs float32, each [N, …]
     * @return float32 [N, …]
     */
    SDVariable add(SameDiff graph, String name, List<SDVariable> inputs);
  }
}
