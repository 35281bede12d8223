package org.inpaint4j.train;

/** The parameters of the networks of a DCGAN, as PyTorch's tutorial names and shapes them. */
final class DcganShape {

  private DcganShape() {}

  /** The layers between the smallest map and the images: 4 for 64 pixels. */
  static int doublings(int size) {
    return Integer.numberOfTrailingZeros(size) - 2;
  }

  static Shape generator(TrainingOptions options) {
    Shape.Builder builder = new Shape.Builder();
    int doublings = doublings(options.imageSize());
    int inputs = options.latentSize();
    for (int i = 0; i <= doublings; i++) {
      boolean last = i == doublings;
      int outputs = last ? options.channels() : options.filters() << (doublings - 1 - i);
      Shape.Kind kind = i == 0 ? Shape.Kind.FROM_LATENT : Shape.Kind.KERNEL;
      builder.add("main." + 3 * i + ".weight", kind, inputs, outputs, 4, 4);
      if (!last) {
        builder.norm("main." + (3 * i + 1), outputs);
      }
      inputs = outputs;
    }
    return builder.build();
  }

  static Shape discriminator(TrainingOptions options) {
    Shape.Builder builder = new Shape.Builder();
    int inputs = halvings(builder, options, options.filters(), options.hasInstanceNorm());
    builder.add(lastOfHalvings(options), Shape.Kind.TO_LOGIT, 1, inputs, 4, 4);
    return builder.build();
  }

  /**
   * What finds latents of images while a generator is trained: a discriminator of half the filters
   * with many outputs.
   */
  static Shape encoder(TrainingOptions options) {
    Shape.Builder builder = new Shape.Builder();
    int inputs = halvings(builder, options, encoderFilters(options), false);
    builder.add(lastOfHalvings(options), Shape.Kind.TO_LATENT, inputs, 4, 4, options.latentSize());
    return builder.build();
  }

  static int encoderFilters(TrainingOptions options) {
    return (options.filters() + 1) / 2;
  }

  private static String lastOfHalvings(TrainingOptions options) {
    return "main." + (3 * doublings(options.imageSize()) - 1) + ".weight";
  }

  /**
   * Adds layers from an image to maps of 4x4.
   *
   * @param ofImages whether norms are of each image, or of the batch
   * @return the channels of these maps
   */
  private static int halvings(
      Shape.Builder builder, TrainingOptions options, int filters, boolean ofImages) {
    int inputs = options.channels();
    for (int i = 0; i < doublings(options.imageSize()); i++) {
      int outputs = filters << i;
      int index = i == 0 ? 0 : 3 * i - 1;
      builder.add("main." + index + ".weight", Shape.Kind.KERNEL, outputs, inputs, 4, 4);
      String norm = "main." + (index + 1);
      if (i > 0 && ofImages) {
        builder.instanceNorm(norm, outputs);
      } else if (i > 0) {
        builder.norm(norm, outputs);
      }
      inputs = outputs;
    }
    return inputs;
  }
}
