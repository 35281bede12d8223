package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.inpaint4j.model.Weights;

/**
 * Spectral norm (Miyato, Kataoka, Koyama, Yoshida, <i>Spectral Normalization for Generative
 * Adversarial Networks</i>, ICLR 2018): kernels divided by their largest singular value, which one
 * step of the power iteration follows before each use.
 *
 * <p>With u and v the singular vectors, which count as constants, {@code s = u W v} and {@code W /
 * s} is what the network applies. The gradient of W is {@code (g - <g, W / s> u v) / s} for the
 * gradient g of W / s.
 */
final class SpectralNorm {

  private static final double SMALLEST = 1e-12;

  /**
   * A kernel [k, k, a, b] as a matrix of k k a rows and b columns.
   *
   * @param rightFrom where its right singular vector starts in the flat array of all of them
   * @param leftFrom where its left singular vector starts
   */
  private record Matrix(
      Shape.Parameter parameter, int rows, int columns, int rightFrom, int leftFrom) {}

  private final Shape shape;
  private final List<Matrix> matrices = new ArrayList<>();

  /** All singular vectors: the state of the power iteration. */
  final float[] vectors;

  private final double[] sigma;
  private final float[] normalised;

  /**
   * Of a network whose kernels are named {@code weight_orig}.
   *
   * @param random where the first vectors come from
   */
  SpectralNorm(Shape shape, Random random) {
    this.shape = shape;
    int size = 0;
    for (Shape.Parameter parameter : shape.parameters()) {
      if (parameter.name().endsWith(CompletionShape.ORIGINAL)) {
        int columns = parameter.shape().get(0);
        int rows = parameter.size() / columns;
        matrices.add(new Matrix(parameter, rows, columns, size, size + columns));
        size += rows + columns;
      }
    }
    vectors = new float[size];
    sigma = new double[matrices.size()];
    normalised = new float[shape.size()];
    Draws.normal(random, vectors);
    for (Matrix matrix : matrices) {
      normalise(matrix.rightFrom, matrix.columns);
      normalise(matrix.leftFrom, matrix.rows);
    }
  }

  private void normalise(int from, int count) {
    double square = 0;
    for (int i = from; i < from + count; i++) {
      square += (double) vectors[i] * vectors[i];
    }
    double scale = 1 / Math.max(Math.sqrt(square), SMALLEST);
    for (int i = from; i < from + count; i++) {
      vectors[i] = (float) (vectors[i] * scale);
    }
  }

  /**
   * One step of the power iteration of all kernels.
   *
   * @param values of all parameters. Not modified.
   * @return the values that the network is to apply, valid until the next call
   */
  float[] step(float[] values) {
    System.arraycopy(values, 0, normalised, 0, values.length);
    for (int m = 0; m < matrices.size(); m++) {
      Matrix matrix = matrices.get(m);
      int from = matrix.parameter.from();
      sigma[m] = step(values, from, matrix);
      float scale = (float) (1 / sigma[m]);
      for (int i = from; i < from + matrix.parameter.size(); i++) {
        normalised[i] *= scale;
      }
    }
    return normalised;
  }

  private double step(float[] values, int from, Matrix matrix) {
    int columns = matrix.columns;
    int u = matrix.rightFrom;
    int v = matrix.leftFrom;
    for (int r = 0, i = from; r < matrix.rows; r++) {
      double sum = 0;
      for (int c = 0; c < columns; c++, i++) {
        sum += (double) values[i] * vectors[u + c];
      }
      vectors[v + r] = (float) sum;
    }
    normalise(v, matrix.rows);
    double[] product = new double[columns];
    for (int r = 0, i = from; r < matrix.rows; r++) {
      double along = vectors[v + r];
      for (int c = 0; c < columns; c++, i++) {
        product[c] += values[i] * along;
      }
    }
    for (int c = 0; c < columns; c++) {
      vectors[u + c] = (float) product[c];
    }
    normalise(u, columns);
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += product[c] * vectors[u + c];
    }
    return sum;
  }

  /**
   * Makes the gradient of what the network applied in the last step that of the values.
   *
   * @param gradient modified
   */
  void backward(float[] gradient) {
    for (int m = 0; m < matrices.size(); m++) {
      Matrix matrix = matrices.get(m);
      int from = matrix.parameter.from();
      int end = from + matrix.parameter.size();
      double along = 0;
      for (int i = from; i < end; i++) {
        along += (double) gradient[i] * normalised[i];
      }
      double scale = 1 / sigma[m];
      for (int r = 0, i = from; r < matrix.rows; r++) {
        double part = along * vectors[matrix.leftFrom + r];
        for (int c = 0; c < matrix.columns; c++, i++) {
          gradient[i] = (float) ((gradient[i] - part * vectors[matrix.rightFrom + c]) * scale);
        }
      }
    }
  }

  /**
   * Adds the singular vectors to a weight file, in PyTorch's names and layout.
   *
   * @param prefix what the names start with
   */
  void export(String prefix, Weights.Builder into) {
    for (Matrix matrix : matrices) {
      int u = matrix.rightFrom;
      into.put(
          name(prefix, matrix, "weight_u"),
          new int[] {matrix.columns},
          Arrays.copyOfRange(vectors, u, u + matrix.columns));
      float[] turned = new float[matrix.rows];
      for (int r = 0; r < matrix.rows; r++) {
        turned[torchRow(matrix, r)] = vectors[matrix.leftFrom + r];
      }
      into.put(name(prefix, matrix, "weight_v"), new int[] {matrix.rows}, turned);
    }
  }

  /**
   * Takes the singular vectors from weights in PyTorch's names and layout.
   *
   * @throws IllegalArgumentException if a vector is missing or of another length
   */
  void load(Weights weights) {
    for (Matrix matrix : matrices) {
      float[] u = Network.tensor(weights, name("", matrix, "weight_u"), matrix.columns);
      System.arraycopy(u, 0, vectors, matrix.rightFrom, u.length);
      float[] v = Network.tensor(weights, name("", matrix, "weight_v"), matrix.rows);
      for (int r = 0; r < matrix.rows; r++) {
        vectors[matrix.leftFrom + r] = v[torchRow(matrix, r)];
      }
    }
  }

  private static String name(String prefix, Matrix matrix, String ending) {
    String name = matrix.parameter.name();
    return prefix + name.substring(0, name.length() - CompletionShape.ORIGINAL.length()) + ending;
  }

  /** Rows are [k, k, a] here and [a, k, k] in PyTorch. */
  private static int torchRow(Matrix matrix, int row) {
    int channels = matrix.parameter.shape().get(1);
    int area = matrix.rows / channels;
    return row % channels * area + row / channels;
  }

  @Override
  public String toString() {
    return matrices.size() + " kernels of " + shape.parameters().size() + " parameters";
  }
}
