package org.inpaint4j.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The end of the discriminators of both kinds of StyleGAN, at 4x4 pixels.
 *
 * <pre>
 * minibatch deviation as another channel, conv 3x3, leaky ReLU,
 * linear (the first kind calls it a 4x4 convolution), leaky ReLU, linear
 * </pre>
 *
 * <p>The minibatch deviation is the mean over channels and pixels of sqrt(variance over the batch +
 * 1e-8). Over a single image it is 1e-4 everywhere, a constant. So its part in the result of the
 * first convolution is a constant too, and is added as one.
 */
final class StyleEpilogue {

  /** sqrt(1e-8): the deviation of one image from itself. */
  private static final float DEVIATION = 1e-4f;

  private final int inputs;
  private final int outputs;
  private final float[] kernel;

  /** The bias of the convolution plus its response to the deviation, [o,4,4]. */
  private final float[] map;

  private final float[] dense;
  private final float[] denseBias;
  private final float[] linear;
  private final float[] linearBias;

  /**
   * Of weights that are ready to compute with.
   *
   * @param kernel [3, 3, channels and the deviation, outputs]
   * @param bias [outputs]
   * @param dense [16 outputs, features], the 16 pixels last
   * @param denseBias [features]
   * @param linear [features, 1]
   * @param linearBias [1]
   */
  StyleEpilogue(
      float[] kernel,
      float[] bias,
      float[] dense,
      float[] denseBias,
      float[] linear,
      float[] linearBias) {
    this.outputs = bias.length;
    this.inputs = kernel.length / 9 / outputs - 1;
    this.kernel = withoutLastInput(kernel, inputs, outputs);
    this.map = deviationMap(kernel, inputs, outputs, bias);
    this.dense = dense;
    this.denseBias = denseBias;
    this.linear = linear;
    this.linearBias = linearBias;
  }

  /**
   * Adds the layers to a graph.
   *
   * @param scope what the names of its constants start with
   * @param maps [N, channels, 4, 4]
   * @return [N]
   */
  SDVariable logits(SameDiff graph, String scope, SDVariable maps) {
    SDVariable x =
        graph
            .cnn()
            .conv2d(
                maps,
                Graphs.constant(graph, scope + "w", kernel, 3, 3, inputs, outputs),
                Graphs.convolution(3, 1, 1))
            .add(Graphs.constant(graph, scope + "map", map, 1, outputs, 4, 4));
    x = graph.reshape(graph.nn().leakyRelu(x, StyleDiscriminator.LEAK), -1, 16L * outputs);
    x =
        graph
            .nn()
            .leakyRelu(
                layer(graph, scope + "dense/", dense, denseBias, x), StyleDiscriminator.LEAK);
    return graph.reshape(layer(graph, scope + "linear/", linear, linearBias, x), -1);
  }

  private static SDVariable layer(
      SameDiff graph, String name, float[] matrix, float[] bias, SDVariable x) {
    return graph
        .mmul(
            x, Graphs.constant(graph, name + "w", matrix, matrix.length / bias.length, bias.length))
        .add(Graphs.constant(graph, name + "b", bias, bias.length));
  }

  /** The first i inputs of a kernel [3,3,i+1,o]. */
  private static float[] withoutLastInput(float[] kernel, int inputs, int outputs) {
    float[] rest = new float[9 * inputs * outputs];
    for (int tap = 0; tap < 9; tap++) {
      System.arraycopy(
          kernel, tap * (inputs + 1) * outputs, rest, tap * inputs * outputs, inputs * outputs);
    }
    return rest;
  }

  /** The 3x3 convolution, with a border of zeros, of a constant input channel, plus the bias. */
  private static float[] deviationMap(float[] kernel, int inputs, int outputs, float[] bias) {
    float[] map = new float[outputs * 16];
    for (int o = 0; o < outputs; o++) {
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
          float sum = bias[o];
          for (int tap = 0; tap < 9; tap++) {
            int row = y + tap / 3 - 1;
            int column = x + tap % 3 - 1;
            if (row >= 0 && row < 4 && column >= 0 && column < 4) {
              sum += DEVIATION * kernel[(tap * (inputs + 1) + inputs) * outputs + o];
            }
          }
          map[(o * 4 + y) * 4 + x] = sum;
        }
      }
    }
    return map;
  }
}
