package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoleWidthTest {

  @Test
  void atLeast_squareWithATail_keepsTheSquare() {
    // ###....
    // ####### a square of three and a tail that is one pixel wide
    // ###....
    Mask mask = Mask.of(7, 3, (x, y) -> x < 3 || y == 1);

    assertThat(new HoleWidth(mask).atLeast(3)).isEqualTo(Mask.of(7, 3, (x, y) -> x < 3).holeBits());
    assertThat(new HoleWidth(mask).atLeast(1)).isEqualTo(mask.holeBits());
    assertThat(new HoleWidth(mask).atLeast(4).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void atLeast_randomBlobs_equalsEverySquareTried(int side) {
    Random random = new Random(side);
    BitSet bits = new BitSet();
    for (int i = 0; i < 40 * 30; i++) {
      bits.set(i, random.nextInt(100) < 92);
    }
    Mask mask = Mask.of(40, 30, (x, y) -> bits.get(y * 40 + x));
    BitSet expected = new BitSet();
    for (int y = 0; y + side <= 30; y++) {
      for (int x = 0; x + side <= 40; x++) {
        if (isFull(mask, x, y, side)) {
          for (int j = y; j < y + side; j++) {
            expected.set(j * 40 + x, j * 40 + x + side);
          }
        }
      }
    }

    assertThat(new HoleWidth(mask).atLeast(side)).isEqualTo(expected);
  }

  private static boolean isFull(Mask mask, int left, int top, int side) {
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        if (!mask.isHole(x, y)) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void scattered_checkerboardBesideAScratch_isTheBoardOnly() {
    Mask mask = Mask.of(60, 40, (x, y) -> x < 20 ? (x + y) % 2 == 0 : x == 50);

    BitSet scattered = new HoleWidth(mask).scattered();

    assertThat(scattered.get(20 * 60 + 10)).isTrue();
    assertThat(scattered.get(20 * 60 + 50)).isFalse();
  }

  @Test
  void scattered_stroke_isNot() {
    Mask mask = Mask.of(40, 40, (x, y) -> Math.abs(x - y) < 4);

    assertThat(new HoleWidth(mask).scattered().cardinality()).isLessThan(8);
  }
}
