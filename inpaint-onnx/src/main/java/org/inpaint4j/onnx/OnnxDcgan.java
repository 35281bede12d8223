package org.inpaint4j.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.inpaint4j.onnx.OnnxGraph.Node;
import org.inpaint4j.onnx.OnnxGraph.Tensor;

/**
 * The generator of a DCGAN in an ONNX file, as PyTorch exports it: transposed convolutions of 4x4,
 * the first of stride 1 without padding, the others of stride 2 with 1; batch norm and ReLU after
 * each, tanh after the last. Its weights are those of the checkpoint it was exported from, and so
 * the network is the same.
 */
final class OnnxDcgan {

  /** PyTorch's. */
  private static final float EPSILON = 1e-5f;

  private OnnxDcgan() {}

  /**
   * Whether a graph is such a generator, by its operations and their settings. Others of the same
   * operations, with biases say, are for {@link OnnxGenerator}.
   */
  static boolean isIn(OnnxGraph graph) {
    List<Node> nodes = graph.nodes();
    boolean is = nodes.size() > 2 && isChain(nodes);
    for (int i = 0; is && i < nodes.size(); i++) {
      is =
          switch (nodes.get(i).operation()) {
            case "ConvTranspose" -> isAsInDcgan(nodes.get(i), i == 0);
            case "BatchNormalization" -> hasEpsilon(nodes.get(i));
            default -> true;
          };
    }
    return is;
  }

  private static boolean isChain(List<Node> nodes) {
    List<String> expected = new ArrayList<>();
    while (expected.size() + 2 < nodes.size()) {
      expected.addAll(List.of("ConvTranspose", "BatchNormalization", "Relu"));
    }
    expected.addAll(List.of("ConvTranspose", "Tanh"));
    boolean is = nodes.stream().map(Node::operation).toList().equals(expected);
    for (int i = 1; is && i < nodes.size(); i++) {
      List<String> inputs = nodes.get(i).inputs();
      is = !inputs.isEmpty() && nodes.get(i - 1).outputs().equals(inputs.subList(0, 1));
    }
    return is;
  }

  private static boolean isAsInDcgan(Node node, boolean first) {
    long pad = first ? 0 : 1;
    Map<String, List<Long>> expected =
        Map.of(
            "kernel_shape",
            List.of(4L, 4L),
            "strides",
            first ? List.of(1L, 1L) : List.of(2L, 2L),
            "pads",
            List.of(pad, pad, pad, pad));
    Map<String, List<Long>> found = node.numbers();
    return node.inputs().size() == 2
        && found.getOrDefault("group", List.of(1L)).equals(List.of(1L))
        && found.getOrDefault("dilations", List.of(1L, 1L)).equals(List.of(1L, 1L))
        && !found.containsKey("output_padding")
        && expected.entrySet().stream()
            .allMatch(attribute -> attribute.getValue().equals(found.get(attribute.getKey())));
  }

  private static boolean hasEpsilon(Node node) {
    return Math.abs(node.floats().getOrDefault("epsilon", EPSILON) - EPSILON) <= 1e-9;
  }

  /**
   * The weights, under the names that a checkpoint has.
   *
   * @throws ModelFormatException if the graph is no such generator
   */
  static Weights weights(Path file) throws IOException {
    OnnxGraph graph = OnnxGraph.of(file, true);
    String name = String.valueOf(file.getFileName());
    if (!isIn(graph)) {
      throw new ModelFormatException(name, "the graph must be that of a DCGAN's generator");
    }
    Weights.Builder weights = Weights.builder();
    List<Node> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (node.operation().equals("ConvTranspose")) {
        put(weights, "main." + i + ".weight", graph, node, 1, name);
      } else if (node.operation().equals("BatchNormalization")) {
        List<String> parts = List.of("weight", "bias", "running_mean", "running_var");
        for (int part = 0; part < parts.size(); part++) {
          put(weights, "main." + i + "." + parts.get(part), graph, node, part + 1, name);
        }
      }
    }
    return weights.build(name);
  }

  private static void put(
      Weights.Builder weights, String as, OnnxGraph graph, Node node, int input, String file)
      throws ModelFormatException {
    Tensor tensor =
        node.inputs().size() > input ? graph.tensors().get(node.inputs().get(input)) : null;
    if (tensor == null) {
      throw new ModelFormatException(
          file, "the weights of a generator must be float32 in the file: found none for " + node);
    }
    weights.put(as, tensor.shape, tensor.values);
  }
}
