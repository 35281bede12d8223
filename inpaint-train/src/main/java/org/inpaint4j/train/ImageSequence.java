package org.inpaint4j.train;

import java.util.Random;

/**
 * All images again and again, each time in another order, and half of them mirrored. Both follow
 * from the seed.
 */
final class ImageSequence {

  private final TrainingImages images;
  private final boolean mirror;
  private final Draws draws;
  private long epochOfOrder = -1;
  private int[] order = new int[0];

  /**
   * A sequence of images.
   *
   * @param mirror whether half of them are mirrored
   */
  ImageSequence(TrainingImages images, boolean mirror, Draws draws) {
    this.images = images;
    this.mirror = mirror;
    this.draws = draws;
  }

  /**
   * Some images.
   *
   * @param first the number of the first, from 0, over all epochs
   * @param count how many
   * @param iteration decides which of them are mirrored
   * @param side what they are reduced to, rows and columns: their own size over a whole number
   * @return [count, C, side, side] in -1 to 1
   */
  float[] images(long first, int count, int iteration, int side) {
    int size = images.size();
    int samples = images.channels() * side * side;
    float[] batch = new float[count * samples];
    float[] whole = new float[side == size ? 0 : images.channels() * size * size];
    Random flips = draws.random(Draws.Purpose.FLIPS, iteration);
    for (int n = 0; n < count; n++) {
      boolean mirrored = mirror && flips.nextBoolean();
      int index = index(first + n);
      if (side == size) {
        images.copy(index, mirrored, batch, n * samples);
      } else {
        images.copy(index, mirrored, whole, 0);
        reduce(whole, size, batch, n * samples, side);
      }
    }
    return batch;
  }

  /**
   * Adds the means of squares of pixels.
   *
   * @param image [C, size, size]. Not modified.
   * @param into receives [C, side, side], where it is 0
   * @param at the index of the first sample there
   */
  static void reduce(float[] image, int size, float[] into, int at, int side) {
    int step = size / side;
    float share = 1f / (step * step);
    for (int i = 0; i < image.length / size; i++) {
      int row = at + (i / size * side + i % size / step) * side;
      for (int x = 0; x < size; x++) {
        into[row + x / step] += share * image[i * size + x];
      }
    }
  }

  private int index(long number) {
    long epoch = number / images.count();
    if (epoch != epochOfOrder) {
      order = draws.order(epoch, images.count());
      epochOfOrder = epoch;
    }
    return order[(int) (number % images.count())];
  }
}
