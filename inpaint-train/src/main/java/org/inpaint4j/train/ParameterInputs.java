package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** The parameters of a network as inputs of a graph. */
final class ParameterInputs {

  private final Map<String, SDVariable> byName = new HashMap<>();
  private final List<SDVariable> inOrder = new ArrayList<>();

  /**
   * Adds the placeholders of the parameters.
   *
   * @param prefix what their names start with
   */
  ParameterInputs(SameDiff graph, Shape shape, String prefix) {
    for (Shape.Parameter parameter : shape.parameters()) {
      SDVariable input =
          graph.placeHolder(prefix + parameter.name(), DataType.FLOAT, parameter.shapeInGraph());
      byName.put(parameter.name(), input);
      inOrder.add(input);
    }
  }

  /** The parameters, in the order of the shape. */
  List<SDVariable> inOrder() {
    return inOrder;
  }

  /** The parameter of a name, which is without the prefix. */
  SDVariable get(String name) {
    SDVariable parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalStateException("a layer must have its parameter: found no " + name);
    }
    return parameter;
  }
}
