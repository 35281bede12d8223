package org.inpaint4j.eval;

import java.util.Random;

/** Turns the seeds that people choose into seeds that have nothing to do with each other. */
final class Seeds {

  private Seeds() {}

  /**
   * A generator for one seed.
   *
   * <p>{@link Random} starts alike for seeds that are alike: the first bits of its first numbers
   * agree for seeds 1, 2, 3. So the seed goes through the finaliser of MurmurHash3 (variant 13 of
   * Stafford, as in SplitMix64) first.
   */
  static Random random(long seed) {
    return new Random(mix(seed));
  }

  /** A seed that depends on every bit of two others. */
  static long combine(long first, long second) {
    return mix(mix(first) + second);
  }

  /** A seed from a seed and a name; {@link String#hashCode} is specified, so it never changes. */
  static long combine(long first, String name) {
    return combine(first, name.hashCode());
  }

  private static long mix(long seed) {
    long z = seed + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
