package org.inpaint4j.model;

/** The names that a StyleGAN2's layers have in a file. */
enum StyleGan2Layout {
  /** rosinality/stylegan2-pytorch. */
  PORT,

  /** NVlabs/stylegan2-ada-pytorch and stylegan3. */
  NVIDIA;

  /** Whether weights of convolutions are equalised before they are demodulated. */
  boolean isEqualised() {
    return this == PORT;
  }

  /** The constant input; every generator has it. */
  String input() {
    return this == PORT ? "input.input" : "synthesis.b4.const";
  }

  /** A layer of the mapping network. */
  String mapping(int index) {
    return this == PORT ? "style." + (index + 1) : "mapping.fc" + index;
  }

  /** A layer of maps. */
  String convolution(int index) {
    if (this == PORT) {
      return index == 0 ? "conv1" : "convs." + (index - 1);
    }
    int size = 4 << ((index + 1) / 2);
    return "synthesis.b" + size + (index == 0 ? ".conv1" : ".conv" + (index - 1) % 2);
  }

  /** The filter of a layer that enlarges; a buffer, which not every file has. */
  String filter(int index) {
    return convolution(index) + (this == PORT ? ".conv.blur.kernel" : ".resample_filter");
  }

  /** What it is multiplied by in a file. */
  float filterGain() {
    return this == PORT ? 4 : 1;
  }

  /** What turns a class into a part of the input; the port has no classes. */
  String classes() {
    return "mapping.embed.weight";
  }

  /** The layer that makes colours of maps; 0 at 4 pixels. */
  String toRgb(int size) {
    if (this == PORT) {
      return size == 0 ? "to_rgb1" : "to_rgbs." + (size - 1);
    }
    return "synthesis.b" + (4 << size) + ".torgb";
  }

  /** Behind a layer: its kernel, */
  String weight() {
    return this == PORT ? ".conv.weight" : ".weight";
  }

  /** what makes a modulation of a style, */
  String affine() {
    return this == PORT ? ".conv.modulation" : ".affine";
  }

  /** the strength of its noise, */
  String noise() {
    return this == PORT ? ".noise.weight" : ".noise_strength";
  }

  /** and its bias. */
  String bias() {
    return this == PORT ? ".activate.bias" : ".bias";
  }

  int[] noiseShape() {
    return this == PORT ? new int[] {1} : new int[0];
  }

  int[] rgbBiasShape() {
    return this == PORT ? new int[] {1, 3, 1, 1} : new int[] {3};
  }

  /** The shape of a kernel. */
  int[] shape(int outputs, int inputs, int size) {
    return this == PORT
        ? new int[] {1, outputs, inputs, size, size}
        : new int[] {outputs, inputs, size, size};
  }

  /** The mean style, beside the generator; not every file has it. */
  String meanStyle() {
    return this == PORT ? StyleGan.MEAN_STYLE : "mapping.w_avg";
  }

  /** In a discriminator: the layer that reads colours, */
  String fromRgb(int size) {
    return this == PORT ? "convs.0.0" : "b" + size + ".fromrgb";
  }

  /** a layer of the block that halves a size, the first or the second, */
  String judging(int largest, int size, int index) {
    if (this == NVIDIA) {
      return "b" + size + ".conv" + index;
    }
    String block = "convs." + (1 + Integer.numberOfTrailingZeros(largest / size));
    // The second has its filter before it.
    return block + (index == 0 ? ".conv1.0" : ".conv2.1");
  }

  /** the filter of that block; a buffer, which not every file has, */
  String judgingFilter(int largest, int size) {
    String second = judging(largest, size, 1);
    return this == PORT
        ? second.substring(0, second.lastIndexOf('.')) + ".0.kernel"
        : second + ".resample_filter";
  }

  /** a layer that a discriminator has if it judges a size or a larger one, */
  String judgingEvidence(int size) {
    // The port numbers its blocks from the largest size on.
    return this == PORT ? judging(size, 8, 0) : judging(size, size, 0);
  }

  /** the layer that goes around them, */
  String judgingSkip(int largest, int size) {
    return this == PORT
        ? "convs." + (1 + Integer.numberOfTrailingZeros(largest / size)) + ".skip.1"
        : "b" + size + ".skip";
  }

  /** the bias of a convolution, which in the port belongs to the activation after it, */
  String judgingBias(String convolution) {
    if (this == NVIDIA) {
      return convolution + ".bias";
    }
    int dot = convolution.lastIndexOf('.');
    int place = Integer.parseInt(convolution.substring(dot + 1));
    return convolution.substring(0, dot + 1) + (place + 1) + ".bias";
  }

  String lastConvolution() {
    return this == PORT ? "final_conv.0" : "b4.conv";
  }

  String firstLinear() {
    return this == PORT ? "final_linear.0" : "b4.fc";
  }

  /** and the last layer, which every discriminator has. */
  String lastLinear() {
    return this == PORT ? "final_linear.1" : "b4.out";
  }
}
