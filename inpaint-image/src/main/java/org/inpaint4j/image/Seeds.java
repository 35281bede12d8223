package org.inpaint4j.image;

import java.util.Random;

/** Turns the seeds that people choose into seeds that have nothing to do with each other. */
@Internal
public final class Seeds {

  /** The odd number next to 2^64 over the golden ratio. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /**
   * A generator for one seed.
   *
   * <p>{@link Random} starts alike for seeds that are alike: the first bits of its first numbers
   * agree for seeds 1, 2, 3. So the seed goes through the finaliser of MurmurHash3 (variant 13 of
   * Stafford, as in SplitMix64) first.
   *
   * @param seed any number
   * @return the generator
   */
  public static Random random(long seed) {
    return new Random(mix(seed));
  }

  /**
   * A seed that depends on every bit of two others.
   *
   * @param first any number
   * @param second any number
   * @return the seed
   */
  public static long combine(long first, long second) {
    return mix(mix(first) + second);
  }

  /**
   * A seed from a seed and a name; {@link String#hashCode} is specified, so it never changes.
   *
   * @param first any number
   * @param name any text
   * @return the seed
   */
  public static long combine(long first, String name) {
    return combine(first, name.hashCode());
  }

  /**
   * The n-th number of a stream: SplitMix64.
   *
   * @param seed which stream; near ones are unlike each other
   * @param n which number, from 0
   * @return a seed
   */
  public static long split(long seed, int n) {
    return mix(seed + GOLDEN * n);
  }

  private static long mix(long seed) {
    long z = seed + GOLDEN;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
