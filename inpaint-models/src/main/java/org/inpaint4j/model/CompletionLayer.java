package org.inpaint4j.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A convolution or transposed convolution of a completion network, with the batch norm that follows
 * it folded in.
 */
final class CompletionLayer {

  private final int inputs;
  private final int outputs;
  private final int side;
  private final boolean transposed;

  /** As PyTorch has it: [outputs, inputs, k, k], transposed [inputs, outputs, k, k]. */
  private final float[] kernel;

  /** One value an output channel, or null if all are zero. */
  private final float @Nullable [] bias;

  private CompletionLayer(
      int inputs,
      int outputs,
      int side,
      boolean transposed,
      float[] kernel,
      float @Nullable [] bias) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.side = side;
    this.transposed = transposed;
    this.kernel = kernel;
    this.bias = bias;
  }

  /**
   * A convolution.
   *
   * @param name of its weights, without {@code .weight}
   * @param norm the name of the batch norm that follows it, or null for a bias of its own
   * @param inputs its input channels
   * @param side rows and columns of the kernel
   */
  static CompletionLayer convolution(
      Weights weights, String name, @Nullable String norm, int inputs, int side)
      throws ModelFormatException {
    int outputs = dimensions(weights, name)[0];
    float[] kernel = weights.require(name + ".weight", outputs, inputs, side, side).clone();
    float[] bias =
        norm == null
            ? weights.require(name + ".bias", outputs)
            : fold(weights, norm, kernel, outputs, inputs * side * side);
    return new CompletionLayer(inputs, outputs, side, false, kernel, bias);
  }

  /**
   * A transposed convolution 4x4.
   *
   * @param name of its weights, without {@code .weight}
   * @param norm the name of the batch norm that follows it, or null for none; there may then be a
   *     bias
   * @param inputs its input channels
   */
  static CompletionLayer transposed(Weights weights, String name, @Nullable String norm, int inputs)
      throws ModelFormatException {
    int outputs = dimensions(weights, name)[1];
    float[] kernel = weights.require(name + ".weight", inputs, outputs, 4, 4).clone();
    float @Nullable [] bias;
    if (norm != null) {
      bias = fold(weights, norm, kernel, outputs, 4 * 4);
    } else {
      bias = weights.has(name + ".bias") ? weights.require(name + ".bias", outputs) : null;
    }
    return new CompletionLayer(inputs, outputs, 4, true, kernel, bias);
  }

  private static int[] dimensions(Weights weights, String name) throws ModelFormatException {
    int[] shape = weights.require(name + ".weight").shape();
    if (shape.length != 4 || shape[0] == 0 || shape[1] == 0) {
      throw weights.shapeProblem(name + ".weight", "[a, b, k, k]");
    }
    return shape;
  }

  /**
   * Scales the kernel and returns the bias of batch norm at inference.
   *
   * @param kernel […, channels, area]. Modified.
   */
  private static float[] fold(Weights weights, String norm, float[] kernel, int channels, int area)
      throws ModelFormatException {
    float[][] folded = DcganWeights.batchNorm(weights, norm + ".", channels);
    for (int from = 0, channel = 0; from < kernel.length; from += area, channel++) {
      float scale = folded[0][channel % channels];
      for (int i = from; i < from + area; i++) {
        kernel[i] *= scale;
      }
    }
    return folded[1];
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  /**
   * Adds the layer to a graph.
   *
   * @param name of its constants, new in the graph
   * @param x [N, inputs, H, W]
   * @param stride 1 or 2; the padding is the one that halves or doubles, or with 1 keeps, the size
   */
  SDVariable apply(SameDiff graph, String name, SDVariable x, int stride) {
    int rows = transposed ? outputs : inputs;
    int columns = transposed ? inputs : outputs;
    SDVariable weights =
        Graphs.constant(
            graph,
            name + "w",
            Graphs.turned(kernel, columns, rows, side * side),
            side,
            side,
            rows,
            columns);
    SDVariable shift =
        bias == null ? null : Graphs.constant(graph, name + "b", requireNonNull(bias), outputs);
    if (transposed) {
      return shift == null
          ? graph.cnn().deconv2d(x, weights, Graphs.deconvolution(side, stride, 1))
          : graph.cnn().deconv2d(x, weights, shift, Graphs.deconvolution(side, stride, 1));
    }
    return shift == null
        ? graph.cnn().conv2d(x, weights, Graphs.convolution(side, stride, 1))
        : graph.cnn().conv2d(x, weights, shift, Graphs.convolution(side, stride, 1));
  }

  /**
   * Adds a layer that is a matrix product: a convolution that leaves one pixel, or a transposed one
   * that starts from one.
   *
   * @param name of its constants, new in the graph
   * @param x a convolution's [N, inputs, k, k], a transposed one's [N, inputs]
   * @return a convolution's [N, outputs], a transposed one's [N, outputs, k, k]
   */
  SDVariable product(SameDiff graph, String name, SDVariable x) {
    int area = side * side;
    float[] each = requireNonNull(bias);
    if (!transposed) {
      int rows = inputs * area;
      float[] matrix = Graphs.turned(kernel, outputs, rows, 1);
      SDVariable flat = graph.reshape(x, -1, rows);
      SDVariable y = graph.mmul(flat, Graphs.constant(graph, name + "w", matrix, rows, outputs));
      return y.add(Graphs.constant(graph, name + "b", each, outputs));
    }
    int columns = outputs * area;
    float[] wide = new float[columns];
    for (int i = 0; i < columns; i++) {
      wide[i] = each[i / area];
    }
    SDVariable y = graph.mmul(x, Graphs.constant(graph, name + "w", kernel, inputs, columns));
    y = y.add(Graphs.constant(graph, name + "b", wide, columns));
    return graph.reshape(y, -1, outputs, side, side);
  }
}
