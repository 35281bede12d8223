package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.network.Discriminator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The discriminator of {@link StyleGan}.
 *
 * <pre>
 * from RGB, 1x1
 * for each size down to 8:  conv 3x3, leaky ReLU, blur, conv 3x3 with 2x2 mean, leaky ReLU
 * at 4x4:                   {@link StyleEpilogue}
 * </pre>
 */
final class StyleGanDiscriminator {

  /** One block that halves its input. */
  private static final class Block implements StyleDiscriminator.Block {
    final int outputs;
    final float[] first;
    final float[] firstBias;
    final float[] second;
    final float[] secondBias;

    Block(int outputs, float[] first, float[] firstBias, float[] second, float[] secondBias) {
      this.outputs = outputs;
      this.first = first;
      this.firstBias = firstBias;
      this.second = second;
      this.secondBias = secondBias;
    }

    @Override
    public SDVariable halved(SameDiff graph, String name, SDVariable x) {
      SDVariable wide =
          Graphs.convolved(
              graph, x, name + "w1", first, name + "b1", firstBias, Graphs.convolution(3, 1, 1));
      SDVariable blurred =
          graph
              .cnn()
              .depthWiseConv2d(
                  graph.nn().leakyRelu(wide, StyleDiscriminator.LEAK),
                  Graphs.constant(
                      graph, name + "blur", StyleGanWeights.blur(outputs), 3, 3, outputs, 1),
                  Graphs.convolution(3, 1, 1));
      SDVariable half =
          Graphs.convolved(
              graph,
              blurred,
              name + "w2",
              second,
              name + "b2",
              secondBias,
              Graphs.convolution(4, 2, 1));
      return graph.nn().leakyRelu(half, StyleDiscriminator.LEAK);
    }
  }

  private StyleGanDiscriminator() {}

  /** Reads the weights. */
  static Discriminator of(StyleGanWeights weights, int size) throws ModelFormatException {
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
    boolean fromRgbActivated = weights.has("from_rgb." + start + ".0");
    String rgb = "from_rgb." + start + (fromRgbActivated ? ".0" : "");
    int channels = weights.outputs(rgb);
    float[] fromRgb = weights.kernel(rgb, 3, channels, 1);
    float[] fromRgbBias = weights.bias(rgb, channels);
    List<StyleDiscriminator.Block> blocks = new ArrayList<>();
    for (int i = start; i < count - 1; i++) {
      String first = "progression." + i + ".conv1.0";
      String second = "progression." + i + ".conv2.1";
      int outputs = weights.outputs(first);
      blocks.add(
          new Block(
              outputs,
              weights.kernel(first, channels, outputs, 3),
              weights.bias(first, outputs),
              weights.downsampling(second, outputs),
              weights.bias(second, outputs)));
      channels = outputs;
    }

    String first = "progression." + (count - 1) + ".conv1.0";
    String second = "progression." + (count - 1) + ".conv2.0";
    int outputs = weights.outputs(first);
    int features = weights.outputs(second);
    StyleEpilogue epilogue =
        new StyleEpilogue(
            weights.kernel(first, channels + 1, outputs, 3),
            weights.bias(first, outputs),
            Graphs.turned(
                weights.equalized(second, features, outputs, 4, 4), features, 16 * outputs, 1),
            weights.bias(second, features),
            weights.matrix("linear", features, 1),
            weights.bias("linear", 1));
    return new StyleDiscriminator(
        "styleganD", size, fromRgb, fromRgbBias, fromRgbActivated, blocks, epilogue);
  }
}
