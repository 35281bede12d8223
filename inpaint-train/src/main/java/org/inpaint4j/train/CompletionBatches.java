package org.inpaint4j.train;

import java.util.Random;

/**
 * The pictures, holes and latents of each iteration of a completion network. All follow from the
 * seed and the number of the iteration.
 */
final class CompletionBatches {

  private static final int CHANNELS = 3;

  private final CompletionOptions options;
  private final Batches batches;
  private final Draws draws;

  CompletionBatches(TrainingImages images, CompletionOptions options, Draws draws) {
    this.options = options;
    this.draws = draws;
    batches = new Batches(images, options.batch().pictures(), options.batch().flips(), draws);
  }

  /**
   * The batch of an iteration. Its last pictures repeat the first ones, with the same holes and
   * other latents.
   *
   * @param purpose what the latents are for; other holes and changes come with it
   * @param iteration from 0
   */
  CompletionIteration.Pictures of(Draws.Purpose purpose, int iteration) {
    int side = options.design().imageSize();
    int area = side * side;
    int size = options.batch().size();
    int pictures = options.batch().pictures();
    long counter = purpose.number << 32 | iteration;
    float[] truth = new float[size * CHANNELS * area];
    float[] holes = new float[size * area];
    float[] latents = new float[size * options.design().latentSize()];
    System.arraycopy(batches.images(iteration), 0, truth, 0, pictures * CHANNELS * area);
    if (options.batch().moves()) {
      Random changes = draws.random(Draws.Purpose.CHANGES, counter);
      for (int n = 0; n < pictures; n++) {
        change(changes, truth, n * CHANNELS * area, side);
      }
    }
    Random random = draws.random(Draws.Purpose.HOLES, counter);
    for (int n = 0; n < pictures; n++) {
      TrainingHoles.draw(random, side, holes, n * area);
    }
    System.arraycopy(
        truth, 0, truth, pictures * CHANNELS * area, options.batch().pairs() * CHANNELS * area);
    System.arraycopy(holes, 0, holes, pictures * area, options.batch().pairs() * area);
    draws.normal(purpose, iteration, latents);
    return new CompletionIteration.Pictures(truth, holes, latents);
  }

  /** Moves half of the pictures by up to a 32nd, and changes the colours of half of them. */
  private static void change(Random random, float[] samples, int from, int side) {
    int reach = side / 32;
    if (random.nextBoolean()) {
      int dy = random.nextInt(2 * reach + 1) - reach;
      int dx = random.nextInt(2 * reach + 1) - reach;
      move(samples, from, side, dy, dx);
    }
    if (random.nextBoolean()) {
      float contrast = (float) (1 + .06 * random.nextGaussian());
      for (int c = 0; c < CHANNELS; c++) {
        float shift = (float) (.04 * random.nextGaussian());
        int start = from + c * side * side;
        for (int i = start; i < start + side * side; i++) {
          samples[i] = Math.max(-1, Math.min(1, samples[i] * contrast + shift));
        }
      }
    }
  }

  /** What comes in at a border is the picture mirrored there. */
  private static void move(float[] samples, int from, int side, int dy, int dx) {
    float[] moved = new float[CHANNELS * side * side];
    for (int i = 0; i < moved.length; i++) {
      int x = mirrored(i % side + dx, side);
      int y = mirrored(i / side % side + dy, side);
      int plane = i / (side * side);
      moved[i] = samples[from + (plane * side + y) * side + x];
    }
    System.arraycopy(moved, 0, samples, from, moved.length);
  }

  private static int mirrored(int at, int side) {
    int inside = Math.abs(at);
    return inside < side ? inside : 2 * (side - 1) - inside;
  }
}
