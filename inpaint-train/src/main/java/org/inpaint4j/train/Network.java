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

  /** Of a 4x4 kernel. */
  private static final int AREA = 16;

  final Shape shape;
  final float[] values;
  final Adam adam;
  final ChannelStatistics running;

  Network(Shape shape, TrainingOptions options) {
    this.shape = shape;
    this.values = new float[shape.size()];
    this.adam = new Adam(shape.size(), options);
    this.running = new ChannelStatistics(shape.channels());
  }

  /** The DCGAN paper's start: weights N(0, 0.02), gamma N(1, 0.02), beta 0. */
  void initialize(Random random) {
    for (Shape.Parameter parameter : shape.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        values[parameter.from() + i] =
            switch (parameter.kind()) {
              case KERNEL, MATRIX -> SPREAD * (float) random.nextGaussian();
              case GAMMA -> 1 + SPREAD * (float) random.nextGaussian();
              case BETA -> 0;
            };
      }
    }
  }

  /**
   * Adds the network to a weight file, in PyTorch's names and layout.
   *
   * @param prefix what the names start with
   * @param parameters in the order of the shape
   * @param statistics what batch norm is to apply
   */
  static void export(
      Shape shape,
      float[] parameters,
      ChannelStatistics statistics,
      String prefix,
      Weights.Builder into) {
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
      float[] mean = tensor(weights, norm.name() + ".running_mean", norm.channels());
      float[] variance = tensor(weights, norm.name() + ".running_var", norm.channels());
      System.arraycopy(mean, 0, running.mean, norm.from(), mean.length);
      System.arraycopy(variance, 0, running.variance, norm.from(), variance.length);
    }
  }

  private static float[] tensor(Weights weights, String name, int... dimensions) {
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

  /** [b, a, 4, 4] to [4, 4, a, b]. */
  private static float[] fromTorch(float[] kernel, int[] dimensions) {
    int b = dimensions[0];
    int a = dimensions[1];
    float[] turned = new float[kernel.length];
    for (int i = 0; i < b; i++) {
      for (int j = 0; j < a; j++) {
        for (int k = 0; k < AREA; k++) {
          turned[k * a * b + j * b + i] = kernel[(i * a + j) * AREA + k];
        }
      }
    }
    return turned;
  }

  /** [4, 4, a, b] to [b, a, 4, 4]. */
  private static float[] toTorch(float[] kernel, int[] dimensions) {
    int b = dimensions[0];
    int a = dimensions[1];
    float[] turned = new float[kernel.length];
    for (int i = 0; i < b; i++) {
      for (int j = 0; j < a; j++) {
        for (int k = 0; k < AREA; k++) {
          turned[(i * a + j) * AREA + k] = kernel[k * a * b + j * b + i];
        }
      }
    }
    return turned;
  }
}
