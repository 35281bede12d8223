package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.network.Discriminator;
import org.jspecify.annotations.Nullable;
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
 *
 * <p>NVIDIA's networks for CIFAR-10 have no way around the two layers, and no sum.
 */
final class StyleGan2Discriminator {

  /** One block that halves its input. */
  private static final class Block implements StyleDiscriminator.Block {
    final int inputs;
    final int outputs;
    final float[] first;
    final float[] firstBias;
    final float[] second;
    final float[] secondBias;
    final float @Nullable [] skip;

    Block(StyleGan2Weights weights, int largest, int size, int inputs) throws ModelFormatException {
      StyleGan2Layout layout = weights.layout();
      String one = layout.judging(largest, size, 0);
      String two = layout.judging(largest, size, 1);
      this.inputs = inputs;
      this.outputs = weights.convolutionOutputs(two);
      weights.requireJudgingFilter(largest, size);
      boolean residual = weights.isResidual();
      // The gain of the second activation and the sqrt(1/2) of the sum are 1.
      double gain = residual ? 1 : StyleGan2Weights.GAIN;
      this.first = weights.kernel(one, inputs, inputs, 3, StyleGan2Weights.GAIN);
      this.firstBias = weights.bias(layout.judgingBias(one), inputs, StyleGan2Weights.GAIN);
      this.second = weights.kernel(two, inputs, outputs, 3, gain);
      this.secondBias = weights.bias(layout.judgingBias(two), outputs, gain);
      this.skip =
          residual
              ? weights.kernel(
                  layout.judgingSkip(largest, size), inputs, outputs, 1, 1 / StyleGan2Weights.GAIN)
              : null;
    }

    @Override
    public SDVariable halved(SameDiff graph, String name, SDVariable x) {
      SDVariable wide =
          Graphs.convolved(
              graph, x, name + "w1", first, name + "b1", firstBias, Graphs.convolution(3, 1, 1));
      SDVariable filtered =
          FirFilter.filtered(
              graph,
              name + "1",
              graph.nn().leakyRelu(wide, StyleDiscriminator.LEAK),
              inputs,
              1,
              1,
              2);
      SDVariable half =
          Graphs.convolved(
              graph,
              filtered,
              name + "w2",
              second,
              name + "b2",
              secondBias,
              Graphs.convolution(3, 2, 0));
      SDVariable judged = graph.nn().leakyRelu(half, StyleDiscriminator.LEAK);
      if (skip == null) {
        return judged;
      }
      SDVariable around =
          graph
              .cnn()
              .conv2d(
                  FirFilter.filtered(graph, name + "skip", x, inputs, 1, 2, 1),
                  Graphs.constant(graph, name + "ws", skip, 1, 1, inputs, outputs),
                  Graphs.convolution(1, 1, 0));
      return judged.add(around);
    }
  }

  private StyleGan2Discriminator() {}

  /** Reads the weights. */
  static Discriminator of(StyleGan2Weights weights, int size) throws ModelFormatException {
    int found = weights.judgingSize();
    if (found != size) {
      throw weights.problem(
          "a StyleGAN2 judges images of one size: expected " + size + ", found " + found);
    }
    weights.requireNoClasses();
    if (weights.readsColoursAgain(size)) {
      throw weights.problem(
          "the discriminator of a StyleGAN2 must read colours at its largest size alone: found a"
              + " layer that reads them at "
              + size / 2
              + " pixels");
    }
    List<StyleDiscriminator.Block> blocks = new ArrayList<>();
    StyleGan2Layout layout = weights.layout();
    double gain = StyleGan2Weights.GAIN;
    String rgb = layout.fromRgb(size);
    int channels = weights.convolutionOutputs(rgb);
    float[] fromRgb = weights.kernel(rgb, 3, channels, 1, gain);
    float[] fromRgbBias = weights.bias(layout.judgingBias(rgb), channels, gain);
    for (int side = size; side > 4; side /= 2) {
      Block block = new Block(weights, size, side, channels);
      blocks.add(block);
      channels = block.outputs;
    }
    String last = layout.lastConvolution();
    int outputs = weights.convolutionOutputs(last);
    StyleGan2Weights.Affine dense = weights.linear(layout.firstLinear(), 16 * outputs, gain);
    StyleGan2Weights.Affine linear = weights.linear(layout.lastLinear(), dense.bias.length, 1);
    if (linear.bias.length != 1) {
      throw weights.problem(
          "a StyleGAN2 must judge an image by one number: found " + linear.bias.length);
    }
    StyleEpilogue epilogue =
        new StyleEpilogue(
            weights.kernel(last, channels + 1, outputs, 3, gain),
            weights.bias(layout.judgingBias(last), outputs, gain),
            dense.matrix,
            dense.bias,
            linear.matrix,
            linear.bias);
    return new StyleDiscriminator("stylegan2D", size, fromRgb, fromRgbBias, true, blocks, epilogue);
  }
}
