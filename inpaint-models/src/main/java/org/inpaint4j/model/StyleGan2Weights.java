package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of one network of a StyleGAN2 in the form that the graph computes with: equalised
 * (each weight times sqrt(1 / fan-in), Karras et al. 2020), in ND4J's order of dimensions, with the
 * gain sqrt(2) of a leaky ReLU before it, where it is the same: s leaky(x) = leaky(s x).
 *
 * <p>There are two layouts. They differ in the names, and NVIDIA's has no equalising factor where
 * the demodulation undoes it.
 */
final class StyleGan2Weights {

  /** The gain of an activation. */
  static final double GAIN = Math.sqrt(2);

  /** The learning rate of the mapping network, which its weights are divided by. */
  private static final double MAPPING_RATE = 0.01;

  private final Weights weights;
  private final StyleGan2Layout layout;

  StyleGan2Weights(Weights weights, StyleGan2Layout layout) {
    this.weights = weights;
    this.layout = layout;
  }

  /** As {@link Weights#identity}. */
  String identity() {
    return weights.identity();
  }

  ModelFormatException problem(String problem) {
    return weights.problem(problem);
  }

  /** How many sizes, from 4 pixels on, a network has layers for. */
  int sizes() throws ModelFormatException {
    int sizes = 1;
    while (weights.has(layout.toRgb(sizes) + layout.weight())) {
      sizes++;
    }
    if (sizes < 2 || sizes > 9) {
      throw problem(
          "a StyleGAN2 must make colours at 2 to 9 sizes, from 4 pixels on: found " + sizes);
    }
    return sizes;
  }

  /** Coordinates of z and of w. */
  int styleSize() throws ModelFormatException {
    return weights.outputs(layout.mapping(0) + ".weight");
  }

  /** Of networks with classes the images depend on more than z. */
  void requireNoClasses() throws ModelFormatException {
    String classes = layout.classes();
    if (weights.has(classes)) {
      throw problem("a StyleGAN2 must have no classes: found the tensor " + classes);
    }
  }

  /** Files hold the filter that they were trained with; ours is a constant. */
  private void requireFilter(String name, float gain) throws ModelFormatException {
    Weights.Tensor filter = weights.find(name);
    if (filter != null && !FirFilter.is(filter.values(), gain)) {
      throw problem(
          "the filter " + name + " must be [1, 3, 3, 1] in both directions: found another");
    }
  }

  /** The mapping network. */
  StyleGanMapping mapping() throws ModelFormatException {
    requireNoClasses();
    int size = styleSize();
    List<float[]> matrices = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int i = 0; weights.has(layout.mapping(i) + ".weight"); i++) {
      double scale = GAIN * MAPPING_RATE;
      matrices.add(matrix(layout.mapping(i), size, size, scale));
      biases.add(scaled(weights.require(layout.mapping(i) + ".bias", size), scale));
    }
    return new StyleGanMapping(size, matrices, biases);
  }

  /** The constant input [channels, 4, 4]. */
  float[] input() throws ModelFormatException {
    Weights.Tensor tensor = weights.require(layout.input());
    if (tensor.values().length % 16 != 0 || tensor.values().length == 0) {
      throw weights.shapeProblem(layout.input(), "[channels, 4, 4]");
    }
    return weights.finite(layout.input(), tensor);
  }

  /** The layer of a number, 0 at 4 pixels, then two at each size. */
  StyleGan2Layer layer(int index, int inputs, int styleSize) throws ModelFormatException {
    String name = layout.convolution(index);
    int outputs = outputs(name + layout.weight());
    boolean enlarges = index % 2 == 1;
    if (enlarges) {
      requireFilter(layout.filter(index), layout.filterGain());
    }
    double scale = layout.isEqualised() ? 1 / Math.sqrt(9.0 * inputs) : 1;
    float[] kernel = weights.require(name + layout.weight(), layout.shape(outputs, inputs, 3));
    float strength = weights.require(name + layout.noise(), layout.noiseShape())[0];
    float[] bias = scaled(weights.require(name + layout.bias(), outputs), GAIN);
    return new StyleGan2Layer(
        modulation(name, inputs, styleSize, 1),
        multiplied(
            enlarges ? transposed(kernel) : Graphs.turned(kernel, outputs, inputs, 9), scale),
        squares(kernel, outputs, inputs, scale),
        scaled(filled(outputs, strength), GAIN),
        bias,
        inputs,
        outputs,
        enlarges);
  }

  /** What turns the maps of a size into colours. */
  ToRgb toRgb(int size, int inputs, int styleSize) throws ModelFormatException {
    String name = layout.toRgb(size);
    float[] kernel = weights.require(name + layout.weight(), layout.shape(3, inputs, 1));
    return new ToRgb(
        modulation(name, inputs, styleSize, 1 / Math.sqrt(inputs)),
        Graphs.turned(kernel, 3, inputs, 1),
        weights.require(name + ".bias", layout.rgbBiasShape()),
        inputs);
  }

  /** Colours of maps. Arrays are not copied. */
  static final class ToRgb {
    final Affine modulation;

    /** [1, 1, inputs, 3] */
    final float[] kernel;

    final float[] bias;
    final int inputs;

    ToRgb(Affine modulation, float[] kernel, float[] bias, int inputs) {
      this.modulation = modulation;
      this.kernel = kernel;
      this.bias = bias;
      this.inputs = inputs;
    }
  }

  /** A linear layer with a bias. Arrays are not copied. */
  static final class Affine {

    /** [inputs, outputs] */
    final float[] matrix;

    final float[] bias;

    Affine(float[] matrix, float[] bias) {
      this.matrix = matrix;
      this.bias = bias;
    }
  }

  private Affine modulation(String name, int outputs, int styleSize, double scale)
      throws ModelFormatException {
    String affine = name + layout.affine();
    return new Affine(
        matrix(affine, styleSize, outputs, scale),
        scaled(weights.require(affine + ".bias", outputs), scale));
  }

  /** A linear layer as a matrix [inputs, outputs]. */
  private float[] matrix(String layer, int inputs, int outputs, double scale)
      throws ModelFormatException {
    float[] values = weights.require(layer + ".weight", outputs, inputs);
    return multiplied(Graphs.turned(values, outputs, inputs, 1), scale / Math.sqrt(inputs));
  }

  private int outputs(String name) throws ModelFormatException {
    int[] shape = weights.require(name).shape();
    int index = shape.length - 4;
    if (index < 0 || shape[index] == 0) {
      throw weights.shapeProblem(name, "[outputs, inputs, k, k]");
    }
    return shape[index];
  }

  /** For the discriminator: an equalised convolution as [k, k, inputs, outputs]. */
  float[] kernel(String layer, int inputs, int outputs, int size, double scale)
      throws ModelFormatException {
    float[] values = weights.require(layer + ".weight", outputs, inputs, size, size);
    double equalised = scale / Math.sqrt((double) inputs * size * size);
    return multiplied(Graphs.turned(values, outputs, inputs, size * size), equalised);
  }

  /** For the discriminator: an equalised linear layer. */
  Affine linear(String layer, int inputs, double scale) throws ModelFormatException {
    int outputs = weights.outputs(layer + ".weight");
    return new Affine(
        matrix(layer, inputs, outputs, scale),
        scaled(weights.require(layer + ".bias", outputs), scale));
  }

  /** For the discriminator: a bias. */
  float[] bias(String name, int outputs, double scale) throws ModelFormatException {
    return scaled(weights.require(name, outputs), scale);
  }

  /** For the discriminator: output channels of a convolution. */
  int convolutionOutputs(String layer) throws ModelFormatException {
    return outputs(layer + ".weight");
  }

  /** For the discriminator: rows and columns of the images that it judges. */
  int judgingSize() throws ModelFormatException {
    int size = 4;
    while (weights.has(layout.judgingEvidence(2 * size) + ".weight")) {
      size *= 2;
    }
    if (size < 8 || size > 1024) {
      throw problem("a StyleGAN2 must judge images of 8 to 1024 pixels: found " + size);
    }
    return size;
  }

  /** For the discriminator: whether a layer goes around those of each block. */
  boolean isResidual() {
    return layout == StyleGan2Layout.PORT
        || weights.names().stream().anyMatch(name -> name.endsWith(".skip.weight"));
  }

  /** For the discriminator: whether it reads colours at each size. */
  boolean readsColoursAgain(int largest) {
    return layout == StyleGan2Layout.NVIDIA && weights.has(layout.fromRgb(largest / 2) + ".weight");
  }

  /** For the discriminator: the filter of the block that halves a size. */
  void requireJudgingFilter(int largest, int size) throws ModelFormatException {
    requireFilter(layout.judgingFilter(largest, size), 1);
  }

  StyleGan2Layout layout() {
    return layout;
  }

  /** [outputs, inputs, 3, 3] as [3, 3, outputs, inputs], of a transposed convolution. */
  private static float[] transposed(float[] kernel) {
    return Graphs.turned(kernel, 1, kernel.length / 9, 9);
  }

  /** Of each pair of channels the sum of the squares of its kernel, halved, [inputs, outputs]. */
  private static float[] squares(float[] kernel, int outputs, int inputs, double scale) {
    int area = kernel.length / outputs / inputs;
    float[] squares = new float[inputs * outputs];
    for (int o = 0, from = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        double sum = 0;
        for (int tap = 0; tap < area; tap++, from++) {
          float tapped = (float) (kernel[from] * scale);
          sum += (double) tapped * tapped;
        }
        squares[i * outputs + o] = (float) (sum / 2);
      }
    }
    return squares;
  }

  private static float[] scaled(float[] values, double factor) {
    return multiplied(values.clone(), factor);
  }

  /**
   * An array of one's own, multiplied where it is: kernels are most of a model, and one copy will
   * do.
   */
  private static float[] multiplied(float[] own, double factor) {
    for (int i = 0; i < own.length; i++) {
      own[i] = (float) (own[i] * factor);
    }
    return own;
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }
}
