package org.inpaint4j.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.inpaint4j.model.Weights;

/** What a network has learned, in flat arrays: parameters, running statistics, and Adam's state. */
final class Network {

  private static final float SPREAD = 0.02f;

  final Shape shape;
  final float[] values;
  final Adam adam;
  final ChannelStatistics running;

  Network(Shape shape, Adam.Rates rates) {
    this.shape = shape;
    this.values = new float[shape.size()];
    this.adam = new Adam(shape.size(), rates);
    this.running = new ChannelStatistics(shape.channels());
  }

  /** The DCGAN paper's start: weights N(0, 0.02), gamma N(1, 0.02), beta 0. */
  void initialize(Random random) {
    for (Shape.Parameter parameter : shape.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        values[parameter.from() + i] =
            switch (parameter.kind()) {
              case KERNEL, FROM_LATENT, TO_LOGIT, TO_LATENT ->
                  SPREAD * (float) random.nextGaussian();
              case GAMMA -> 1 + SPREAD * (float) random.nextGaussian();
              case BETA, BIAS -> 0;
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
      int[] dimensions = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      into.put(
          prefix + parameter.name(),
          dimensions,
          parameter.kind() == Shape.Kind.KERNEL ? toTorch(part, dimensions) : part);
      if (parameter.kind() == Shape.Kind.BETA) {
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
      int[] dimensions = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      float[] part = tensor(weights, parameter.name(), dimensions);
      System.arraycopy(
          parameter.kind() == Shape.Kind.KERNEL ? fromTorch(part, dimensions) : part,
          0,
          values,
          parameter.from(),
          part.length);
    }
    for (Shape.Norm norm : shape.norms()) {
      float[] mean = tensor(statistics, norm.name() + ".running_mean", norm.channels());
      float[] variance = tensor(statistics, norm.name() + ".running_var", norm.channels());
      System.arraycopy(mean, 0, running.mean, norm.from(), mean.length);
      System.arraycopy(variance, 0, running.variance, norm.from(), variance.length);
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

  /** [b, a, k, k] to [k, k, a, b]. */
  private static float[] fromTorch(float[] kernel, int[] dimensions) {
    return reversed(kernel, dimensions[0], dimensions[1], dimensions[2] * dimensions[3]);
  }

  /** [k, k, a, b] to [b, a, k, k]. */
  private static float[] toTorch(float[] kernel, int[] dimensions) {
    return reversed(kernel, dimensions[2] * dimensions[3], dimensions[1], dimensions[0]);
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
