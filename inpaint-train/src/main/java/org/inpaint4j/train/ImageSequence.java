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
   * @return [count, C, H, W] in -1 to 1
   */
  float[] images(long first, int count, int iteration) {
    int samples = images.channels() * images.size() * images.size();
    float[] batch = new float[count * samples];
    Random flips = draws.random(Draws.Purpose.FLIPS, iteration);
    for (int n = 0; n < count; n++) {
      boolean mirrored = mirror && flips.nextBoolean();
      images.copy(index(first + n), mirrored, batch, n * samples);
    }
    return batch;
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
