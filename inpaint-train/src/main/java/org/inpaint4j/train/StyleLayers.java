package org.inpaint4j.train;

import java.util.List;
import org.inpaint4j.model.Graphs;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The layers of both networks of a StyleGAN, their parameters being inputs. Each weight is
 * multiplied by sqrt(2 / fan-in) (Karras et al., <i>Progressive Growing of GANs</i>, ICLR 2018,
 * section 4.1).
 *
 * <p>Resampling and a 3x3 convolution are one layer with a 4x4 kernel, whose taps are sums of those
 * of the 3x3 kernel: 4 products where 9 are written.
 *
 * @param graph takes the layers
 * @param parameters of the network
 * @param batch how many images there are
 */
record StyleLayers(SameDiff graph, ParameterInputs parameters, int batch) {

  private static final double LEAK = 0.2;
  private static final float[] BLUR = {0.25f, 0.5f, 0.25f};

  /** A convolution of stride 1 that keeps the size, or of 4x4 pixels to one. */
  SDVariable convolution(String name, SDVariable x, int side) {
    Shape.Parameter weight = parameters.parameter(name + ".conv.weight_orig");
    int kernel = weight.shape().get(2);
    boolean shrinks = kernel == 4;
    SDVariable y =
        graph
            .cnn()
            .conv2d(
                x,
                equalized(weight),
                Graphs.convolution(kernel, 1, shrinks ? 0 : (kernel - 1) / 2));
    return biased(name, y, weight.shape().get(0), shrinks ? 1 : side);
  }

  /** A 3x3 convolution of maps whose pixels are repeated twice both ways. */
  SDVariable enlarged(String name, SDVariable x, int side) {
    Shape.Parameter weight = parameters.parameter(name + ".conv.weight_orig");
    SDVariable kernel = summed("enlarging", weight, true);
    SDVariable y = graph.cnn().deconv2d(x, kernel, Graphs.deconvolution(4, 2, 1));
    return biased(name, y, weight.shape().get(0), 2 * side);
  }

  /** The means over 2x2 pixels of a 3x3 convolution. */
  SDVariable halved(String name, SDVariable x, int side) {
    Shape.Parameter weight = parameters.parameter(name + ".conv.weight_orig");
    SDVariable kernel = summed("halving", weight, false);
    SDVariable y = graph.cnn().conv2d(x, kernel, Graphs.convolution(4, 2, 1));
    return biased(name, y, weight.shape().get(0), side / 2);
  }

  /** Some rows through a linear layer. */
  SDVariable linear(String name, SDVariable rows, int count) {
    Shape.Parameter weight = parameters.parameter(name + ".linear.weight_orig");
    int outputs = weight.shape().get(0);
    SDVariable y = graph.mmul(rows, equalized(weight));
    SDVariable bias = parameters.get(name + ".linear.bias");
    int[] shape = {count, outputs, 1, 1};
    SDVariable column = graph.reshape(y, count, outputs, 1, 1);
    return graph.reshape(Bias.add(column, shape, bias), count, outputs);
  }

  SDVariable leaky(SDVariable x) {
    return graph.nn().leakyRelu(x, LEAK);
  }

  /** A map of noise [N, 1, H, W] with a strength for each channel. */
  SDVariable noise(String name, SDVariable map) {
    Shape.Parameter strength = parameters.parameter(name + ".weight_orig");
    return graph.cnn().conv2d(map, equalized(strength), Graphs.convolution(1, 1, 0));
  }

  /** A parameter as it is. */
  SDVariable parameter(String name) {
    return parameters.get(name);
  }

  /** The binomial blur, which is its own adjoint. */
  SDVariable blurred(SDVariable x, int channels) {
    SDVariable kernel =
        constant(
            "blur-" + channels, filled(9 * channels, i -> tap(i / channels)), 3, 3, channels, 1);
    return CustomGradient.tie(
        graph.cnn().depthWiseConv2d(x, kernel, Graphs.convolution(3, 1, 1)),
        List.of(x),
        gradient ->
            List.of(graph.cnn().depthWiseConv2d(gradient, kernel, Graphs.convolution(3, 1, 1))));
  }

  /** The tap of a binomial 3x3 kernel, from 0. */
  static float tap(int index) {
    return BLUR[index / 3] * BLUR[index % 3];
  }

  /** What is computed from two sizes while the larger one fades in. */
  SDVariable faded(SDVariable smaller, SDVariable larger, SDVariable alpha) {
    SDVariable rest = alpha.rsub(1);
    return CustomGradient.tie(
        smaller.mul(rest).add(larger.mul(alpha)),
        List.of(smaller, larger),
        gradient -> List.of(gradient.mul(rest), gradient.mul(alpha)));
  }

  private SDVariable biased(String name, SDVariable x, int channels, int side) {
    return Bias.add(
        x, new int[] {batch, channels, side, side}, parameters.get(name + ".conv.bias"));
  }

  private static double scale(Shape.Parameter weight) {
    return Math.sqrt(2.0 * weight.shape().get(0) / weight.size());
  }

  private SDVariable equalized(Shape.Parameter weight) {
    return parameters.get(weight.name()).mul(scale(weight));
  }

  /**
   * The 4x4 kernel of a 3x3 one, as in the networks that are searched: K[q] = k[2 - q] + k[3 - q]
   * of enlarged maps, and K[q] = (k[q] + k[q - 1]) / 2 of halved ones.
   */
  private SDVariable summed(String name, Shape.Parameter weight, boolean enlarging) {
    float[] sums = new float[16 * 9];
    for (int i = 0; i < sums.length; i++) {
      boolean rows = meets(i / 36, i % 9 / 3, enlarging);
      boolean columns = meets(i / 9 % 4, i % 3, enlarging);
      sums[i] = rows && columns ? (enlarging ? 1 : 0.25f) : 0;
    }
    SDVariable matrix = constant(name + "-taps", sums, 16, 9);
    int rest = weight.size() / 9;
    int b = weight.shape().get(0);
    int a = rest / b;
    SDVariable product = graph.mmul(matrix, graph.reshape(equalized(weight), 9, rest));
    return enlarging ? graph.reshape(product, 4, 4, b, a) : graph.reshape(product, 4, 4, a, b);
  }

  private static boolean meets(int of4, int of3, boolean enlarging) {
    int at = enlarging ? 3 - of4 : of4;
    return of3 == at || of3 == at - 1;
  }

  /** Values by their place. */
  interface Values {
    float at(int index);
  }

  static float[] filled(int count, Values values) {
    float[] filled = new float[count];
    for (int i = 0; i < count; i++) {
      filled[i] = values.at(i);
    }
    return filled;
  }

  /** A constant that the graph has once. */
  SDVariable constant(String name, float[] values, int... shape) {
    return graph.hasVariable(name)
        ? graph.getVariable(name)
        : Graphs.constant(graph, name, values, shape);
  }
}
