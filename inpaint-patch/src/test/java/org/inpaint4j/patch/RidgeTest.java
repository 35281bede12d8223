package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeTest {

  @Test
  void solve_identityRows_dividesByOnePlusTheRidge() {
    // E = I, so (I + R) b = r: with R = 1 the coefficients are half the right-hand side.
    float[] rows = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    double[] right = {2, 4, -6, 8};

    new Ridge(4).solve(rows, 4, 4, 1, 0, right);

    assertThat(right).containsExactly(new double[] {1, 2, -3, 4}, within(1e-12));
  }

  @Test
  void solve_share_isAPartOfTheMeanDiagonal() {
    // Diagonal of E'E: 4, 4, 0, 0, mean 2; a share of one half adds 1.
    float[] rows = {2, 0, 0, 0, 0, 2, 0, 0};
    double[] right = {5, 10, 3, 0};

    new Ridge(4).solve(rows, 2, 4, 0, .5, right);

    assertThat(right).containsExactly(new double[] {1, 2, 3, 0}, within(1e-12));
  }

  @Test
  void solve_randomRows_satisfiesTheNormalEquations() {
    int count = 12;
    int equations = 30;
    Random random = new Random(1);
    float[] rows = new float[count * equations];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    double[] right = random.doubles(count).toArray();
    double[] solution = right.clone();

    new Ridge(16).solve(rows, equations, count, .3, 0, solution);

    for (int i = 0; i < count; i++) {
      double sum = .3 * solution[i];
      for (int j = 0; j < count; j++) {
        for (int e = 0; e < equations; e++) {
          sum += (double) rows[e * count + i] * rows[e * count + j] * solution[j];
        }
      }
      assertThat(sum).isCloseTo(right[i], within(1e-4));
    }
  }
}
