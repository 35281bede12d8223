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

  private static final List<Long> FOUR = List.of(4L, 4L);
  private static final float EPSILON = 1e-5f;

  private OnnxDcgan() {}

  /** Whether a graph is a chain of a generator's operations, whatever their shapes. */
  static boolean isIn(OnnxGraph graph) {
    List<String> operations = graph.nodes().stream().map(Node::operation).toList();
    List<String> expected = new ArrayList<>();
    while (expected.size() + 2 < operations.size()) {
      expected.addAll(List.of("ConvTranspose", "BatchNormalization", "Relu"));
    }
    expected.addAll(List.of("ConvTranspose", "Tanh"));
    return operations.size() > 2 && operations.equals(expected);
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
      if (i > 0 && !node.inputs().subList(0, 1).equals(nodes.get(i - 1).outputs())) {
        throw new ModelFormatException(
            name, "the operations of a generator must follow one another: found " + node);
      }
      switch (node.operation()) {
        case "ConvTranspose" -> {
          checkConvolution(node, i == 0, name);
          put(weights, "main." + i + ".weight", graph, node, 1, name);
        }
        case "BatchNormalization" -> {
          if (Math.abs(node.floats().getOrDefault("epsilon", EPSILON) - EPSILON) > 1e-9) {
            throw new ModelFormatException(
                name, "batch norm must have PyTorch's epsilon: expected 1e-5, found " + node);
          }
          List<String> parts = List.of("weight", "bias", "running_mean", "running_var");
          for (int part = 0; part < parts.size(); part++) {
            put(weights, "main." + i + "." + parts.get(part), graph, node, part + 1, name);
          }
        }
        default -> {}
      }
    }
    return weights.build(name);
  }

  private static void checkConvolution(Node node, boolean first, String file)
      throws ModelFormatException {
    long pad = first ? 0 : 1;
    Map<String, List<Long>> expected =
        Map.of(
            "kernel_shape",
            FOUR,
            "strides",
            first ? List.of(1L, 1L) : List.of(2L, 2L),
            "pads",
            List.of(pad, pad, pad, pad));
    Map<String, List<Long>> found = node.numbers();
    boolean plain =
        found.getOrDefault("group", List.of(1L)).equals(List.of(1L))
            && found.getOrDefault("dilations", List.of(1L, 1L)).equals(List.of(1L, 1L))
            && !found.containsKey("output_padding")
            && node.inputs().size() == 2;
    for (Map.Entry<String, List<Long>> attribute : expected.entrySet()) {
      plain &= attribute.getValue().equals(found.get(attribute.getKey()));
    }
    if (!plain) {
      throw new ModelFormatException(
          file,
          "a generator's convolution must be DCGAN's: expected " + expected + ", found " + node);
    }
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
