package org.inpaint4j.train;

import java.util.Random;

/**
 * Chooses the images of each iteration, and which of them are mirrored. Both follow from the seed.
 */
final class Batches {

  private final TrainingImages images;
  private final int batch;
  private final boolean mirror;
  private final Draws draws;
  private int epochOfOrder = -1;
  private int[] order = new int[0];

  /**
   * Batches of images.
   *
   * @param batch how many images one has
   * @param mirror whether half of them are mirrored
   */
  Batches(TrainingImages images, int batch, boolean mirror, Draws draws) {
    this.images = images;
    this.batch = batch;
    this.mirror = mirror;
    this.draws = draws;
  }

  /**
   * The iterations of an epoch. Each takes a whole batch; the images left over wait for an epoch
   * with another order.
   */
  int perEpoch() {
    return images.count() / batch;
  }

  /**
   * The batch of an iteration.
   *
   * @param iteration from 0, over all epochs
   * @return [N, C, H, W] in -1 to 1
   */
  float[] images(int iteration) {
    int epoch = iteration / perEpoch();
    if (epoch != epochOfOrder) {
      order = draws.order(epoch, images.count());
      epochOfOrder = epoch;
    }
    int place = iteration % perEpoch() * batch;
    int samples = images.channels() * images.size() * images.size();
    float[] real = new float[batch * samples];
    Random flips = draws.random(Draws.Purpose.FLIPS, iteration);
    for (int n = 0; n < batch; n++) {
      boolean mirrored = mirror && flips.nextBoolean();
      images.copy(order[place + n], mirrored, real, n * samples);
    }
    return real;
  }
}
