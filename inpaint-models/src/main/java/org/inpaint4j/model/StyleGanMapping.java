package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.inpaint4j.graph.Engine;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The mapping network of a {@link StyleGan} of either kind: styles w from latents z. */
final class StyleGanMapping {

  private static final double LEAK = 0.2;

  /** The samples that the mean style is taken over, as in the port. */
  private static final int MEAN_SAMPLES = 10_000;

  private final int styleSize;
  private final List<float[]> matrices;
  private final List<float[]> biases;

  /**
   * Of weights that are ready to compute with.
   *
   * @param styleSize coordinates of z and of w
   * @param matrices of each layer [style size, style size]. Not copied.
   * @param biases of each layer. Not copied.
   */
  StyleGanMapping(int styleSize, List<float[]> matrices, List<float[]> biases) {
    this.styleSize = styleSize;
    this.matrices = matrices;
    this.biases = biases;
  }

  /** Of the first StyleGAN. */
  static StyleGanMapping of(StyleGanWeights weights) throws ModelFormatException {
    int size = weights.linearOutputs("style.1");
    List<float[]> matrices = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int i = 1; weights.has("style." + i); i += 2) {
      matrices.add(weights.matrix("style." + i, size, size));
      biases.add(weights.bias("style." + i, size));
    }
    return new StyleGanMapping(size, matrices, biases);
  }

  int styleSize() {
    return styleSize;
  }

  /**
   * Adds the network to a graph.
   *
   * @param scope what the names of its constants start with
   * @param z [N, style size]
   * @param truncation the distance of a style from the mean style is multiplied by this
   * @param meanStyle the mean style; read if the truncation is below 1. Not modified.
   * @return styles [N, style size]
   */
  SDVariable add(SameDiff graph, String scope, SDVariable z, double truncation, float[] meanStyle) {
    // The mean of the squares as a matrix product that repeats it for each coordinate. With N = 1,
    // z / [N, 1] divides by an array of one element, where SameDiff's own gradient is wrong: it has
    // -(Σg)(Σz) / y² for -Σ(g z) / y².
    float[] mean = new float[styleSize * styleSize];
    Arrays.fill(mean, 1f / styleSize);
    SDVariable power =
        graph.mmul(
            graph.math().square(z),
            Graphs.constant(graph, scope + "power", mean, styleSize, styleSize));
    SDVariable x = z.div(graph.math().sqrt(power.add(1e-8)));
    for (int i = 0; i < matrices.size(); i++) {
      String name = scope + "style" + i;
      x =
          graph
              .mmul(x, Graphs.constant(graph, name + "/w", matrices.get(i), styleSize, styleSize))
              .add(Graphs.constant(graph, name + "/b", biases.get(i), styleSize));
      x = graph.nn().leakyRelu(x, LEAK);
    }
    if (truncation < 1) {
      float[] rest = meanStyle.clone();
      for (int i = 0; i < rest.length; i++) {
        rest[i] = (float) (rest[i] * (1 - truncation));
      }
      x = x.mul(truncation).add(Graphs.constant(graph, scope + "mean", rest, styleSize));
    }
    return x;
  }

  /** The mean of the styles of 10,000 z, always the same ones. */
  float[] meanStyle() {
    Random random = new Random(MEAN_SAMPLES);
    float[] z = new float[MEAN_SAMPLES * styleSize];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextGaussian();
    }
    return meanStyle(z);
  }

  /** The mean of the styles of some z [count, style size]. */
  float[] meanStyle(float[] z) {
    Engine.start();
    INDArray x = Nd4j.create(z, new long[] {z.length / styleSize, styleSize}, 'c');
    try (INDArray squares = x.mul(x);
        INDArray power = squares.mean(true, 1)) {
      x.diviColumnVector(Transforms.sqrt(power.addi(1e-8), false));
    }
    for (int i = 0; i < matrices.size(); i++) {
      try (INDArray matrix = Nd4j.create(matrices.get(i), new long[] {styleSize, styleSize}, 'c');
          INDArray bias = Nd4j.createFromArray(biases.get(i));
          INDArray inputs = x) {
        x = Transforms.leakyRelu(inputs.mmul(matrix).addi(bias), LEAK, false);
      }
    }
    try (INDArray styles = x;
        INDArray mean = styles.mean(0)) {
      return mean.toFloatVector();
    }
  }
}
