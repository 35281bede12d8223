package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Discriminator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The discriminator of a StyleGAN2 (Karras et al. 2020).
 *
 * <pre>
 * from RGB, 1x1, leaky ReLU
 * for each size down to 8:  conv 3x3, leaky ReLU, FIR filter, conv 3x3 of stride 2, leaky ReLU
 *                           + FIR filter of stride 2, conv 1x1; the sum over sqrt(2)
 * at 4x4:                   {@link StyleEpilogue}
 * </pre>
 */
final class StyleGan2Discriminator implements Discriminator {

  private static final double LEAK = 0.2;

  /** One block that halves its input. */
  private static final class Block {
    final int inputs;
    final int outputs;
    final float[] first;
    final float[] firstBias;
    final float[] second;
    final float[] secondBias;
    final float[] skip;

    Block(StyleGan2Weights weights, int size, int inputs) throws ModelFormatException {
      StyleGan2Layout layout = weights.layout();
      String one = layout.judging(weights.judgingSize(), size, 0);
      String two = layout.judging(weights.judgingSize(), size, 1);
      this.inputs = inputs;
      this.outputs = weights.convolutionOutputs(two);
      // The gain of the second activation and the sqrt(1/2) of the sum are 1.
      this.first = weights.kernel(one, inputs, inputs, 3, StyleGan2Weights.GAIN);
      this.firstBias = weights.bias(layout.judgingBias(one), inputs, StyleGan2Weights.GAIN);
      this.second = weights.kernel(two, inputs, outputs, 3, 1);
      this.secondBias = weights.bias(layout.judgingBias(two), outputs, 1);
      this.skip =
          weights.kernel(
              layout.judgingSkip(weights.judgingSize(), size),
              inputs,
              outputs,
              1,
              1 / StyleGan2Weights.GAIN);
    }
  }

  private final ImageShape imageShape;
  private final float[] fromRgb;
  private final float[] fromRgbBias;
  private final List<Block> blocks = new ArrayList<>();
  private final StyleEpilogue epilogue;

  StyleGan2Discriminator(StyleGan2Weights weights, int size) throws ModelFormatException {
    if (weights.judgingSize() != size) {
      throw weights.problem(
          "a StyleGAN2 judges images of one size: expected "
              + size
              + ", found "
              + weights.judgingSize());
    }
    this.imageShape = new ImageShape(3, new Size(size, size));
    StyleGan2Layout layout = weights.layout();
    double gain = StyleGan2Weights.GAIN;
    String rgb = layout.fromRgb(size);
    int channels = weights.convolutionOutputs(rgb);
    this.fromRgb = weights.kernel(rgb, 3, channels, 1, gain);
    this.fromRgbBias = weights.bias(layout.judgingBias(rgb), channels, gain);
    for (int side = size; side > 4; side /= 2) {
      Block block = new Block(weights, side, channels);
      blocks.add(block);
      channels = block.outputs;
    }
    String last = layout.lastConvolution();
    int outputs = weights.convolutionOutputs(last);
    StyleGan2Weights.Affine dense = weights.linear(layout.firstLinear(), 16 * outputs, gain);
    StyleGan2Weights.Affine linear = weights.linear(layout.lastLinear(), dense.bias.length, 1);
    this.epilogue =
        new StyleEpilogue(
            weights.kernel(last, channels + 1, outputs, 3, gain),
            weights.bias(layout.judgingBias(last), outputs, gain),
            dense.matrix,
            dense.bias,
            linear.matrix,
            linear.bias);
  }

  @Override
  public ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public SDVariable logits(SameDiff graph, SDVariable images) {
    String scope = Graphs.freshScope(graph, "stylegan2D");
    int channels = fromRgbBias.length;
    SDVariable x =
        graph
            .cnn()
            .conv2d(
                images,
                Graphs.constant(graph, scope + "rgb/w", fromRgb, 1, 1, 3, channels),
                Graphs.constant(graph, scope + "rgb/b", fromRgbBias, channels),
                Graphs.convolution(1, 1, 0));
    x = graph.nn().leakyRelu(x, LEAK);
    for (int i = 0; i < blocks.size(); i++) {
      x = halved(graph, scope + i + "/", blocks.get(i), x);
    }
    return epilogue.logits(graph, scope, x);
  }

  private static SDVariable halved(SameDiff graph, String name, Block block, SDVariable x) {
    int inputs = block.inputs;
    int outputs = block.outputs;
    SDVariable first =
        graph
            .cnn()
            .conv2d(
                x,
                Graphs.constant(graph, name + "w1", block.first, 3, 3, inputs, inputs),
                Graphs.constant(graph, name + "b1", block.firstBias, inputs),
                Graphs.convolution(3, 1, 1));
    SDVariable filtered =
        FirFilter.filtered(graph, name + "1", graph.nn().leakyRelu(first, LEAK), inputs, 1, 1, 2);
    SDVariable second =
        graph
            .cnn()
            .conv2d(
                filtered,
                Graphs.constant(graph, name + "w2", block.second, 3, 3, inputs, outputs),
                Graphs.constant(graph, name + "b2", block.secondBias, outputs),
                Graphs.convolution(3, 2, 0));
    SDVariable skip =
        graph
            .cnn()
            .conv2d(
                FirFilter.filtered(graph, name + "skip", x, inputs, 1, 2, 1),
                Graphs.constant(graph, name + "ws", block.skip, 1, 1, inputs, outputs),
                Graphs.convolution(1, 1, 0));
    return graph.nn().leakyRelu(second, LEAK).add(skip);
  }
}
