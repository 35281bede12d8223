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

  /** What a parameter is, which decides how it starts and how it lies in memory. */
  enum Kind {
    /** A 4x4 kernel: [b, a, 4, 4] in PyTorch, [4, 4, a, b] in ND4J. */
    KERNEL,
    /** A kernel that is a matrix product: the first of a generator, the last of a discriminator. */
    MATRIX,
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
        case MATRIX -> b == 1 ? new long[] {size(), 1} : new long[] {b, size() / b};
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
      Kind kind = i == 0 ? Kind.MATRIX : Kind.KERNEL;
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
    int doublings = doublings(options.imageSize());
    int inputs = options.channels();
    for (int i = 0; i < doublings; i++) {
      int outputs = options.filters() << i;
      int index = i == 0 ? 0 : 3 * i - 1;
      builder.add("main." + index + ".weight", Kind.KERNEL, outputs, inputs, 4, 4);
      if (i > 0) {
        builder.norm(index + 1, outputs);
      }
      inputs = outputs;
    }
    builder.add("main." + (3 * doublings - 1) + ".weight", Kind.MATRIX, 1, inputs, 4, 4);
    return builder.build();
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

    Shape build() {
      return new Shape(List.copyOf(parameters), List.copyOf(norms));
    }
  }
}
