package org.inpaint4j.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The iteration on a system small enough to solve by hand. */
class ConjugateGradientsTest {

  private static final double ROUNDING = 1e-14;

  /** [4 1; 1 3] x = b, preconditioned by a share of the identity. */
  private static final class Small implements LinearSystem {

    private final double share;
    private double largest;

    Small(double share) {
      this.share = share;
    }

    @Override
    public int length() {
      return 2;
    }

    @Override
    public double multiply(double[] p, double[] q) {
      q[0] = 4 * p[0] + p[1];
      q[1] = p[0] + 3 * p[1];
      return p[0] * q[0] + p[1] * q[1];
    }

    @Override
    public double precondition(double[] r, double[] z) {
      z[0] = share * r[0];
      z[1] = share * r[1];
      largest = Math.max(Math.abs(z[0]), Math.abs(z[1]));
      return r[0] * z[0] + r[1] * z[1];
    }

    @Override
    public double largestCorrection() {
      return largest;
    }

    @Override
    public void direct(double[] p, double[] z, double beta) {
      p[0] = z[0] + beta * p[0];
      p[1] = z[1] + beta * p[1];
    }

    @Override
    public double advance(double[] x, double[] r, double[] p, double[] q, double alpha) {
      double squared = 0;
      for (int i = 0; i < 2; i++) {
        x[i] += alpha * p[i];
        r[i] -= alpha * q[i];
        squared += r[i] * r[i];
      }
      return squared;
    }
  }

  @Test
  void solve_twoUnknowns_takesTwoSteps() {
    ConjugateGradients iteration = new ConjugateGradients(new Small(1), ROUNDING);
    double[] x = new double[2];

    iteration.solve(new double[] {1, 2}, x, 5, 0, 10, () -> true);

    // By Cramer's rule: x = [1·3 - 1·2, 4·2 - 1·1] / (4·3 - 1·1).
    assertThat(x).containsExactly(new double[] {1.0 / 11, 7.0 / 11}, within(1e-15));
    assertThat(iteration.cycles()).isEqualTo(2);
    assertThat(iteration.converged()).isTrue();
    assertThat(iteration.relativeResidual()).isLessThanOrEqualTo(ROUNDING);
  }

  @Test
  void solve_firstStep_isThatOfSteepestDescent() {
    ConjugateGradients iteration = new ConjugateGradients(new Small(1), ROUNDING);
    double[] x = new double[2];
    double[] right = {1, 2};

    iteration.solve(right, x, 5, 0, 2, () -> true);

    // p = b, b·b = 5, p·Ap = 20: alpha = 1/4, and the residual is b - Ap / 4 = [-1/2, 1/4].
    assertThat(x).containsExactly(0.25, 0.5);
    assertThat(right).containsExactly(-0.5, 0.25);
    assertThat(iteration.relativeResidual()).isCloseTo(Math.sqrt(0.3125 / 5), within(1e-15));
    assertThat(iteration.correction()).isEqualTo(0.5);
    assertThat(iteration.converged()).isFalse();
  }

  @Test
  void addCorrection_smallEnoughAtOnce_isTheSolution() {
    ConjugateGradients iteration = new ConjugateGradients(new Small(0.25), ROUNDING);
    double[] x = new double[2];

    iteration.solve(new double[] {1, 2}, x, 5, 0.5, 10, () -> true);
    assertThat(x).containsExactly(0, 0);
    iteration.addCorrection(x);

    assertThat(x).containsExactly(0.25, 0.5);
    assertThat(iteration.cycles()).isEqualTo(1);
    assertThat(iteration.converged()).isTrue();
    assertThat(iteration.relativeResidual()).isEqualTo(1);
  }

  @Test
  void solve_toldToEnd_endsLikeTheMaximum() {
    ConjugateGradients iteration = new ConjugateGradients(new Small(1), ROUNDING);
    double[] x = new double[2];
    int[] asked = {0};

    iteration.solve(new double[] {1, 2}, x, 5, 0, 10, () -> ++asked[0] < 2);

    assertThat(asked[0]).isEqualTo(2);
    assertThat(x).containsExactly(0.25, 0.5);
    assertThat(iteration.cycles()).isEqualTo(2);
    assertThat(iteration.converged()).isFalse();
  }

  @Test
  void solve_noRightHandSide_doesNothing() {
    ConjugateGradients iteration = new ConjugateGradients(new Small(1), ROUNDING);
    double[] x = new double[2];

    iteration.solve(new double[2], x, 0, 1e-6, 10, () -> true);
    iteration.addCorrection(x);

    assertThat(x).containsExactly(0, 0);
    assertThat(iteration.cycles()).isZero();
    assertThat(iteration.converged()).isTrue();
  }
}
