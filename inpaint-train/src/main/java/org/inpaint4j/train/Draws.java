package org.inpaint4j.train;

import java.util.Random;

/**
 * The random numbers of a training. Each use has a generator of its own, made of the seed, the
 * purpose and a counter. So a training that resumes draws the same numbers as one that was never
 * interrupted, and the only state is the number of the iteration.
 */
final class Draws {

  enum Purpose {
    GENERATOR_WEIGHTS(1),
    DISCRIMINATOR_WEIGHTS(2),
    ORDER(3),
    FLIPS(4),
    LATENTS(5),
    CALIBRATION(6),
    SAMPLES(7),
    AUGMENTED_REAL(8),
    AUGMENTED_GENERATED(9),
    AUGMENTED_JUDGED(10),
    ENCODER_WEIGHTS(11),
    SINGULAR_VECTORS(12),
    CHANGES(13),
    HOLES(14),
    NOISE(15),
    CROSSOVERS(16),
    SHIFTS(17),
    MIXTURES(18);

    final long number;

    Purpose(long number) {
      this.number = number;
    }
  }

  private final long seed;

  Draws(long seed) {
    this.seed = seed;
  }

  /** The generator of a purpose; the counter is an iteration, say. */
  Random random(Purpose purpose, long counter) {
    return new Random(mix(mix(mix(seed) + purpose.number) + counter));
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) after its increment. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Fills with N(0, 1). */
  void normal(Purpose purpose, long counter, float[] into) {
    normal(random(purpose, counter), into);
  }

  /** Fills with N(0, 1). */
  static void normal(Random random, float[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) random.nextGaussian();
    }
  }

  /** Fills with numbers that are uniform in 0 to below 1. */
  void uniform(Purpose purpose, long counter, float[] into) {
    Random random = random(purpose, counter);
    for (int i = 0; i < into.length; i++) {
      into[i] = random.nextFloat();
    }
  }

  /** A permutation of 0 to count - 1. */
  int[] order(long epoch, int count) {
    Random random = random(Purpose.ORDER, epoch);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
