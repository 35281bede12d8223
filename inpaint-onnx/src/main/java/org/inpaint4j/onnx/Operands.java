package org.inpaint4j.onnx;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.onnx.OnnxGraph.Node;
import org.inpaint4j.onnx.OnnxGraph.Tensor;

/** What the operations of a generator take: values of the file, and what those before them made. */
final class Operands {

  private final OnnxGraph graph;
  private final String file;
  private final Map<String, ImmutableIntArray> shapes = new HashMap<>();

  Operands(OnnxGraph graph, String file) {
    this.graph = graph;
    this.file = file;
  }

  OnnxGraph graph() {
    return graph;
  }

  /** Tells the shape, without the batch, of something that is made. */
  void made(String name, ImmutableIntArray shape) {
    shapes.put(name, shape);
  }

  boolean isMade(String name) {
    return shapes.containsKey(name);
  }

  /** A step whose inputs are some of those of the node. */
  static Step step(Node node, ImmutableIntArray shape, Step.Emit emit, int... inputs) {
    List<String> names = new ArrayList<>();
    for (int input : inputs) {
      names.add(node.inputs().get(input));
    }
    return new Step(List.copyOf(names), node.outputs().get(0), shape, emit);
  }

  /** The shape of an input that was made before, without the batch. */
  ImmutableIntArray shape(Node node, int input) throws ModelFormatException {
    ImmutableIntArray shape =
        node.inputs().size() > input ? shapes.get(node.inputs().get(input)) : null;
    if (shape == null) {
      throw problem(node, "take what operations before it have made", node.inputs());
    }
    return shape;
  }

  /** An input that the file has values for. */
  Tensor tensor(Node node, int input) throws ModelFormatException {
    Tensor tensor =
        node.inputs().size() > input ? graph.tensors().get(node.inputs().get(input)) : null;
    if (tensor == null) {
      throw problem(node, "have float32 weights in the file", node.inputs());
    }
    return tensor;
  }

  /** The values of such an input, which must be so many. */
  float[] tensor(Node node, int input, int count) throws ModelFormatException {
    Tensor tensor = tensor(node, input);
    if (tensor.values.length != count) {
      throw problem(node, "have " + count + " weights", tensor.values.length);
    }
    return tensor.values;
  }

  /** An input of whole numbers that the file has. */
  List<Long> whole(Node node, int input) throws ModelFormatException {
    List<Long> values =
        node.inputs().size() > input ? graph.whole().get(node.inputs().get(input)) : null;
    if (values == null) {
      throw problem(node, "have a shape in the file", node.inputs());
    }
    return values;
  }

  /** An attribute that is one whole number. */
  static long number(Node node, String attribute, long otherwise) {
    return node.numbers().getOrDefault(attribute, List.of(otherwise)).get(0);
  }

  ModelFormatException problem(Node node, String rule, Object found) {
    return new ModelFormatException(
        file, "the operation " + node.operation() + " must " + rule + ": found " + found);
  }
}
