package org.inpaint4j.keras;

import com.google.common.primitives.ImmutableIntArray;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.ModelFormatException;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Conv2D, Conv2DTranspose, and Dense on the channels of images. Keras and ND4J keep kernels in the
 * same order: [rows, columns, inputs, outputs], and [rows, columns, outputs, inputs] of transposed
 * convolutions.
 */
final class ConvolutionLayers {

  private final KerasWeights weights;

  ConvolutionLayers(KerasWeights weights) {
    this.weights = weights;
  }

  private float @Nullable [] bias(KerasLayer layer, KerasPlace place, int outputs)
      throws ModelFormatException {
    return layer.flag("use_bias", true)
        ? weights.of(layer, place, "bias", 1, ImmutableIntArray.of(outputs))
        : null;
  }

  private static SDVariable biased(
      SameDiff graph, String name, SDVariable x, float @Nullable [] bias) {
    return bias == null ? x : x.add(Graphs.constant(graph, name + "b", bias, 1, bias.length, 1, 1));
  }

  Step convolution(KerasLayer layer, KerasPlace place, Signal x) throws ModelFormatException {
    Window window = Window.of(layer);
    int outputs = layer.whole("filters");
    ImmutableIntArray shape = x.requireImage(layer);
    int rows = shape.get(1);
    int columns = shape.get(2);
    int[] made = {window.shrunk(0, rows), window.shrunk(1, columns)};
    Conv2DConfig config = window.convolution(rows, columns, made);
    int[] kernel = {window.kernel[0], window.kernel[1], shape.get(0), outputs};
    float[] values = weights.of(layer, place, "kernel", 0, ImmutableIntArray.copyOf(kernel));
    return convolution(
        config, values, kernel, bias(layer, place, outputs), Signal.of(outputs, made[0], made[1]));
  }

  /** Dense on the channels of each pixel. */
  Step pixels(KerasLayer layer, KerasPlace place, Signal x) throws ModelFormatException {
    int outputs = layer.whole("units");
    int inputs = x.shape().get(0);
    float[] values = weights.of(layer, place, "kernel", 0, ImmutableIntArray.of(inputs, outputs));
    return convolution(
        Graphs.convolution(1, 1, 0),
        values,
        new int[] {1, 1, inputs, outputs},
        bias(layer, place, outputs),
        Signal.of(outputs, x.shape().get(1), x.shape().get(2)));
  }

  private static Step convolution(
      Conv2DConfig config, float[] values, int[] kernel, float @Nullable [] bias, Signal made) {
    return new Step(
        made,
        (graph, name, x) -> {
          SDVariable matrix = Graphs.constant(graph, name + "w", values, kernel);
          if (bias == null) {
            return graph.cnn().conv2d(x.get(0), matrix, config);
          }
          SDVariable shift = Graphs.constant(graph, name + "b", bias, bias.length);
          return graph.cnn().conv2d(x.get(0), matrix, shift, config);
        });
  }

  /**
   * A transposed convolution. Where as much is cut off in front as behind, ND4J does it; else the
   * whole is made first and then cut, or filled up with zeros, which get the bias too.
   */
  Step transposed(KerasLayer layer, KerasPlace place, Signal x) throws ModelFormatException {
    Window window = Window.of(layer);
    int outputs = layer.whole("filters");
    ImmutableIntArray shape = x.requireImage(layer);
    int[] kernel = {window.kernel[0], window.kernel[1], outputs, shape.get(0)};
    float[] values = weights.of(layer, place, "kernel", 0, ImmutableIntArray.copyOf(kernel));
    float @Nullable [] bias = bias(layer, place, outputs);
    int[] made = new int[2];
    int[] front = new int[2];
    int[] behind = new int[2];
    for (int axis = 0; axis < 2; axis++) {
      int side = shape.get(1 + axis);
      made[axis] = window.grown(axis, side);
      front[axis] = window.cut(axis, side, made[axis]);
      behind[axis] = window.whole(axis, side) - front[axis] - made[axis];
      if (made[axis] <= 0) {
        throw layer.problem("make an image", made[axis] + " pixels");
      }
    }
    boolean even = front[0] == behind[0] && front[1] == behind[1];
    DeConv2DConfig config = even ? window.transposed(front[0], front[1]) : window.transposed(0, 0);
    Emit emit =
        (graph, name, in) -> {
          SDVariable matrix = Graphs.constant(graph, name + "w", values, kernel);
          if (even && bias != null) {
            SDVariable shift = Graphs.constant(graph, name + "b", bias, outputs);
            return graph.cnn().deconv2d(in.get(0), matrix, shift, config);
          }
          SDVariable y = graph.cnn().deconv2d(in.get(0), matrix, config);
          return biased(
              graph, name, even ? y : fitted(graph, name, y, outputs, made, front, behind), bias);
        };
    return new Step(Signal.of(outputs, made[0], made[1]), emit);
  }

  /** [N, C, H, W] cut to the sides that are wanted, after zeros were added where it is short. */
  private static SDVariable fitted(
      SameDiff graph,
      String name,
      SDVariable whole,
      int channels,
      int[] made,
      int[] front,
      int[] behind) {
    SDVariable y = whole;
    if (behind[0] < 0 || behind[1] < 0) {
      int[][] zeros = {{0, 0}, {0, 0}, {0, Math.max(0, -behind[0])}, {0, Math.max(0, -behind[1])}};
      y = graph.nn().pad(y, graph.constant(name + "zeros", Nd4j.createFromArray(zeros)), 0);
    }
    return graph.slice(y, new int[] {0, 0, front[0], front[1]}, -1, channels, made[0], made[1]);
  }
}
