package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Discriminator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The discriminator of {@link StyleGan}.
 *
 * <pre>
 * from RGB, 1x1
 * for each size down to 8:  conv 3x3, leaky ReLU, blur, conv 3x3 with 2x2 mean, leaky ReLU
 * at 4x4:                   minibatch deviation as another channel, conv 3x3, leaky ReLU,
 *                           conv 4x4 to 1x1, leaky ReLU, linear
 * </pre>
 *
 * <p>The minibatch deviation is the mean over channels and pixels of sqrt(variance over the batch +
 * 1e-8). Over a single image it is 1e-4 everywhere, a constant. So its part in the result of the
 * first convolution is a constant too, and is added as one.
 */
final class StyleGanDiscriminator implements Discriminator {

  private static final double LEAK = 0.2;

  /** sqrt(1e-8): the deviation of one image from itself. */
  private static final float DEVIATION = 1e-4f;

  /** One block that halves its input. */
  private static final class Block {
    final int inputs;
    final int outputs;
    final float[] first;
    final float[] firstBias;
    final float[] second;
    final float[] secondBias;

    Block(
        int inputs,
        int outputs,
        float[] first,
        float[] firstBias,
        float[] second,
        float[] secondBias) {
      this.inputs = inputs;
      this.outputs = outputs;
      this.first = first;
      this.firstBias = firstBias;
      this.second = second;
      this.secondBias = secondBias;
    }
  }

  private final ImageShape imageShape;
  private final float[] fromRgb;
  private final float[] fromRgbBias;
  private final boolean fromRgbActivated;
  private final List<Block> blocks = new ArrayList<>();
  private final int lastInputs;
  private final int lastOutputs;
  private final int features;
  private final float[] lastKernel;

  /** The bias of the last 3x3 convolution plus its response to the deviation, [o,4,4]. */
  private final float[] lastMap;

  private final float[] dense;
  private final float[] denseBias;
  private final float[] linear;
  private final float[] linearBias;

  StyleGanDiscriminator(StyleGanWeights weights, int size) throws ModelFormatException {
    this.imageShape = new ImageShape(3, new Size(size, size));
    int count = 0;
    while (weights.has("progression." + count + ".conv1.0")) {
      count++;
    }
    int steps = Integer.numberOfTrailingZeros(size) - 2;
    int start = count - 1 - steps;
    if (start < 0) {
      throw weights.problem(
          "a discriminator must have a block for each size: expected "
              + (steps + 1)
              + " for "
              + size
              + " pixels, found "
              + count);
    }
    this.fromRgbActivated = weights.has("from_rgb." + start + ".0");
    String rgb = "from_rgb." + start + (fromRgbActivated ? ".0" : "");
    int channels = weights.outputs(rgb);
    this.fromRgb = weights.kernel(rgb, 3, channels, 1);
    this.fromRgbBias = weights.bias(rgb, channels);
    for (int i = start; i < count - 1; i++) {
      String first = "progression." + i + ".conv1.0";
      String second = "progression." + i + ".conv2.1";
      int outputs = weights.outputs(first);
      blocks.add(
          new Block(
              channels,
              outputs,
              weights.kernel(first, channels, outputs, 3),
              weights.bias(first, outputs),
              weights.downsampling(second, outputs),
              weights.bias(second, outputs)));
      channels = outputs;
    }

    String first = "progression." + (count - 1) + ".conv1.0";
    String second = "progression." + (count - 1) + ".conv2.0";
    this.lastInputs = channels;
    this.lastOutputs = weights.outputs(first);
    float[] kernel = weights.kernel(first, channels + 1, lastOutputs, 3);
    this.lastKernel = withoutLastInput(kernel, channels, lastOutputs);
    this.lastMap = deviationMap(kernel, channels, lastOutputs, weights.bias(first, lastOutputs));
    this.features = weights.outputs(second);
    this.dense = flattened(weights.equalized(second, features, lastOutputs, 4, 4), features);
    this.denseBias = weights.bias(second, features);
    this.linear = weights.matrix("linear", features, 1);
    this.linearBias = weights.bias("linear", 1);
  }

  /** The first i inputs of a kernel [3,3,i+1,o]. */
  static float[] withoutLastInput(float[] kernel, int inputs, int outputs) {
    float[] rest = new float[9 * inputs * outputs];
    for (int tap = 0; tap < 9; tap++) {
      System.arraycopy(
          kernel, tap * (inputs + 1) * outputs, rest, tap * inputs * outputs, inputs * outputs);
    }
    return rest;
  }

  /** The 3x3 convolution, with a border of zeros, of a constant input channel, plus the bias. */
  static float[] deviationMap(float[] kernel, int inputs, int outputs, float[] bias) {
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

  /** A 4x4 convolution [o,i,4,4] of 4x4 images as a matrix [i*16,o]. */
  static float[] flattened(float[] kernel, int features) {
    int rows = kernel.length / features;
    float[] matrix = new float[kernel.length];
    for (int o = 0; o < features; o++) {
      for (int row = 0; row < rows; row++) {
        matrix[row * features + o] = kernel[o * rows + row];
      }
    }
    return matrix;
  }

  @Override
  public ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public SDVariable logits(SameDiff graph, SDVariable images) {
    String scope = Graphs.freshScope(graph, "styleganD");
    int channels = fromRgbBias.length;
    SDVariable x =
        graph
            .cnn()
            .conv2d(
                images,
                Graphs.constant(graph, scope + "rgb/w", fromRgb, 1, 1, 3, channels),
                Graphs.constant(graph, scope + "rgb/b", fromRgbBias, channels),
                Graphs.convolution(1, 1, 0));
    if (fromRgbActivated) {
      x = graph.nn().leakyRelu(x, LEAK);
    }
    for (int i = 0; i < blocks.size(); i++) {
      x = halved(graph, scope + i + "/", blocks.get(i), x);
    }
    x =
        graph
            .cnn()
            .conv2d(
                x,
                Graphs.constant(graph, scope + "w", lastKernel, 3, 3, lastInputs, lastOutputs),
                Graphs.convolution(3, 1, 1))
            .add(Graphs.constant(graph, scope + "map", lastMap, 1, lastOutputs, 4, 4));
    x = graph.reshape(graph.nn().leakyRelu(x, LEAK), -1, 16L * lastOutputs);
    x =
        graph
            .mmul(x, Graphs.constant(graph, scope + "dense/w", dense, lastOutputs * 16, features))
            .add(Graphs.constant(graph, scope + "dense/b", denseBias, features));
    x =
        graph
            .mmul(
                graph.nn().leakyRelu(x, LEAK),
                Graphs.constant(graph, scope + "linear/w", linear, features, 1))
            .add(Graphs.constant(graph, scope + "linear/b", linearBias, 1));
    return graph.reshape(x, -1);
  }

  private static SDVariable halved(SameDiff graph, String name, Block block, SDVariable x) {
    int outputs = block.outputs;
    SDVariable first =
        graph
            .cnn()
            .conv2d(
                x,
                Graphs.constant(graph, name + "w1", block.first, 3, 3, block.inputs, outputs),
                Graphs.constant(graph, name + "b1", block.firstBias, outputs),
                Graphs.convolution(3, 1, 1));
    SDVariable blurred =
        graph
            .cnn()
            .depthWiseConv2d(
                graph.nn().leakyRelu(first, LEAK),
                Graphs.constant(
                    graph, name + "blur", StyleGanWeights.blur(outputs), 3, 3, outputs, 1),
                Graphs.convolution(3, 1, 1));
    SDVariable second =
        graph
            .cnn()
            .conv2d(
                blurred,
                Graphs.constant(graph, name + "w2", block.second, 4, 4, outputs, outputs),
                Graphs.constant(graph, name + "b2", block.secondBias, outputs),
                Graphs.convolution(4, 2, 1));
    return graph.nn().leakyRelu(second, LEAK);
  }
}
