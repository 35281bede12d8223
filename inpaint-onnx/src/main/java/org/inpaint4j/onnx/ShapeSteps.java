package org.inpaint4j.onnx;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.onnx.OnnxGraph.Node;
import org.inpaint4j.onnx.OnnxGraph.Tensor;
import org.nd4j.autodiff.samediff.SDVariable;

/** Operations that change shapes: Gemm, Reshape, Concat, Resize. */
final class ShapeSteps {

  private final Operands operands;

  ShapeSteps(Operands operands) {
    this.operands = operands;
  }

  Step gemm(Node node) throws ModelFormatException {
    ImmutableIntArray shape = operands.shape(node, 0);
    Tensor weights = operands.tensor(node, 1);
    boolean transposed = Operands.number(node, "transB", 0) == 1;
    if (shape.length() != 1
        || weights.shape.length != 2
        || Operands.number(node, "transA", 0) != 0) {
      throw operands.problem(node, "multiply vectors with a matrix", shape);
    }
    int rows = weights.shape[transposed ? 1 : 0];
    int columns = weights.shape[transposed ? 0 : 1];
    if (rows != shape.get(0)) {
      throw operands.problem(node, "take vectors of " + rows + " values", shape);
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
    float[] bias =
        node.inputs().size() > 2 ? operands.tensor(node, 2, columns).clone() : new float[columns];
    for (int j = 0; j < columns; j++) {
      bias[j] *= (float) beta;
    }
    return Operands.step(
        node,
        ImmutableIntArray.of(columns),
        (sd, name, x) ->
            sd.mmul(x.get(0), Graphs.constant(sd, name + "w", matrix, rows, columns))
                .add(Graphs.constant(sd, name + "b", bias, 1, columns)),
        0);
  }

  Step reshape(Node node) throws ModelFormatException {
    ImmutableIntArray shape = operands.shape(node, 0);
    List<Long> wanted = operands.whole(node, 1);
    // A network that was exported without an open batch has a 1 there.
    if (wanted.size() < 2 || wanted.get(0) < -1 || wanted.get(0) > 1) {
      throw operands.problem(node, "keep the batch", wanted);
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
        throw operands.problem(node, "have sides that fit " + shape, wanted);
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
      throw operands.problem(node, "have sides that fit " + shape, wanted);
    }
    for (int i = 0; i < output.length; i++) {
      output[i] = (int) sides[i + 1];
    }
    return Operands.step(
        node, ImmutableIntArray.copyOf(output), (sd, name, x) -> sd.reshape(x.get(0), sides), 0);
  }

  Step concat(Node node) throws ModelFormatException {
    ImmutableIntArray first = operands.shape(node, 0);
    long axis = Operands.number(node, "axis", 1);
    int[] inputs = new int[node.inputs().size()];
    int channels = 0;
    for (int i = 0; i < inputs.length; i++) {
      ImmutableIntArray shape = operands.shape(node, i);
      boolean fits = shape.length() == first.length();
      for (int k = 1; fits && k < shape.length(); k++) {
        fits = shape.get(k) == first.get(k);
      }
      if (!fits || (axis != 1 && axis != 1 - first.length() - 1)) {
        throw operands.problem(node, "join channels", shape + " along axis " + axis);
      }
      channels = Math.addExact(channels, shape.get(0));
      inputs[i] = i;
    }
    int[] sides = first.toArray();
    sides[0] = channels;
    return Operands.step(
        node,
        ImmutableIntArray.copyOf(sides),
        (sd, name, x) -> sd.concat(1, x.toArray(new SDVariable[0])),
        inputs);
  }

  Step resize(Node node) throws ModelFormatException {
    ImmutableIntArray shape = operands.shape(node, 0);
    String mode = node.texts().getOrDefault("mode", "nearest");
    String place = node.texts().getOrDefault("coordinate_transformation_mode", "half_pixel");
    String nearest = node.texts().getOrDefault("nearest_mode", "round_prefer_floor");
    // Both repeat pixels if the factors are whole numbers.
    boolean repeats =
        mode.equals("nearest")
            && (place.equals("asymmetric")
                ? nearest.equals("floor")
                : place.endsWith("half_pixel") && nearest.equals("round_prefer_floor"));
    Tensor scales =
        node.inputs().size() > 2 ? operands.graph().tensors().get(node.inputs().get(2)) : null;
    if (!repeats || shape.length() != 3 || scales == null || scales.values.length != 4) {
      throw operands.problem(node, "repeat pixels by constant factors", node.texts());
    }
    int down = (int) scales.values[2];
    int across = (int) scales.values[3];
    if (scales.values[0] != 1
        || scales.values[1] != 1
        || down != scales.values[2]
        || across != scales.values[3]
        || down < 1
        || across < 1
        || down > GeneratorReader.MOST_CHANNELS
        || across > GeneratorReader.MOST_CHANNELS) {
      throw operands.problem(
          node, "repeat pixels by whole factors", java.util.Arrays.toString(scales.values));
    }
    return Operands.step(
        node,
        ImmutableIntArray.of(
            shape.get(0),
            Math.multiplyExact(shape.get(1), down),
            Math.multiplyExact(shape.get(2), across)),
        (sd, name, x) -> sd.cnn().upsampling2d(x.get(0), down, across, true),
        0);
  }
}
