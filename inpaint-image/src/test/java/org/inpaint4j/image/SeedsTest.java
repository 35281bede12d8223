package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {

  /** The JDK's SplittableRandom is SplitMix64 too. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE})
  void split_isTheStreamOfSplitMix64(long seed) {
    SplittableRandom oracle = new SplittableRandom(seed);
    for (int n = 0; n < 5; n++) {
      assertThat(Seeds.split(seed, n)).isEqualTo(oracle.nextLong());
    }
  }

  @Test
  void random_startsWithTheMixedSeed() {
    long mixed = new SplittableRandom(7).nextLong();
    assertThat(Seeds.random(7).nextLong()).isEqualTo(new Random(mixed).nextLong());
  }

  @Test
  void combine_dependsOnBothAndTheirOrder() {
    Set<Long> seeds = new HashSet<>();
    for (long first = -2; first < 3; first++) {
      for (long second = -2; second < 3; second++) {
        seeds.add(Seeds.combine(first, second));
      }
    }
    assertThat(seeds).hasSize(25);
    long mixed = new SplittableRandom(3).nextLong();
    assertThat(Seeds.combine(3, 5)).isEqualTo(new SplittableRandom(mixed + 5).nextLong());
    assertThat(Seeds.combine(3, "b")).isEqualTo(Seeds.combine(3, 98));
  }
}
