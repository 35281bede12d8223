package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of one network of a DCGAN, as PyTorch's tutorial names and shapes them.
 *
 * @param parameters what is trained, in the order of the layers
 * @param norms the batch norm layers
 */
record Shape(List<Parameter> parameters, List<Norm> norms) {

  /** The kind of a parameter: decides its initial values and its layout in memory. */
  enum Kind {
    /** A 4x4 kernel: [b, a, 4, 4] in PyTorch, [4, 4, a, b] in ND4J. */
    KERNEL,
    /** The first of a generator, a product with rows of latents: [latent size, C, 4, 4]. */
    FROM_LATENT,
    /** The last of a discriminator, a product with rows of maps: [1, C, 4, 4]. */
    TO_LOGIT,
    /** The last of an encoder, a product with rows of maps: [C, 4, 4, latent size]. */
    TO_LATENT,
    GAMMA,
    BETA
  }

  /**
   * A parameter.
   *
   * @param name {@code main.0.weight} and so on
   * @param kind what it is
   * @param shape in PyTorch's order
   * @param from where it starts in the flat array of all parameters of its network
   */
  record Parameter(String name, Kind kind, List<Integer> shape, int from) {

    int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** The shape of its placeholder. */
    long[] shapeInGraph() {
      int b = shape.get(0);
      return switch (kind) {
        case KERNEL -> new long[] {4, 4, shape.get(1), b};
        case FROM_LATENT -> new long[] {b, size() / b};
        case TO_LOGIT -> new long[] {size(), 1};
        case TO_LATENT -> new long[] {size() / shape.get(3), shape.get(3)};
        case GAMMA, BETA -> new long[] {b};
      };
    }
  }

  /**
   * A batch norm layer.
   *
   * @param name {@code main.1} and so on
   * @param channels how many it normalises
   * @param from where it starts in the flat arrays of means and of variances
   */
  record Norm(String name, int channels, int from) {}

  /** The layers between the smallest map and the images: 4 for 64 pixels. */
  static int doublings(int size) {
    return Integer.numberOfTrailingZeros(size) - 2;
  }

  static Shape generator(TrainingOptions options) {
    Builder builder = new Builder();
    int doublings = doublings(options.imageSize());
    int inputs = options.latentSize();
    for (int i = 0; i <= doublings; i++) {
      boolean last = i == doublings;
      int outputs = last ? options.channels() : options.filters() << (doublings - 1 - i);
      Kind kind = i == 0 ? Kind.FROM_LATENT : Kind.KERNEL;
      builder.add("main." + 3 * i + ".weight", kind, inputs, outputs, 4, 4);
      if (!last) {
        builder.norm(3 * i + 1, outputs);
      }
      inputs = outputs;
    }
    return builder.build();
  }

  static Shape discriminator(TrainingOptions options) {
    Builder builder = new Builder();
    int inputs = builder.halvings(options, options.filters());
    builder.add(lastOfHalvings(options), Kind.TO_LOGIT, 1, inputs, 4, 4);
    return builder.build();
  }

  /**
   * What finds latents of images while a generator is trained: a discriminator of half the filters
   * with many outputs.
   */
  static Shape encoder(TrainingOptions options) {
    Builder builder = new Builder();
    int inputs = builder.halvings(options, encoderFilters(options));
    builder.add(lastOfHalvings(options), Kind.TO_LATENT, inputs, 4, 4, options.latentSize());
    return builder.build();
  }

  static int encoderFilters(TrainingOptions options) {
    return (options.filters() + 1) / 2;
  }

  private static String lastOfHalvings(TrainingOptions options) {
    return "main." + (3 * doublings(options.imageSize()) - 1) + ".weight";
  }

  /** The number of values of all parameters. */
  int size() {
    Parameter last = parameters.get(parameters.size() - 1);
    return last.from() + last.size();
  }

  /** The number of channels of all batch norm layers. */
  int channels() {
    if (norms.isEmpty()) {
      return 0;
    }
    Norm last = norms.get(norms.size() - 1);
    return last.from() + last.channels();
  }

  private static final class Builder {
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Norm> norms = new ArrayList<>();
    private int size;
    private int channels;

    void add(String name, Kind kind, Integer... shape) {
      Parameter parameter = new Parameter(name, kind, List.of(shape), size);
      parameters.add(parameter);
      size += parameter.size();
    }

    void norm(int index, int count) {
      String name = "main." + index;
      add(name + ".weight", Kind.GAMMA, count);
      add(name + ".bias", Kind.BETA, count);
      norms.add(new Norm(name, count, channels));
      channels += count;
    }

    /** Layers from an image to maps of 4x4; returns the channels of these. */
    int halvings(TrainingOptions options, int filters) {
      int inputs = options.channels();
      for (int i = 0; i < doublings(options.imageSize()); i++) {
        int outputs = filters << i;
        int index = i == 0 ? 0 : 3 * i - 1;
        add("main." + index + ".weight", Kind.KERNEL, outputs, inputs, 4, 4);
        if (i > 0) {
          norm(index + 1, outputs);
        }
        inputs = outputs;
      }
      return inputs;
    }

    Shape build() {
      return new Shape(List.copyOf(parameters), List.copyOf(norms));
    }
  }
}
