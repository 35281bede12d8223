package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the weights of a {@link Dcgan} by their keys, and brings them into the form that the graph
 * computes with: in ND4J's order of dimensions, with batch norm folded into numbers for each
 * channel.
 */
final class DcganWeights {

  /** PyTorch's default. */
  static final double BATCH_NORM_EPSILON = 1e-5;

  static final int KERNEL = 4;
  private static final int MAX_LAYERS = 9;

  private DcganWeights() {}

  /** Whether weights hold a network of a role, whatever its shapes. */
  static boolean isIn(Weights weights, NetworkRole role) {
    return !prefixes(weights, role).isEmpty();
  }

  /** The weights of the one network of a role. */
  static Weights find(Weights weights, NetworkRole role) throws ModelFormatException {
    List<String> prefixes = prefixes(weights, role);
    if (prefixes.size() != 1) {
      throw weights.problem(
          prefixes.isEmpty()
              ? "weights must hold a DCGAN "
                  + role
                  + ": expected a key main.0.weight, found "
                  + weights.firstNames()
              : "weights must hold one DCGAN "
                  + role
                  + " (choose one with Weights.under): found "
                  + prefixes);
    }
    return weights.under(prefixes.get(0));
  }

  /** A generator has batch norm after its first layer, a discriminator has none there. */
  private static List<String> prefixes(Weights weights, NetworkRole role) {
    String second =
        switch (role) {
          case GENERATOR -> "main.1.running_mean";
          case DISCRIMINATOR -> "main.2.weight";
        };
    String first = "main.0.weight";
    List<String> prefixes = new ArrayList<>();
    for (String name : weights.names()) {
      if (name.endsWith(first) && (name.length() == first.length() || dotBefore(name, first))) {
        String prefix = name.substring(0, name.length() - first.length());
        if (weights.has(prefix + second)) {
          prefixes.add(prefix);
        }
      }
    }
    return prefixes;
  }

  private static boolean dotBefore(String name, String suffix) {
    return name.charAt(name.length() - suffix.length() - 1) == '.';
  }

  /** Scale and shift of batch norm at inference, folded into numbers for each channel. */
  static float[][] batchNorm(Weights weights, int index, int channels) throws ModelFormatException {
    return batchNorm(weights, "main." + index + ".", channels);
  }

  /** The same of a layer with another name, which ends with a dot. */
  static float[][] batchNorm(Weights weights, String name, int channels)
      throws ModelFormatException {
    float[] gamma = weights.require(name + "weight", channels);
    float[] beta = weights.require(name + "bias", channels);
    float[] mean = weights.require(name + "running_mean", channels);
    float[] variance = weights.require(name + "running_var", channels);
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int c = 0; c < channels; c++) {
      if (variance[c] < 0) {
        throw weights.problem(
            "tensor " + name + "running_var must not be negative: found " + variance[c]);
      }
      double factor = gamma[c] / Math.sqrt(variance[c] + BATCH_NORM_EPSILON);
      scale[c] = (float) factor;
      shift[c] = (float) (beta[c] - mean[c] * factor);
    }
    return new float[][] {scale, shift};
  }

  /** What batch norm multiplies with and adds after it has normalised: gamma and beta. */
  static float[][] affine(Weights weights, int index, int channels) throws ModelFormatException {
    String name = "main." + index + ".";
    return new float[][] {
      weights.require(name + "weight", channels), weights.require(name + "bias", channels)
    };
  }

  /** The layers' indices in {@code main}, checked to be 4x4 convolutions. */
  static List<Integer> convolutions(Weights weights, int first, int step)
      throws ModelFormatException {
    List<Integer> indices = new ArrayList<>(List.of(0));
    for (int i = first; weights.has("main." + i + ".weight"); i += step) {
      indices.add(i);
    }
    if (indices.size() < 2 || indices.size() > MAX_LAYERS) {
      throw weights.problem(
          "a DCGAN must have 2 to " + MAX_LAYERS + " convolutions: found " + indices.size());
    }
    for (int index : indices) {
      String name = "main." + index + ".weight";
      int[] shape = weights.require(name).shape();
      if (shape.length != 4 || shape[0] == 0 || shape[1] == 0 || shape[2] != 4 || shape[3] != 4) {
        throw weights.shapeProblem(name, "[a, b, 4, 4]");
      }
    }
    return indices;
  }

  static int channels(Weights weights, int channels) throws ModelFormatException {
    if (channels != 1 && channels != 3) {
      throw weights.problem("a DCGAN must have 1 or 3 image channels: found " + channels);
    }
    return channels;
  }

  /**
   * Turns the kernel of a transposed convolution from [inputs, outputs, 4, 4] to [4, 4, outputs,
   * inputs], and scales its output channels.
   */
  static float[] transposedKernel(
      float[] kernel, int inputs, int outputs, float @Nullable [] scale) {
    float[] scaled = kernel.clone();
    int area = KERNEL * KERNEL;
    for (int i = 0; scale != null && i < scaled.length; i++) {
      scaled[i] *= scale[i / area % outputs];
    }
    return Graphs.turned(scaled, inputs, outputs, area);
  }

  /**
   * Turns the kernel of a convolution from [outputs, inputs, 4, 4] to [4, 4, inputs, outputs], and
   * scales its output channels.
   */
  static float[] kernel(float[] kernel, int inputs, int outputs, float @Nullable [] scale) {
    float[] scaled = kernel.clone();
    int area = KERNEL * KERNEL;
    for (int i = 0; scale != null && i < scaled.length; i++) {
      scaled[i] *= scale[i / area / inputs];
    }
    return Graphs.turned(scaled, outputs, inputs, area);
  }
}
