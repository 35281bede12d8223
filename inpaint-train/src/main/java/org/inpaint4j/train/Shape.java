package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The parameters of one network, as its PyTorch twin names and shapes them.
 *
 * @param parameters what is trained, in the order of the layers
 * @param norms the batch norm layers
 */
record Shape(List<Parameter> parameters, List<Norm> norms) {

  /** The kind of a parameter: decides its initial values and its layout in memory. */
  enum Kind {
    /** A kernel of k rows and columns: [b, a, k, k] in PyTorch, [k, k, a, b] in ND4J. */
    KERNEL,
    /** The first of a generator, a product with rows of latents: [latent size, C, 4, 4]. */
    FROM_LATENT,
    /** The last of a discriminator, a product with rows of maps: [1, C, 4, 4]. */
    TO_LOGIT,
    /** The last of an encoder, a product with rows of maps: [C, 4, 4, latent size]. */
    TO_LATENT,
    GAMMA,
    BETA,
    /** Of a layer without batch norm: [C]. */
    BIAS,
    /** The kernel of a convolution of enlarged maps: [b, a, k, k] in PyTorch, [k, k, b, a] here. */
    ENLARGING,
    /** Of a linear layer: [b, a] in PyTorch, [a, b] here. */
    MATRIX,
    /** Of a layer whose outputs are factors and summands, which start at 1 and 0: [2 C]. */
    STYLE_BIAS,
    /** How strong noise is, which starts at 0: [1, C, 1, 1]. */
    STRENGTH,
    /** A map that a generator starts with: [1, C, 4, 4]. */
    CONSTANT
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

    /** The pixels of a kernel; 1 for a matrix. */
    int taps() {
      return shape.size() < 4 ? 1 : shape.get(2) * shape.get(3);
    }

    /** The shape of its placeholder. */
    long[] shapeInGraph() {
      int b = shape.get(0);
      return switch (kind) {
        case KERNEL -> new long[] {shape.get(2), shape.get(3), shape.get(1), b};
        case FROM_LATENT -> new long[] {b, size() / b};
        case TO_LOGIT -> new long[] {size(), 1};
        case TO_LATENT -> new long[] {size() / shape.get(3), shape.get(3)};
        case ENLARGING -> new long[] {shape.get(2), shape.get(3), b, shape.get(1)};
        case MATRIX -> new long[] {shape.get(1), b};
        case STRENGTH -> new long[] {1, 1, 1, size()};
        case CONSTANT -> shape.stream().mapToLong(Integer::longValue).toArray();
        case GAMMA, BETA, BIAS, STYLE_BIAS -> new long[] {b};
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

  /** The parameter of a name. */
  Parameter parameter(String name) {
    return parameters.stream()
        .filter(some -> some.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("a layer must have its parameter: found no " + name));
  }

  /** Some of the parameters, where they are. */
  Shape only(Set<String> names) {
    return new Shape(
        parameters.stream().filter(some -> names.contains(some.name())).toList(), norms);
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

  /** Collects parameters in the order of the layers. */
  static final class Builder {
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Norm> norms = new ArrayList<>();
    private int size;
    private int channels;

    void add(String name, Kind kind, Integer... shape) {
      Parameter parameter = new Parameter(name, kind, List.of(shape), size);
      parameters.add(parameter);
      size += parameter.size();
    }

    /** A norm that keeps no statistics, with its two parameters. */
    void instanceNorm(String name, int count) {
      add(name + ".weight", Kind.GAMMA, count);
      add(name + ".bias", Kind.BETA, count);
    }

    /** A batch norm layer with its two parameters. */
    void norm(String name, int count) {
      instanceNorm(name, count);
      norms.add(new Norm(name, count, channels));
      channels += count;
    }

    Shape build() {
      return new Shape(List.copyOf(parameters), List.copyOf(norms));
    }
  }
}
