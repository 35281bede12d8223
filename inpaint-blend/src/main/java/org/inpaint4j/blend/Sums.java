package org.inpaint4j.blend;

/** Sums that several sweeps share. */
final class Sums {

  private Sums() {}

  /** The sum of all values, in their order. */
  static double of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /**
   * A quarter of the sum of four neighbours, for each index of a segment.
   *
   * @param from where the neighbours are. Not modified.
   * @param to Modified.
   */
  static void quarterOfNeighbours(
      double[] from, double[] to, int first, int end, int left, int up, int down) {
    for (int i = first; i < end; i++) {
      to[i] = 0.25 * (from[i + left] + from[i + left + 1] + from[i + up] + from[i + down]);
    }
  }
}
