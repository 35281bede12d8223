package org.inpaint4j.onnx;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final long MOST_VALUES = 1L << 26;

  private final OnnxGraph graph;
  private final String file;
  private final Map<String, ImmutableIntArray> shapes = new HashMap<>();

  GeneratorReader(OnnxGraph graph, String file) {
    this.graph = graph;
    this.file = file;
  }

  /**
   * Reads all operations.
   *
   * @param input the name of the input
   * @param shape its shape without the batch
   * @throws ModelFormatException if there are others, or what they take does not fit together
   */
  List<Step> read(String input, ImmutableIntArray shape) throws ModelFormatException {
    shapes.put(input, shape);
    List<Step> steps = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.outputs().isEmpty() || node.operation().equals("Constant")) {
        continue; // the graph has its values among the tensors
      }
      Step step = step(node);
      if (step.shape().stream().anyMatch(side -> side <= 0)
          || step.shape().stream()
                  .asLongStream()
                  .reduce(1, (a, b) -> Math.min(MOST_VALUES + 1, a * b))
              > MOST_VALUES) {
        throw problem(node, "make at least one and at most 2^26 values", step.shape());
      }
      shapes.put(step.output(), step.shape());
      steps.add(step);
    }
    return steps;
  }

  private Step step(Node node) throws ModelFormatException {
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
      case "Gemm" -> gemm(node);
      case "Reshape" -> reshape(node);
      case "Concat" -> concat(node);
      case "Resize" -> resize(node);
      case "Conv", "ConvTranspose" -> convolution(node);
      default ->
          throw new ModelFormatException(
              file,
              "the operations of a generator must be ones that can be searched through: found "
                  + node.operation());
    };
  }

  private Step same(Node node, Step.Emit emit) throws ModelFormatException {
    return step(node, shape(node, 0), emit, 0);
  }

  /** A step whose inputs are some of those of the node. */
  private static Step step(Node node, ImmutableIntArray shape, Step.Emit emit, int... inputs) {
    List<String> names = new ArrayList<>();
    for (int input : inputs) {
      names.add(node.inputs().get(input));
    }
    return new Step(List.copyOf(names), node.outputs().get(0), shape, emit);
  }

  /** Of two values. */
  private interface Pair {
    SDVariable of(SDVariable x, SDVariable y);
  }

  private Step pair(Node node, Pair operation) throws ModelFormatException {
    if (node.inputs().size() != 2) {
      throw problem(node, "take two values", node.inputs());
    }
    for (int value = 0; value < 2; value++) {
      Tensor constant = graph.tensors().get(node.inputs().get(1 - value));
      if (constant != null && shapes.containsKey(node.inputs().get(value))) {
        return withConstant(node, value, constant, operation);
      }
    }
    ImmutableIntArray shape = broadcast(node, shape(node, 0), shape(node, 1));
    return step(node, shape, (sd, name, x) -> operation.of(x.get(0), x.get(1)), 0, 1);
  }

  private Step withConstant(Node node, int value, Tensor constant, Pair operation)
      throws ModelFormatException {
    ImmutableIntArray shape = shape(node, value);
    int rank = shape.length() + 1;
    int[] sides = new int[rank];
    java.util.Arrays.fill(sides, 1);
    int missing = rank - constant.shape.length;
    if (missing < 0 || (missing == 0 && constant.shape[0] != 1)) {
      throw problem(
          node, "not take a constant of a batch", java.util.Arrays.toString(constant.shape));
    }
    System.arraycopy(constant.shape, 0, sides, missing, constant.shape.length);
    ImmutableIntArray without = ImmutableIntArray.copyOf(sides).subArray(1, rank).trimmed();
    return step(
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
      throw problem(node, "take values of shapes that fit", x + " and " + y);
    }
    return ImmutableIntArray.copyOf(sides);
  }

  private Step batchNorm(Node node) throws ModelFormatException {
    ImmutableIntArray shape = shape(node, 0);
    int channels = shape.get(0);
    float[] scale = tensor(node, 1, channels).clone();
    float[] shift = tensor(node, 2, channels).clone();
    float[] mean = tensor(node, 3, channels);
    float[] variance = tensor(node, 4, channels);
    double epsilon = node.floats().getOrDefault("epsilon", 1e-5f);
    for (int c = 0; c < channels; c++) {
      scale[c] = (float) (scale[c] / Math.sqrt(variance[c] + epsilon));
      shift[c] -= scale[c] * mean[c];
    }
    int[] sides = perChannel(shape);
    return step(
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
    ImmutableIntArray shape = shape(node, 0);
    if (shape.length() != 3) {
      throw problem(node, "take [N, C, H, W]", shape);
    }
    float[] scale = tensor(node, 1, shape.get(0));
    float[] shift = tensor(node, 2, shape.get(0));
    double epsilon = node.floats().getOrDefault("epsilon", 1e-5f);
    int[] sides = perChannel(shape);
    return step(
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

  private Step gemm(Node node) throws ModelFormatException {
    ImmutableIntArray shape = shape(node, 0);
    Tensor weights = tensor(node, 1);
    boolean transposed = number(node, "transB", 0) == 1;
    if (shape.length() != 1 || weights.shape.length != 2 || number(node, "transA", 0) != 0) {
      throw problem(node, "multiply vectors with a matrix", shape);
    }
    int rows = weights.shape[transposed ? 1 : 0];
    int columns = weights.shape[transposed ? 0 : 1];
    if (rows != shape.get(0)) {
      throw problem(node, "take vectors of " + rows + " values", shape);
    }
    double alpha = node.floats().getOrDefault("alpha", 1f);
    double beta = node.floats().getOrDefault("beta", 1f);
    float[] matrix = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float value = weights.values[transposed ? j * rows + i : i * columns + j];
        matrix[i * columns + j] = (float) (alpha * value);
      }
    }
    float[] bias = node.inputs().size() > 2 ? tensor(node, 2, columns).clone() : new float[columns];
    for (int j = 0; j < columns; j++) {
      bias[j] *= (float) beta;
    }
    return step(
        node,
        ImmutableIntArray.of(columns),
        (sd, name, x) ->
            sd.mmul(x.get(0), Graphs.constant(sd, name + "w", matrix, rows, columns))
                .add(Graphs.constant(sd, name + "b", bias, 1, columns)),
        0);
  }

  private Step reshape(Node node) throws ModelFormatException {
    ImmutableIntArray shape = shape(node, 0);
    List<Long> wanted = whole(node, 1);
    // A network that was exported without an open batch has a 1 there.
    if (wanted.size() < 2 || wanted.get(0) < -1 || wanted.get(0) > 1) {
      throw problem(node, "keep the batch", wanted);
    }
    int values = shape.stream().reduce(1, (a, b) -> a * b);
    long[] sides = new long[wanted.size()];
    int[] output = new int[sides.length - 1];
    sides[0] = -1;
    int open = -1;
    long others = 1;
    for (int i = 1; i < sides.length; i++) {
      long side = wanted.get(i);
      if (side == 0 && i <= shape.length()) {
        side = shape.get(i - 1);
      }
      if (side < -1 || side == 0 || side > values || (side == -1 && open > 0)) {
        throw problem(node, "have sides that fit " + shape, wanted);
      }
      sides[i] = side;
      if (side == -1) {
        open = i;
      } else {
        others = Math.min(Integer.MAX_VALUE, others * side);
      }
    }
    if (open > 0) {
      sides[open] = values / others;
      others *= sides[open];
    }
    if (others != values) {
      throw problem(node, "have sides that fit " + shape, wanted);
    }
    for (int i = 0; i < output.length; i++) {
      output[i] = (int) sides[i + 1];
    }
    return step(
        node, ImmutableIntArray.copyOf(output), (sd, name, x) -> sd.reshape(x.get(0), sides), 0);
  }

  private Step concat(Node node) throws ModelFormatException {
    ImmutableIntArray first = shape(node, 0);
    long axis = number(node, "axis", 1);
    int[] inputs = new int[node.inputs().size()];
    int channels = 0;
    for (int i = 0; i < inputs.length; i++) {
      ImmutableIntArray shape = shape(node, i);
      boolean fits = shape.length() == first.length();
      for (int k = 1; fits && k < shape.length(); k++) {
        fits = shape.get(k) == first.get(k);
      }
      if (!fits || (axis != 1 && axis != 1 - first.length() - 1)) {
        throw problem(node, "join channels", shape + " along axis " + axis);
      }
      channels = Math.addExact(channels, shape.get(0));
      inputs[i] = i;
    }
    int[] sides = first.toArray();
    sides[0] = channels;
    return step(
        node,
        ImmutableIntArray.copyOf(sides),
        (sd, name, x) -> sd.concat(1, x.toArray(new SDVariable[0])),
        inputs);
  }

  private Step resize(Node node) throws ModelFormatException {
    ImmutableIntArray shape = shape(node, 0);
    String mode = node.texts().getOrDefault("mode", "nearest");
    String place = node.texts().getOrDefault("coordinate_transformation_mode", "half_pixel");
    String nearest = node.texts().getOrDefault("nearest_mode", "round_prefer_floor");
    // Both repeat pixels if the factors are whole numbers.
    boolean repeats =
        mode.equals("nearest")
            && (place.equals("asymmetric")
                ? nearest.equals("floor")
                : place.endsWith("half_pixel") && nearest.equals("round_prefer_floor"));
    Tensor scales = node.inputs().size() > 2 ? graph.tensors().get(node.inputs().get(2)) : null;
    if (!repeats || shape.length() != 3 || scales == null || scales.values.length != 4) {
      throw problem(node, "repeat pixels by constant factors", node.texts());
    }
    int down = (int) scales.values[2];
    int across = (int) scales.values[3];
    if (scales.values[0] != 1
        || scales.values[1] != 1
        || down != scales.values[2]
        || across != scales.values[3]
        || down < 1
        || across < 1
        || down > MOST_CHANNELS
        || across > MOST_CHANNELS) {
      throw problem(
          node, "repeat pixels by whole factors", java.util.Arrays.toString(scales.values));
    }
    return step(
        node,
        ImmutableIntArray.of(
            shape.get(0),
            Math.multiplyExact(shape.get(1), down),
            Math.multiplyExact(shape.get(2), across)),
        (sd, name, x) -> sd.cnn().upsampling2d(x.get(0), down, across, true),
        0);
  }

  private Step convolution(Node node) throws ModelFormatException {
    Tensor kernel = tensor(node, 1);
    boolean transposed = node.operation().equals("ConvTranspose");
    OnnxConvolution convolution;
    try {
      convolution = OnnxConvolution.of(node, kernel.shape, shape(node, 0), transposed);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          file, "a convolution of a generator " + e.getMessage() + ": found " + node);
    }
    float @Nullable [] bias =
        node.inputs().size() > 2 ? tensor(node, 2, convolution.outputs()) : null;
    return step(node, convolution.shape(), convolution.emit(kernel.values, bias), 0);
  }

  private ImmutableIntArray shape(Node node, int input) throws ModelFormatException {
    ImmutableIntArray shape =
        node.inputs().size() > input ? shapes.get(node.inputs().get(input)) : null;
    if (shape == null) {
      throw problem(node, "take what operations before it have made", node.inputs());
    }
    return shape;
  }

  private Tensor tensor(Node node, int input) throws ModelFormatException {
    Tensor tensor =
        node.inputs().size() > input ? graph.tensors().get(node.inputs().get(input)) : null;
    if (tensor == null) {
      throw problem(node, "have float32 weights in the file", node.inputs());
    }
    return tensor;
  }

  private float[] tensor(Node node, int input, int count) throws ModelFormatException {
    Tensor tensor = tensor(node, input);
    if (tensor.values.length != count) {
      throw problem(node, "have " + count + " weights", tensor.values.length);
    }
    return tensor.values;
  }

  private List<Long> whole(Node node, int input) throws ModelFormatException {
    List<Long> values =
        node.inputs().size() > input ? graph.whole().get(node.inputs().get(input)) : null;
    if (values == null) {
      throw problem(node, "have a shape in the file", node.inputs());
    }
    return values;
  }

  private static long number(Node node, String attribute, long otherwise) {
    return node.numbers().getOrDefault(attribute, List.of(otherwise)).get(0);
  }

  private ModelFormatException problem(Node node, String rule, Object found) {
    return new ModelFormatException(
        file, "the operation " + node.operation() + " must " + rule + ": found " + found);
  }
}
