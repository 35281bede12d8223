package org.inpaint4j.dl4j;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.inpaint4j.dl4j.Dl4jGraph.Value;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The vertices of a DL4J computation graph that are not layers. */
final class Dl4jVertices {

  private Dl4jVertices() {}

  static Value add(
      SameDiff graph,
      Dl4jGraph translation,
      Dl4jNetwork.Node node,
      GraphVertex vertex,
      List<Value> inputs) {
    Value x = inputs.get(0);
    if (vertex instanceof MergeVertex merge) {
      return merged(graph, node, merge, inputs);
    }
    if (vertex instanceof ElementWiseVertex elements) {
      return combined(graph, node, elements, inputs);
    }
    if (vertex instanceof ScaleVertex scale) {
      return new Value(x.variable.mul(scale.getScaleFactor()), x.shape);
    }
    if (vertex instanceof ShiftVertex shift) {
      return new Value(x.variable.add(shift.getShiftFactor()), x.shape);
    }
    if (vertex instanceof ReshapeVertex reshape) {
      return reshaped(translation, node, reshape, x);
    }
    if (vertex instanceof PreprocessorVertex preprocessor) {
      return translation.preprocessed(node, preprocessor.getPreProcessor(), x);
    }
    throw node.unsupported("a vertex of another kind");
  }

  private static Value merged(
      SameDiff graph, Dl4jNetwork.Node node, MergeVertex merge, List<Value> inputs) {
    if (merge.getMergeAxis() != 1) {
      throw node.unsupported("the axis " + merge.getMergeAxis());
    }
    int[] shape = inputs.get(0).shape.clone();
    shape[0] = 0;
    SDVariable[] parts = new SDVariable[inputs.size()];
    for (int i = 0; i < parts.length; i++) {
      Value part = inputs.get(i);
      int[] rest = part.shape.clone();
      rest[0] = shape[0];
      if (!Arrays.equals(rest, shape)) {
        throw node.problem(
            "must merge alike shapes",
            Arrays.toString(inputs.get(0).shape),
            Arrays.toString(part.shape));
      }
      parts[i] = part.variable;
      shape[0] += part.shape[0];
    }
    return new Value(parts.length == 1 ? parts[0] : graph.concat(1, parts), shape);
  }

  private static Value combined(
      SameDiff graph, Dl4jNetwork.Node node, ElementWiseVertex elements, List<Value> inputs) {
    Value first = inputs.get(0);
    SDVariable sum = first.variable;
    for (Value next : inputs.subList(1, inputs.size())) {
      if (!Arrays.equals(first.shape, next.shape)) {
        throw node.problem(
            "must combine equal shapes", Arrays.toString(first.shape), Arrays.toString(next.shape));
      }
      sum =
          switch (elements.getOp()) {
            case Add, Average -> sum.add(next.variable);
            case Subtract -> sum.sub(next.variable);
            case Product -> sum.mul(next.variable);
            case Max -> next.variable.add(graph.nn().relu(sum.sub(next.variable), 0));
          };
    }
    boolean average = elements.getOp() == ElementWiseVertex.Op.Average;
    return new Value(average ? sum.mul(1.0 / inputs.size()) : sum, first.shape);
  }

  private static Value reshaped(
      Dl4jGraph translation, Dl4jNetwork.Node node, ReshapeVertex reshape, Value x) {
    int[] shape = reshape.getNewShape();
    boolean plain = reshape.getReshapeOrder() == 'c' && shape.length > 1 && shape[0] == -1;
    if (!plain || (shape.length != 2 && shape.length != 4)) {
      throw node.unsupported(
          "the shape " + Arrays.toString(shape) + " in order " + reshape.getReshapeOrder());
    }
    Value y = translation.reshaped(x, Arrays.copyOfRange(shape, 1, shape.length));
    if (y.size() != x.size()) {
      throw node.problem(
          "must keep the number of values", Arrays.toString(x.shape), Arrays.toString(y.shape));
    }
    return y;
  }
}
