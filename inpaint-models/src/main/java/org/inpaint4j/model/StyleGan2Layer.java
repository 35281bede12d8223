package org.inpaint4j.model;

/** The weights of a layer of {@link StyleGan2Generator}. Arrays are not copied. */
final class StyleGan2Layer {
  final StyleGan2Weights.Affine modulation;

  /** [3, 3, inputs, outputs], or [3, 3, outputs, inputs] if it enlarges. */
  final float[] kernel;

  /** Half the sum of the squares of each kernel [inputs, outputs]. */
  final float[] squares;

  /** The strength of the noise times sqrt(2), for each channel. */
  final float[] noise;

  /** Times sqrt(2). */
  final float[] bias;

  final int inputs;
  final int outputs;

  /** Whether it doubles rows and columns. */
  final boolean enlarges;

  StyleGan2Layer(
      StyleGan2Weights.Affine modulation,
      float[] kernel,
      float[] squares,
      float[] noise,
      float[] bias,
      int inputs,
      int outputs,
      boolean enlarges) {
    this.modulation = modulation;
    this.kernel = kernel;
    this.squares = squares;
    this.noise = noise;
    this.bias = bias;
    this.inputs = inputs;
    this.outputs = outputs;
    this.enlarges = enlarges;
  }
}
