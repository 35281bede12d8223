package org.inpaint4j.train;

import java.util.Arrays;

/**
 * How much each pixel, patch and place of a feature map counts in the losses of a batch, from the
 * batch's holes. Weights of a loss sum up to 1, so that a loss is a sum of products.
 */
final class HoleWeights {

  private static final int CHANNELS = 3;
  private static final int PATCH = 8;

  private final float[] holes;
  private final int count;
  private final int side;

  /**
   * Of a batch.
   *
   * @param holes [N, 1, S, S], 1 in the hole, 0 on known pixels. Not modified.
   * @param side S
   */
  HoleWeights(float[] holes, int side) {
    this.holes = holes;
    this.side = side;
    count = holes.length / (side * side);
  }

  /** Rows and columns of the map of patches. */
  static int patches(int side) {
    return side / PATCH;
  }

  /**
   * Of pixels in the hole: {@code discount} to the power of their distance to known ones, less 1.
   * Distances are the larger one of rows and columns.
   *
   * @return [N, 1, S, S]
   */
  float[] near(double discount) {
    float[] weights = new float[holes.length];
    double perPixel = Math.pow(discount, 64.0 / side);
    double[] powers = new double[side + 1];
    for (int d = 0; d <= side; d++) {
      powers[d] = Math.pow(perPixel, Math.max(0, d - 1));
    }
    int[] distance = new int[side * side];
    for (int n = 0; n < count; n++) {
      distances(n * distance.length, distance);
      for (int i = 0; i < distance.length; i++) {
        int d = Math.min(distance[i], side);
        weights[n * distance.length + i] = d == 0 ? 0 : (float) powers[d];
      }
    }
    return scaled(weights, CHANNELS);
  }

  /** Two passes over the eight neighbours are exact for this distance. */
  private void distances(int from, int[] distance) {
    int far = 2 * side;
    for (int i = 0; i < distance.length; i++) {
      distance[i] = holes[from + i] > 0 ? far : 0;
    }
    for (int pass = 0; pass < 2; pass++) {
      int back = pass == 0 ? -1 : 1;
      for (int k = 0; k < distance.length; k++) {
        int i = pass == 0 ? k : distance.length - 1 - k;
        int y = i / side;
        int x = i % side;
        int nearest = distance[i];
        nearest = Math.min(nearest, 1 + at(distance, y + back, x - 1, far));
        nearest = Math.min(nearest, 1 + at(distance, y + back, x, far));
        nearest = Math.min(nearest, 1 + at(distance, y + back, x + 1, far));
        distance[i] = Math.min(nearest, 1 + at(distance, y, x + back, far));
      }
    }
  }

  private int at(int[] distance, int y, int x, int outside) {
    return y < 0 || y >= side || x < 0 || x >= side ? outside : distance[y * side + x];
  }

  /** 1 where pixels are known, from 1 in holes. */
  static float[] mask(float[] holes) {
    float[] mask = new float[holes.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = 1 - holes[i];
    }
    return mask;
  }

  /** Of known pixels, [N, 1, S, S]. */
  float[] known() {
    return scaled(mask(holes), CHANNELS);
  }

  /** Of the patches that see something of the hole, [N, 1, S/8, S/8]. */
  float[] seen() {
    return scaled(maxima(patches(side)), 1);
  }

  /** The share of the places of a map that see something of the hole. */
  double share(int size) {
    return sum(maxima(size), 0, count * size * size) / (count * (double) size * size);
  }

  /**
   * Of the places of a feature map, by the share of the hole in their pixels.
   *
   * @param size rows and columns of the map
   * @param weight the sum of all
   * @return [N, 1, size, size]; each picture has the same sum
   */
  float[] places(int size, double weight) {
    float[] weights = new float[count * size * size];
    for (int n = 0; n < count; n++) {
      int from = n * size * size;
      for (int i = 0; i < size * size; i++) {
        weights[from + i] = (float) mean(n, i / size, i % size, size);
      }
      scale(weights, from, from + size * size, weight / count);
    }
    return weights;
  }

  /**
   * Of the pixels of the first pictures' holes.
   *
   * @param pictures how many
   * @return [pictures, 1, S, S]; the sum of each is a third, as there are three channels
   */
  float[] first(int pictures) {
    int area = side * side;
    float[] weights = Arrays.copyOf(holes, pictures * area);
    for (int n = 0; n < pictures; n++) {
      scale(weights, n * area, (n + 1) * area, 1.0 / CHANNELS);
    }
    return weights;
  }

  private float[] maxima(int size) {
    int block = side / size;
    float[] maxima = new float[count * size * size];
    for (int i = 0; i < holes.length; i++) {
      int x = i % side / block;
      int y = i / side % side / block;
      int to = (i / (side * side) * size + y) * size + x;
      maxima[to] = Math.max(maxima[to], holes[i]);
    }
    return maxima;
  }

  /** The mean of the pixels from floor(y S / size) to ceil((y + 1) S / size), and so for x. */
  private double mean(int n, int y, int x, int size) {
    int top = y * side / size;
    int bottom = ((y + 1) * side + size - 1) / size;
    int left = x * side / size;
    int right = ((x + 1) * side + size - 1) / size;
    double sum = 0;
    for (int row = top; row < bottom; row++) {
      int from = (n * side + row) * side;
      sum += sum(holes, from + left, from + right);
    }
    return sum / ((bottom - top) * (double) (right - left));
  }

  private static double sum(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }

  private static float[] scaled(float[] weights, int channels) {
    scale(weights, 0, weights.length, 1.0 / channels);
    return weights;
  }

  /** Scales to a sum, if there is something to scale. */
  private static void scale(float[] weights, int from, int to, double wanted) {
    double sum = sum(weights, from, to);
    float scale = sum == 0 ? 0 : (float) (wanted / sum);
    for (int i = from; i < to; i++) {
      weights[i] *= scale;
    }
  }
}
