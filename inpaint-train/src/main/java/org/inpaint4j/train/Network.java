package org.inpaint4j.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.inpaint4j.model.Weights;

/** What a network has learned, in flat arrays: parameters, running statistics, and Adam's state. */
final class Network {

  private static final float SPREAD = 0.02f;

  final Shape shape;
  final float[] values;
  final Adam adam;
  final ChannelStatistics running;

  /** How often each parameter was updated, if not all are updated at once. */
  final float[] updates;

  Network(Shape shape, Adam.Rates rates) {
    this.shape = shape;
    this.values = new float[shape.size()];
    this.adam = new Adam(shape.size(), rates);
    this.running = new ChannelStatistics(shape.channels());
    this.updates = new float[shape.parameters().size()];
  }

  /** The DCGAN paper's start: weights N(0, 0.02), gamma N(1, 0.02), beta 0. */
  void initialize(Random random) {
    initialize(random, SPREAD);
  }

  /**
   * The start.
   *
   * @param spread the deviation of the weights
   */
  void initialize(Random random, float spread) {
    for (Shape.Parameter parameter : shape.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        values[parameter.from() + i] =
            switch (parameter.kind()) {
              case KERNEL, ENLARGING, MATRIX, CONSTANT, FROM_LATENT, TO_LOGIT, TO_LATENT ->
                  spread * (float) random.nextGaussian();
              case GAMMA -> 1 + spread * (float) random.nextGaussian();
              case STYLE_BIAS -> i < parameter.size() / 2 ? 1 : 0;
              case BETA, BIAS, STRENGTH -> 0;
            };
      }
    }
  }

  /**
   * Adds the network to a weight file, in PyTorch's names and layout.
   *
   * @param parameters in the order of the shape: the values, or an average of them
   * @param statistics what batch norm is to apply
   * @param prefix what the names start with
   */
  void export(
      float[] parameters, ChannelStatistics statistics, String prefix, Weights.Builder into) {
    List<Shape.Norm> norms = new ArrayList<>(shape.norms());
    for (Shape.Parameter parameter : shape.parameters()) {
      int from = parameter.from();
      float[] part = Arrays.copyOfRange(parameters, from, from + parameter.size());
      into.put(prefix + parameter.name(), dimensions(parameter), toTorch(parameter, part));
      if (parameter.kind() == Shape.Kind.BETA && !norms.isEmpty()) {
        Shape.Norm norm = norms.remove(0);
        int[] channels = {norm.channels()};
        int end = norm.from() + norm.channels();
        String name = prefix + norm.name();
        into.put(
            name + ".running_mean",
            channels,
            Arrays.copyOfRange(statistics.mean, norm.from(), end));
        into.put(
            name + ".running_var",
            channels,
            Arrays.copyOfRange(statistics.variance, norm.from(), end));
      }
    }
  }

  /**
   * Takes values and running statistics from weights in PyTorch's names and layout.
   *
   * @throws IllegalArgumentException if a tensor is missing or of another shape
   */
  void load(Weights weights) {
    load(weights, weights);
  }

  /** As above, with running statistics from other weights. */
  void load(Weights weights, Weights statistics) {
    for (Shape.Parameter parameter : shape.parameters()) {
      float[] part = tensor(weights, parameter.name(), dimensions(parameter));
      System.arraycopy(fromTorch(parameter, part), 0, values, parameter.from(), part.length);
    }
    for (Shape.Norm norm : shape.norms()) {
      float[] mean = tensor(statistics, norm.name() + ".running_mean", norm.channels());
      float[] variance = tensor(statistics, norm.name() + ".running_var", norm.channels());
      System.arraycopy(mean, 0, running.mean, norm.from(), mean.length);
      System.arraycopy(variance, 0, running.variance, norm.from(), variance.length);
    }
  }

  /** Sets all parameters of a kind to 0. */
  void clear(Shape.Kind kind) {
    for (Shape.Parameter parameter : shape.parameters()) {
      if (parameter.kind() == kind) {
        Arrays.fill(values, parameter.from(), parameter.from() + parameter.size(), 0);
      }
    }
  }

  /** Multiplies the parameters of some names by a factor. */
  void scale(Predicate<String> names, float factor) {
    for (Shape.Parameter parameter : shape.parameters()) {
      if (names.test(parameter.name())) {
        for (int i = parameter.from(); i < parameter.from() + parameter.size(); i++) {
          values[i] *= factor;
        }
      }
    }
  }

  /** The values of a tensor of a file, checked. */
  static float[] tensor(Weights weights, String name, int... dimensions) {
    int[] found = weights.shape(name);
    if (!Arrays.equals(found, dimensions)) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + " must fit the network: expected "
              + Arrays.toString(dimensions)
              + ", found "
              + Arrays.toString(found));
    }
    return requireNonNull(weights.values(name));
  }

  private static int[] dimensions(Shape.Parameter parameter) {
    return parameter.shape().stream().mapToInt(Integer::intValue).toArray();
  }

  /** From PyTorch's layout to that of {@link Shape.Kind}. */
  private static float[] fromTorch(Shape.Parameter parameter, float[] part) {
    int b = parameter.shape().get(0);
    int a = parameter.size() / b / parameter.taps();
    return switch (parameter.kind()) {
      case KERNEL, MATRIX -> reversed(part, b, a, parameter.taps());
      case ENLARGING -> reversed(part, b * a, 1, parameter.taps());
      default -> part;
    };
  }

  /** The way back. */
  private static float[] toTorch(Shape.Parameter parameter, float[] part) {
    int b = parameter.shape().get(0);
    int a = parameter.size() / b / parameter.taps();
    return switch (parameter.kind()) {
      case KERNEL, MATRIX -> reversed(part, parameter.taps(), a, b);
      case ENLARGING -> reversed(part, parameter.taps(), 1, b * a);
      default -> part;
    };
  }

  /** [n0, n1, n2] to [n2, n1, n0]. */
  private static float[] reversed(float[] array, int n0, int n1, int n2) {
    float[] turned = new float[array.length];
    int from = 0;
    for (int i = 0; i < n0; i++) {
      for (int j = 0; j < n1; j++) {
        for (int k = 0; k < n2; k++) {
          turned[(k * n1 + j) * n0 + i] = array[from++];
        }
      }
    }
    return turned;
  }
}
