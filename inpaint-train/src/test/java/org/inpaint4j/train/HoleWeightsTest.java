package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HoleWeightsTest {

  private static final int SIDE = 32;

  /** One picture, whose hole is 3x3 pixels at the upper left corner. */
  private static HoleWeights corner() {
    float[] holes = new float[SIDE * SIDE];
    for (int i = 0; i < 9; i++) {
      holes[i / 3 * SIDE + i % 3] = 1;
    }
    return new HoleWeights(holes, SIDE);
  }

  /** Distances 3 2 1 / 2 2 1 / 1 1 1, as outside of the picture nothing is known. */
  @Test
  void near_cornerOfNine_isLessForTheCorner() {
    double p = Math.pow(0.95, 2);
    double sum = 5 + 3 * p + p * p;
    float[] near = corner().near(0.95);
    assertThat((double) near[0]).isCloseTo(p * p / sum / 3, within(1e-6));
    assertThat((double) near[1]).isCloseTo(p / sum / 3, within(1e-6));
    assertThat((double) near[SIDE + 1]).isCloseTo(p / sum / 3, within(1e-6));
    assertThat((double) near[2]).isCloseTo(1 / sum / 3, within(1e-6));
    assertThat(near[3]).isZero();
  }

  @Test
  void known_cornerOfNine_isTheRest() {
    float[] known = corner().known();
    assertThat(known[0]).isZero();
    assertThat((double) known[3]).isCloseTo(1.0 / (SIDE * SIDE - 9) / 3, within(1e-9));
  }

  /** Of the 4x4 patches of 8 pixels one sees the hole; of 16x16 places four do. */
  @Test
  void seen_cornerOfNine_isOnePatch() {
    assertThat(corner().seen()).hasSize(16).startsWith(1, 0, 0, 0);
    assertThat(corner().share(16)).isEqualTo(4 / 256.0);
    assertThat(corner().share(4)).isEqualTo(1 / 16.0);
  }

  /** Places of 2x2 pixels: 4, 2, 2 and 1 of them are in the hole. */
  @Test
  void places_cornerOfNine_followTheShareOfTheHole() {
    float[] places = corner().places(16, 0.5);
    assertThat((double) places[0]).isCloseTo(0.5 * 4 / 9, within(1e-7));
    assertThat((double) places[1]).isCloseTo(0.5 * 2 / 9, within(1e-7));
    assertThat((double) places[16]).isCloseTo(0.5 * 2 / 9, within(1e-7));
    assertThat((double) places[17]).isCloseTo(0.5 / 9, within(1e-7));
  }

  @Test
  void first_cornerOfNine_isAThirdEach() {
    float[] first = corner().first(1);
    assertThat((double) first[0]).isCloseTo(1.0 / 27, within(1e-7));
    assertThat(first[3]).isZero();
  }

  @Test
  void draw_manyHoles_areOfTheShareThatIsPromised() {
    Random random = new Random(1);
    float[] hole = new float[SIDE * SIDE];
    int single = 0;
    int[] filled = new int[SIDE * SIDE];
    for (int n = 0; n < 500; n++) {
      TrainingHoles.draw(random, SIDE, hole, 0);
      int count = 0;
      int borders = 0;
      for (int i = 0; i < hole.length; i++) {
        count += (int) hole[i];
        filled[i] += (int) hole[i];
        borders += i % SIDE > 0 && hole[i] != hole[i - 1] ? 1 : 0;
      }
      double share = count / (double) hole.length;
      // Single pixels change at four of ten neighbours, other holes at their border alone.
      boolean pixels = borders > hole.length / 4;
      single += pixels ? 1 : 0;
      assertThat(share).isBetween(pixels ? 0.4 : 0.03, pixels ? 0.9 : 0.6);
    }
    assertThat(single).isBetween(20, 65);
    for (int count : filled) {
      assertThat(count).as("of 500 holes, those that cover a pixel").isBetween(40, 350);
    }
  }
}
