package org.inpaint4j.train;

import java.util.stream.IntStream;

/**
 * Adam (Kingma, Ba, <i>Adam: A Method for Stochastic Optimization</i>, ICLR 2015, algorithm 1) on a
 * flat array, with PyTorch's arithmetic.
 *
 * <p>The array is cut into pieces that threads share. Every value is computed from its own state
 * alone, so the result does not depend on the number of threads.
 */
final class Adam {

  private static final double EPSILON = 1e-8;
  private static final int PIECE = 1 << 16;

  /**
   * How fast it goes.
   *
   * @param rate the learning rate
   * @param beta1 how much of the mean of the gradients is kept
   * @param beta2 how much of the mean of their squares is kept
   */
  record Rates(double rate, double beta1, double beta2) {}

  final float[] first;
  final float[] second;
  private final Rates rates;

  Adam(int size, Rates rates) {
    first = new float[size];
    second = new float[size];
    this.rates = rates;
  }

  /**
   * One update.
   *
   * @param values modified
   * @param gradient of the loss with respect to the values. Not modified.
   * @param step the number of this update, from 1
   */
  void update(float[] values, float[] gradient, int step) {
    update(values, gradient, step, 1);
  }

  /**
   * One update with another learning rate.
   *
   * @param values modified
   * @param gradient of the loss with respect to the values. Not modified.
   * @param step the number of this update, from 1
   * @param share of the learning rate
   */
  void update(float[] values, float[] gradient, int step, double share) {
    update(values, gradient, 0, values.length, step, share);
  }

  /**
   * One update of some of the values.
   *
   * @param values modified
   * @param gradient of the loss with respect to the values. Not modified.
   * @param start the index of the first that is updated
   * @param count how many are
   * @param step the number of their update, from 1
   * @param share of the learning rate
   */
  void update(float[] values, float[] gradient, int start, int count, int step, double share) {
    float size = (float) (share * rates.rate() / (1 - Math.pow(rates.beta1(), step)));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(rates.beta2(), step)));
    pieces(count)
        .forEach(
            from -> {
              int to = start + Math.min(count, from + PIECE);
              update(values, gradient, start + from, to, size, root);
            });
  }

  private void update(float[] values, float[] gradient, int from, int to, float size, float root) {
    float[] m = first;
    float[] v = second;
    float b1 = (float) rates.beta1();
    float b2 = (float) rates.beta2();
    float c1 = (float) (1 - rates.beta1());
    float c2 = (float) (1 - rates.beta2());
    float epsilon = (float) EPSILON;
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float mean = b1 * m[i] + c1 * g;
      float square = b2 * v[i] + c2 * g * g;
      m[i] = mean;
      v[i] = square;
      values[i] -= size * mean / ((float) Math.sqrt(square) * root + epsilon);
    }
  }

  /** Moves an average towards values: {@code average = decay average + (1 - decay) values}. */
  static void average(float[] average, float[] values, double decay) {
    float towards = (float) (1 - decay);
    pieces(values.length)
        .forEach(
            from -> {
              int to = Math.min(values.length, from + PIECE);
              for (int i = from; i < to; i++) {
                average[i] += towards * (values[i] - average[i]);
              }
            });
  }

  private static IntStream pieces(int length) {
    return IntStream.range(0, (length + PIECE - 1) / PIECE).parallel().map(i -> i * PIECE);
  }
}
