package org.inpaint4j.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** The parameters of a network as inputs of a graph, each from the moment it is asked for. */
final class ParameterInputs {

  private final SameDiff graph;
  private final Shape shape;
  private final String prefix;
  private final Map<String, SDVariable> byName = new HashMap<>();

  /**
   * Of a network.
   *
   * @param graph takes the placeholders
   * @param prefix what their names start with
   */
  ParameterInputs(SameDiff graph, Shape shape, String prefix) {
    this.graph = graph;
    this.shape = shape;
    this.prefix = prefix;
  }

  /** The parameters that were asked for, with their places among all of them. */
  Shape used() {
    return shape.only(byName.keySet());
  }

  /** The parameters that were asked for, in the order of the shape. */
  List<SDVariable> inOrder() {
    return used().parameters().stream().map(some -> get(some.name())).toList();
  }

  /** The parameter of a name, which is without the prefix. */
  SDVariable get(String name) {
    return byName.computeIfAbsent(
        name,
        key ->
            graph.placeHolder(prefix + key, DataType.FLOAT, shape.parameter(key).shapeInGraph()));
  }

  /** What is known of a parameter. */
  Shape.Parameter parameter(String name) {
    return shape.parameter(name);
  }
}
