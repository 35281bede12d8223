package org.inpaint4j.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The weights of one network of a StyleGAN in the form that the graph computes with: equalised
 * (each weight times sqrt(2 / fan-in), Karras et al. 2018), in ND4J's order of dimensions, with
 * resampling folded into the kernels.
 *
 * <pre>
 * Nearest upsampling, then a 3x3 kernel k, is a transposed convolution with the 4x4 kernel
 *     K[q] = k[2 - q] + k[3 - q]         (in each direction; k is 0 outside 0..2)
 * of stride 2 and padding 1: a quarter of the arithmetic. The port's fused upsampling is a
 * transposed convolution with K[q] = (k[q] + k[q - 1]) / 2, and both a 3x3 convolution with average
 * pooling after it and the fused downsampling are a convolution of stride 2 with that kernel.
 * </pre>
 */
final class StyleGanWeights {

  private final Weights weights;

  private StyleGanWeights(Weights weights) {
    this.weights = weights;
  }

  /** The weights of the generator of a file. */
  static StyleGanWeights generator(Weights file) throws ModelFormatException {
    return new StyleGanWeights(StyleGanKeys.generator(file));
  }

  /** The weights of the discriminator of a file. */
  static StyleGanWeights discriminator(Weights file) throws ModelFormatException {
    return new StyleGanWeights(StyleGanKeys.discriminator(file));
  }

  /** As {@link Weights#identity}. */
  String identity() {
    return weights.identity();
  }

  boolean has(String layer) {
    return weights.has(key(layer));
  }

  /** Whether a layer has a weight that is not 0. */
  boolean isNonZero(String layer) throws ModelFormatException {
    return hasNonZero(key(layer));
  }

  /** Whether the layer of a size that turns maps into colours has a bias that is not 0. */
  boolean hasBias(String layer) throws ModelFormatException {
    return hasNonZero(layer + ".conv.bias");
  }

  private boolean hasNonZero(String tensor) throws ModelFormatException {
    return Graphs.hasNonZero(weights.require(tensor).values());
  }

  /** The mean style that a file has beside its generator, if it has one. */
  Optional<float[]> meanStyle(Weights file) throws ModelFormatException {
    return file.has(StyleGan.MEAN_STYLE)
        ? Optional.of(file.require(StyleGan.MEAN_STYLE, linearOutputs("style.1")))
        : Optional.empty();
  }

  ModelFormatException problem(String problem) {
    return weights.problem(problem);
  }

  int[] shapeOf(String name) throws ModelFormatException {
    return weights.require(name).shape();
  }

  /** Output channels of an equalised convolution. */
  int outputs(String layer) throws ModelFormatException {
    return dimension(key(layer), 0);
  }

  /** Outputs of an equalised linear layer. */
  int linearOutputs(String layer) throws ModelFormatException {
    return weights.outputs(key(layer));
  }

  /** Output channels of a convolution that upsamples, fused or not. */
  int upsamplingOutputs(String layer, String fusedLayer) throws ModelFormatException {
    String fused = fusedLayer + ".weight";
    return weights.has(fused) ? dimension(fused, 1) : outputs(layer);
  }

  private int dimension(String name, int index) throws ModelFormatException {
    int[] shape = weights.require(name).shape();
    if (shape.length != 4 || shape[index] == 0) {
      throw weights.shapeProblem(name, "[a, b, k, k]");
    }
    return shape[index];
  }

  /** Whether resampling and convolution are one layer, which has its own class in the port. */
  private boolean isFused(String layer) {
    return !weights.has(layer + ".conv.weight_orig") && !weights.has(layer + ".weight_orig");
  }

  /**
   * The key of a layer's weight: with its wrapper in the port of today, or bare as in older files.
   */
  private String key(String layer) {
    for (String end : List.of(".conv.weight_orig", ".linear.weight_orig", ".weight_orig")) {
      if (weights.has(layer + end)) {
        return layer + end;
      }
    }
    return layer + ".weight";
  }

  float[] bias(String layer, int outputs) throws ModelFormatException {
    String key = key(layer);
    return weights.require(key.substring(0, key.lastIndexOf('.')) + ".bias", outputs);
  }

  float[] upsamplingBias(String layer, String fusedLayer, int outputs) throws ModelFormatException {
    boolean fused = weights.has(fusedLayer + ".weight");
    return fused ? weights.require(fusedLayer + ".bias", outputs) : bias(layer, outputs);
  }

  float[] raw(String name, int... shape) throws ModelFormatException {
    return weights.require(name, shape);
  }

  /** A weight with its equalising factor; the fan-in of the port is all but the first dimension. */
  float[] equalized(String layer, int... shape) throws ModelFormatException {
    float[] values = weights.require(key(layer), shape).clone();
    int fanIn = 1;
    for (int i = 1; i < shape.length; i++) {
      fanIn *= shape[i];
    }
    return scale(values, Math.sqrt(2.0 / fanIn));
  }

  private static float[] scale(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor);
    }
    return values;
  }

  /** A linear layer as a matrix [inputs, outputs]. */
  float[] matrix(String layer, int inputs, int outputs) throws ModelFormatException {
    return Graphs.turned(equalized(layer, outputs, inputs), outputs, inputs, 1);
  }

  /** A convolution's kernel as [size, size, inputs, outputs]. */
  float[] kernel(String layer, int inputs, int outputs, int size) throws ModelFormatException {
    return Graphs.turned(
        equalized(layer, outputs, inputs, size, size), outputs, inputs, size * size);
  }

  /** Upsampling and a 3x3 convolution as the kernel [4, 4, outputs, inputs] of a deconvolution. */
  float[] upsampling(String layer, String fusedLayer, int inputs, int outputs)
      throws ModelFormatException {
    if (!weights.has(fusedLayer + ".weight")) {
      float[] kernel = equalized(layer, outputs, inputs, 3, 3);
      float[] flipped = new float[kernel.length];
      for (int i = 0; i < kernel.length; i++) {
        flipped[i - i % 9 + 8 - i % 9] = kernel[i];
      }
      // From [outputs, inputs, …], so the last two dimensions have to change places.
      float[] summed = Graphs.turned(summed(flipped, 1), outputs, inputs, 16);
      float[] swapped = new float[summed.length];
      for (int tap = 0; tap < 16; tap++) {
        for (int i = 0; i < inputs; i++) {
          for (int o = 0; o < outputs; o++) {
            swapped[(tap * outputs + o) * inputs + i] = summed[(tap * inputs + i) * outputs + o];
          }
        }
      }
      return swapped;
    }
    float[] kernel = weights.require(fusedLayer + ".weight", inputs, outputs, 3, 3).clone();
    scale(kernel, Math.sqrt(2.0 / (inputs * 9.0)));
    return Graphs.turned(summed(kernel, 0.25), inputs, outputs, 16);
  }

  /** A 3x3 convolution and 2x2 average pooling as a kernel [4, 4, inputs, outputs] of stride 2. */
  float[] downsampling(String layer, int channels) throws ModelFormatException {
    float[] kernel;
    if (isFused(layer)) {
      kernel = weights.require(layer + ".weight", channels, channels, 3, 3).clone();
      scale(kernel, Math.sqrt(2.0 / (channels * 9.0)));
    } else {
      kernel = equalized(layer, channels, channels, 3, 3);
    }
    return Graphs.turned(summed(kernel, 0.25), channels, channels, 16);
  }

  /** Each 3x3 kernel k as the 4x4 kernel of the sums {@code k[q] + k[q - 1]} in both directions. */
  private static float[] summed(float[] kernels, double factor) {
    int count = kernels.length / 9;
    float[] summed = new float[count * 16];
    for (int k = 0; k < count; k++) {
      for (int tap = 0; tap < 9; tap++) {
        float value = (float) (kernels[9 * k + tap] * factor);
        int corner = 16 * k + 4 * (tap / 3) + tap % 3;
        summed[corner] += value;
        summed[corner + 1] += value;
        summed[corner + 4] += value;
        summed[corner + 5] += value;
      }
    }
    return summed;
  }

  /** The binomial blur as a depthwise kernel [3, 3, channels, 1]. */
  static float[] blur(int channels) {
    float[] line = {0.25f, 0.5f, 0.25f};
    float[] kernel = new float[9 * channels];
    for (int tap = 0; tap < 9; tap++) {
      Arrays.fill(kernel, tap * channels, (tap + 1) * channels, line[tap / 3] * line[tap % 3]);
    }
    return kernel;
  }
}
