package org.inpaint4j.train;

import java.util.List;

/** All that is drawn for an iteration of a StyleGAN. */
final class StyleDraw {

  private static final double EPSILON = 1e-8;

  private final float[] real;
  private final float[] latents;
  private final int[] crossovers;
  private final List<float[]> noise;
  private final float[] shift;
  private final float[] mixture;

  /**
   * Keeps the arrays, which are not modified.
   *
   * @param real images, [N, 3, side, side] in -1 to 1
   * @param z latents, [2 N, style size]: the first of each image, then the second
   * @param crossovers the block of each image from which on it has its second style
   * @param noise for each block, [N, 1, side, side]
   * @param shift what a penalty moves images by, before it is made small: [N, 3, side, side]; empty
   *     if there is no penalty
   * @param mixture the share of the generated image in a point between it and the real one, for
   *     each image; empty if there are no such points
   */
  StyleDraw(
      float[] real,
      float[] z,
      int[] crossovers,
      List<float[]> noise,
      float[] shift,
      float[] mixture) {
    this.real = real;
    this.latents = normalised(z, z.length / (2 * crossovers.length));
    this.crossovers = crossovers;
    this.noise = List.copyOf(noise);
    this.shift = shift;
    this.mixture = mixture;
  }

  private static float[] normalised(float[] z, int size) {
    float[] normalised = new float[z.length];
    for (int from = 0; from < z.length; from += size) {
      double power = 0;
      for (int i = from; i < from + size; i++) {
        power += (double) z[i] * z[i];
      }
      double factor = 1 / Math.sqrt(power / size + EPSILON);
      for (int i = from; i < from + size; i++) {
        normalised[i] = (float) (z[i] * factor);
      }
    }
    return normalised;
  }

  float[] real() {
    return real;
  }

  /** [2 N, style size], each with a mean square of 1. */
  float[] latents() {
    return latents;
  }

  List<float[]> noise() {
    return noise;
  }

  /** Which of the 2 N styles each image has in a block: [N, 2 N] with a single 1 in each row. */
  float[] choice(int block) {
    int batch = crossovers.length;
    float[] choice = new float[2 * batch * batch];
    for (int n = 0; n < batch; n++) {
      choice[2 * batch * n + (block >= crossovers[n] ? batch + n : n)] = 1;
    }
    return choice;
  }

  boolean hasPenalty() {
    return shift.length > 0;
  }

  /**
   * Where the slope of the discriminator is measured.
   *
   * @param generated images, [N, 3, side, side]. Not modified.
   */
  float[] points(float[] generated) {
    if (mixture.length == 0) {
      return real;
    }
    float[] points = new float[real.length];
    int size = real.length / mixture.length;
    for (int i = 0; i < points.length; i++) {
      points[i] = real[i] + mixture[i / size] * (generated[i] - real[i]);
    }
    return points;
  }

  /** Points that are moved by so much times the shift. */
  float[] moved(float[] points, double deviation) {
    float[] moved = new float[points.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (points[i] + deviation * shift[i]);
    }
    return moved;
  }
}
