package org.inpaint4j.onnx;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.onnx.OnnxGraph.Node;
import org.inpaint4j.onnx.OnnxGraph.Tensor;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Turns the operations of an ONNX graph into {@link Step}s: Conv and ConvTranspose of one group,
 * BatchNormalization with the statistics of the training, InstanceNormalization, Gemm, Relu,
 * LeakyRelu, Sigmoid, Tanh, Add and Mul with a constant or another value, Concat of channels,
 * Reshape, Resize to the nearest pixel by whole factors, Constant, Identity. The first dimension of
 * all values is that of the batch.
 */
final class GeneratorReader {

  /** No image of a generator has more, so that a small file cannot ask for any memory. */
  static final int MOST_CHANNELS = 1 << 16;

  /** Nor do all operations together, for one image. */
  private static final long MOST_VALUES = 1L << 26;

  private final OnnxGraph graph;
  private final String file;
  private final Operands operands;
  private final ShapeSteps shapeSteps;

  GeneratorReader(OnnxGraph graph, String file) {
    this.graph = graph;
    this.file = file;
    this.operands = new Operands(graph, file);
    this.shapeSteps = new ShapeSteps(operands);
  }

  /**
   * Reads all operations.
   *
   * @param input the name of the input
   * @param shape its shape without the batch
   * @throws ModelFormatException if there are others, or what they take does not fit together
   */
  List<Step> read(String input, ImmutableIntArray shape) throws ModelFormatException {
    operands.made(input, shape);
    List<Step> steps = new ArrayList<>();
    long left = MOST_VALUES;
    for (Node node : graph.nodes()) {
      if (node.outputs().isEmpty() || node.operation().equals("Constant")) {
        continue; // the graph has its values among the tensors
      }
      Step next = translated(node);
      long values = 1;
      for (int side : next.shape().toArray()) {
        values = side <= 0 ? 0 : Math.min(MOST_VALUES + 1, values * side);
      }
      left -= values;
      if (values == 0 || left < 0) {
        throw operands.problem(
            node, "make at least one and, with all others, at most 2^26 values", next.shape());
      }
      operands.made(next.output(), next.shape());
      steps.add(next);
    }
    return steps;
  }

  private Step translated(Node node) throws ModelFormatException {
    return switch (node.operation()) {
      case "Relu" -> same(node, (sd, name, x) -> sd.nn().relu(x.get(0), 0));
      case "LeakyRelu" -> {
        double slope = node.floats().getOrDefault("alpha", 0.01f);
        yield same(node, (sd, name, x) -> sd.nn().leakyRelu(x.get(0), slope));
      }
      case "Tanh" -> same(node, (sd, name, x) -> sd.math().tanh(x.get(0)));
      case "Sigmoid" -> same(node, (sd, name, x) -> sd.nn().sigmoid(x.get(0)));
      case "Identity" -> same(node, (sd, name, x) -> sd.identity(x.get(0)));
      case "Add" -> pair(node, SDVariable::add);
      case "Mul" -> pair(node, SDVariable::mul);
      case "BatchNormalization" -> batchNorm(node);
      case "InstanceNormalization" -> instanceNorm(node);
      case "Gemm" -> shapeSteps.gemm(node);
      case "Reshape" -> shapeSteps.reshape(node);
      case "Concat" -> shapeSteps.concat(node);
      case "Resize" -> shapeSteps.resize(node);
      case "Conv", "ConvTranspose" -> convolution(node);
      default ->
          throw new ModelFormatException(
              file,
              "the operations of a generator must be ones that can be searched through: found "
                  + node.operation());
    };
  }

  private Step same(Node node, Step.Emit emit) throws ModelFormatException {
    return Operands.step(node, operands.shape(node, 0), emit, 0);
  }

  /** Of two values. */
  private interface Pair {
    SDVariable of(SDVariable x, SDVariable y);
  }

  private Step pair(Node node, Pair operation) throws ModelFormatException {
    if (node.inputs().size() != 2) {
      throw operands.problem(node, "take two values", node.inputs());
    }
    for (int value = 0; value < 2; value++) {
      Tensor constant = graph.tensors().get(node.inputs().get(1 - value));
      if (constant != null && operands.isMade(node.inputs().get(value))) {
        return withConstant(node, value, constant, operation);
      }
    }
    ImmutableIntArray shape = broadcast(node, operands.shape(node, 0), operands.shape(node, 1));
    return Operands.step(node, shape, (sd, name, x) -> operation.of(x.get(0), x.get(1)), 0, 1);
  }

  private Step withConstant(Node node, int value, Tensor constant, Pair operation)
      throws ModelFormatException {
    ImmutableIntArray shape = operands.shape(node, value);
    int rank = shape.length() + 1;
    int[] sides = new int[rank];
    java.util.Arrays.fill(sides, 1);
    int missing = rank - constant.shape.length;
    if (missing < 0 || (missing == 0 && constant.shape[0] != 1)) {
      throw operands.problem(
          node, "not take a constant of a batch", java.util.Arrays.toString(constant.shape));
    }
    System.arraycopy(constant.shape, 0, sides, missing, constant.shape.length);
    ImmutableIntArray without = ImmutableIntArray.copyOf(sides).subArray(1, rank).trimmed();
    return Operands.step(
        node,
        broadcast(node, shape, without),
        (sd, name, x) ->
            operation.of(x.get(0), Graphs.constant(sd, name + "c", constant.values, sides)),
        value);
  }

  /** The shape of two values of which each dimension is the same or 1. */
  private ImmutableIntArray broadcast(Node node, ImmutableIntArray x, ImmutableIntArray y)
      throws ModelFormatException {
    int[] sides = new int[x.length()];
    boolean fits = x.length() == y.length();
    for (int i = 0; i < sides.length && fits; i++) {
      fits = x.get(i) == y.get(i) || x.get(i) == 1 || y.get(i) == 1;
      sides[i] = Math.max(x.get(i), y.get(i));
    }
    if (!fits) {
      throw operands.problem(node, "take values of shapes that fit", x + " and " + y);
    }
    return ImmutableIntArray.copyOf(sides);
  }

  private Step batchNorm(Node node) throws ModelFormatException {
    ImmutableIntArray shape = operands.shape(node, 0);
    int channels = shape.get(0);
    float[] scale = operands.tensor(node, 1, channels).clone();
    float[] shift = operands.tensor(node, 2, channels).clone();
    float[] mean = operands.tensor(node, 3, channels);
    float[] variance = operands.tensor(node, 4, channels);
    double epsilon = node.floats().getOrDefault("epsilon", 1e-5f);
    for (int c = 0; c < channels; c++) {
      scale[c] = (float) (scale[c] / Math.sqrt(variance[c] + epsilon));
      shift[c] -= scale[c] * mean[c];
    }
    int[] sides = perChannel(shape);
    return Operands.step(
        node,
        shape,
        (sd, name, x) ->
            x.get(0)
                .mul(Graphs.constant(sd, name + "scale", scale, sides))
                .add(Graphs.constant(sd, name + "shift", shift, sides)),
        0);
  }

  /** (x - mean) / sqrt(variance + epsilon) * scale + shift, over the pixels of each channel. */
  private Step instanceNorm(Node node) throws ModelFormatException {
    ImmutableIntArray shape = operands.shape(node, 0);
    if (shape.length() != 3) {
      throw operands.problem(node, "take [N, C, H, W]", shape);
    }
    float[] scale = operands.tensor(node, 1, shape.get(0));
    float[] shift = operands.tensor(node, 2, shape.get(0));
    double epsilon = node.floats().getOrDefault("epsilon", 1e-5f);
    int[] sides = perChannel(shape);
    return Operands.step(
        node,
        shape,
        (sd, name, x) -> {
          SDVariable centred = x.get(0).sub(x.get(0).mean(true, 2, 3));
          SDVariable variance = sd.math().square(centred).mean(true, 2, 3);
          SDVariable factor = sd.math().reciprocal(sd.math().sqrt(variance.add(epsilon)));
          return centred
              .mul(factor.mul(Graphs.constant(sd, name + "scale", scale, sides)))
              .add(Graphs.constant(sd, name + "shift", shift, sides));
        },
        0);
  }

  private static int[] perChannel(ImmutableIntArray shape) {
    int[] sides = new int[shape.length() + 1];
    java.util.Arrays.fill(sides, 1);
    sides[1] = shape.get(0);
    return sides;
  }

  private Step convolution(Node node) throws ModelFormatException {
    Tensor kernel = operands.tensor(node, 1);
    boolean transposed = node.operation().equals("ConvTranspose");
    OnnxConvolution convolution;
    try {
      convolution = OnnxConvolution.of(node, kernel.shape, operands.shape(node, 0), transposed);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          file, "a convolution of a generator " + e.getMessage() + ": found " + node);
    }
    float @Nullable [] bias =
        node.inputs().size() > 2 ? operands.tensor(node, 2, convolution.outputs()) : null;
    return Operands.step(node, convolution.shape(), convolution.emit(kernel.values, bias), 0);
  }
}
