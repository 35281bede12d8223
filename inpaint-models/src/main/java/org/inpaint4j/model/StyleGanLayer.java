package org.inpaint4j.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a layer of {@link StyleGanGenerator} that ends with noise, leaky ReLU and AdaIN.
 */
final class StyleGanLayer {
  final int inputs;
  final int outputs;

  /** Null for the constant input; [4,4,o,i] of a deconvolution, or [3,3,i,o]. */
  final float @Nullable [] kernel;

  /** The bias of the convolution; for the constant input the constant [o,4,4]. */
  final float[] bias;

  final float[] noise;
  final float[] gamma;
  final float[] gammaBias;
  final float[] beta;
  final float[] betaBias;

  StyleGanLayer(
      StyleGanWeights weights,
      String block,
      int index,
      int styleSize,
      int inputs,
      int outputs,
      float @Nullable [] kernel,
      float[] bias)
      throws ModelFormatException {
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernel = kernel;
    this.bias = bias;
    this.noise = weights.equalized(block + "noise" + index, 1, outputs, 1, 1);
    String style = block + "adain" + index + ".style";
    float[] matrix = weights.matrix(style, styleSize, 2 * outputs);
    float[] both = weights.bias(style, 2 * outputs);
    gamma = columns(matrix, styleSize, 2 * outputs, 0);
    beta = columns(matrix, styleSize, 2 * outputs, outputs);
    gammaBias = Arrays.copyOfRange(both, 0, outputs);
    betaBias = Arrays.copyOfRange(both, outputs, 2 * outputs);
  }

  /** Half of the columns of a matrix. */
  private static float[] columns(float[] matrix, int rows, int columns, int from) {
    int count = columns / 2;
    float[] half = new float[rows * count];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix, row * columns + from, half, row * count, count);
    }
    return half;
  }
}
