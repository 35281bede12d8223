package org.inpaint4j.train;

/**
 * Chooses the images of each iteration, and which of them are mirrored. Both follow from the seed.
 */
final class Batches {

  private final ImageSequence sequence;
  private final int size;
  private final int count;
  private final int batch;

  /**
   * Batches of images.
   *
   * @param batch how many images one has
   * @param mirror whether half of them are mirrored
   */
  Batches(TrainingImages images, int batch, boolean mirror, Draws draws) {
    this.sequence = new ImageSequence(images, mirror, draws);
    this.size = images.size();
    this.count = images.count();
    this.batch = batch;
  }

  /**
   * The iterations of an epoch. Each takes a whole batch; the images left over wait for an epoch
   * with another order.
   */
  int perEpoch() {
    return count / batch;
  }

  /**
   * The batch of an iteration.
   *
   * @param iteration from 0, over all epochs
   * @return [N, C, H, W] in -1 to 1
   */
  float[] images(int iteration) {
    int epoch = iteration / perEpoch();
    int place = iteration % perEpoch() * batch;
    return sequence.images((long) epoch * count + place, batch, iteration, size);
  }
}
