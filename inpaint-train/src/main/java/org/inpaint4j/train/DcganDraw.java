package org.inpaint4j.train;

/**
 * What is drawn for an iteration of a DCGAN, but for augmentations.
 *
 * @param z latents, [N, latent size]
 * @param real images, [N, C, H, W] in -1 to 1
 * @param shift what a gradient penalty moves images by, before it is made small: [N, C, H, W];
 *     empty if there is no penalty
 * @param mixture the share of the generated image in a point between it and the real one, for each
 *     image; empty if there is no penalty
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
record DcganDraw(float[] z, float[] real, float[] shift, float[] mixture) {

  /**
   * The draw of an iteration.
   *
   * @param images the batch of the iteration
   * @param t the iteration, from 0
   */
  static DcganDraw of(TrainingOptions options, Draws draws, float[] images, int t) {
    float[] z = new float[options.batchSize() * options.latentSize()];
    draws.normal(Draws.Purpose.LATENTS, t, z);
    boolean penalised = options.gradientPenalty() > 0;
    float[] shift = new float[penalised ? images.length : 0];
    draws.normal(Draws.Purpose.SHIFTS, t, shift);
    float[] mixture = new float[penalised ? options.batchSize() : 0];
    draws.uniform(Draws.Purpose.MIXTURES, t, mixture);
    return new DcganDraw(z, images, shift, mixture);
  }
}
