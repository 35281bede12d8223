package org.inpaint4j.graph;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * One op of a graph, with the names of what it reads and writes. Passes rewrite lists of these; the
 * graph itself stays as SameDiff made it.
 *
 * @param function the op with its arguments
 * @param inputs names of the variables it reads, in the op's order
 * @param outputs names of the variables it writes, in the op's order
 * @param sliced the input that is cut along its first axis: the op is run once for each image of
 *     the batch, on that image's slice of this input and of the one output, and on the whole of the
 *     other inputs. {@link #WHOLE} if the op is run once.
 */
record PlanOp(
    DifferentialFunction function, List<String> inputs, List<String> outputs, int sliced) {

  static final int WHOLE = -1;

  PlanOp {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  PlanOp(DifferentialFunction function, List<String> inputs, List<String> outputs) {
    this(function, inputs, outputs, WHOLE);
  }

  /** All ops of a graph, in the order they were added, which is an order they can run in. */
  static List<PlanOp> of(SameDiff graph) {
    List<PlanOp> ops = new ArrayList<>();
    for (SameDiffOp op : graph.getOps().values()) {
      List<String> inputs = op.getInputsToOp();
      ops.add(new PlanOp(op.getOp(), inputs == null ? List.of() : inputs, op.getOutputsOfOp()));
    }
    return ops;
  }

  /** A custom op with integer arguments, for passes that put one in the place of another. */
  static DynamicCustomOp custom(String name, long... integers) {
    DynamicCustomOp op = DynamicCustomOp.builder(name).build();
    op.addIArgument(integers);
    return op;
  }

  String name() {
    return function.opName();
  }

  String input(int index) {
    return inputs.get(index);
  }

  String output(int index) {
    return outputs.get(index);
  }

  @Override
  public String toString() {
    return name() + inputs + " -> " + outputs;
  }
}
