package org.inpaint4j.search;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.network.LatentSpace.Stage;
import org.inpaint4j.search.Optimizer.Lbfgs;
import org.inpaint4j.search.Optimizer.NormalizedGradientDescent;
import org.inpaint4j.search.Optimizer.PartwiseDescent;
import org.inpaint4j.search.Optimizer.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every optimizer on functions whose minimum is known. */
class StepperTest {

  /** A function to minimise. */
  private interface Function {
    /** Its value at a point; fills in the gradient. */
    double evaluate(float[] point, float[] gradient);
  }

  private static Function quadratic(float[] scale, float[] goal) {
    return (point, gradient) -> {
      double sum = 0;
      for (int i = 0; i < point.length; i++) {
        float d = point[i] - goal[i];
        gradient[i] = 2 * scale[i] * d;
        sum += scale[i] * d * d;
      }
      return sum;
    };
  }

  private static Stepper stepper(Optimizer optimizer, int size, int steps) {
    return Stepper.of(optimizer, List.of(Stage.leading(size)), 0, steps);
  }

  /** Takes the steps; returns the loss after the last. */
  private static double minimise(Optimizer optimizer, Function function, float[] point, int steps) {
    Stepper stepper = stepper(optimizer, point.length, steps);
    float[] gradient = new float[point.length];
    for (int step = 0; step < steps; step++) {
      double loss = function.evaluate(point, gradient);
      stepper.step(point, gradient, loss, step);
    }
    return function.evaluate(point, gradient);
  }

  @Test
  void adam_onAQuadratic_goesWherePyTorchGoes() throws IOException {
    Map<Integer, List<String>> golden = new HashMap<>();
    try (InputStream file = requireNonNull(StepperTest.class.getResourceAsStream("adam.txt"))) {
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        List<String> words = Splitter.on(' ').splitToList(line);
        if (words.size() == 5) {
          golden.put(Integer.parseInt(words.get(0)), words.subList(1, 5));
        }
      }
    }
    assertThat(golden).hasSize(3);
    Function function = quadratic(new float[] {0.5f, 1, 4, 30}, new float[] {0.3f, -1.2f, 2, 0});
    golden.forEach(
        (step, expected) -> {
          float[] point = {1, -1, 0.5f, 2};
          minimise(Optimizer.adam(0.05), function, point, step + 1);
          for (int i = 0; i < 4; i++) {
            // PyTorch divides in another order: a few units of the last place in 60 steps.
            assertThat(point[i]).isCloseTo(Float.parseFloat(expected.get(i)), within(2e-6f));
          }
        });
  }

  /** The schedule of NVIDIA's StyleGAN2 projector, worked out by hand at some points. */
  @ParameterizedTest
  @CsvSource({"0, 0.02", "24, 0.5", "49, 1", "500, 1", "750, 1", "875, 0.5", "999, 3.95e-5"})
  void schedule_ofTheProjector_risesAndFalls(int step, double factor) {
    assertThat(Schedule.PROJECTOR.factor(step, 1000)).isCloseTo(factor, within(2e-3 * factor));
    assertThat(Schedule.CONSTANT.factor(step, 1000)).isEqualTo(1);
  }

  @Test
  void normalizedGradientDescent_steepOrFlat_takesStepsOfTheSameLength() {
    NormalizedGradientDescent descent = new NormalizedGradientDescent(0.1, Schedule.CONSTANT);
    for (float steepness : new float[] {1e-6f, 1, 1e6f}) {
      Stepper stepper = stepper(descent, 4, 10);
      float[] point = {1, 2, 3, 4, 5};
      stepper.step(point, new float[] {0, 0, 3 * steepness, -4 * steepness, 9}, 1, 0);
      // 0.1 times the root of 4 coordinates, split 3 to 4; the fifth does not move
      assertThat(point).containsExactly(new float[] {1, 2, 3 - 0.12f, 4 + 0.16f, 5}, within(1e-6f));
    }
  }

  @Test
  void normalizedGradientDescent_noGradient_stays() {
    Stepper stepper = stepper(new NormalizedGradientDescent(0.1, Schedule.CONSTANT), 2, 10);
    float[] point = {1, 2};
    stepper.step(point, new float[2], 1, 0);
    assertThat(point).containsExactly(1, 2);
  }

  @Test
  void normalizedGradientDescent_withDecay_comesToRestAtTheMinimum() {
    float[] point = {3, -2, 5};
    float[] goal = {0.5f, 1, -1};
    Optimizer descent = new NormalizedGradientDescent(0.1, new Schedule(0.05, 0.5));
    double loss = minimise(descent, quadratic(new float[] {1, 2, 0.5f}, goal), point, 300);
    assertThat(loss).isLessThan(1e-5);
    assertThat(point).containsExactly(goal, within(3e-3f));
  }

  /** Along x^2 from 1 with a first step of 8: -7, -3 and -1 are no better, 0 is. */
  @Test
  void lbfgs_trialThatIsNoBetter_isHalved() {
    Stepper stepper = stepper(new Lbfgs(3, 8), 1, 10);
    float[] point = {1};
    float[] gradient = new float[1];
    Function square = quadratic(new float[] {1}, new float[] {0});
    for (float expected : new float[] {-7, -3, -1, 0}) {
      double loss = square.evaluate(point, gradient);
      // -1 is as low as 1: less than the slope of -16 promises.
      stepper.step(point, gradient, loss, expected == -7 ? 0 : 1);
      assertThat(point[0]).isEqualTo(expected);
    }
  }

  /** After 14 halvings the trial is taken as it is: 2^-14 is the first below 1e-4. */
  @Test
  void lbfgs_noTrialIsBetter_goesOnFromTheShortest() {
    Stepper stepper = stepper(new Lbfgs(3, 8), 1, 100);
    float[] point = {1};
    float[] gradient = {2};
    stepper.step(point, gradient, 0, 0);
    assertThat(point[0]).isEqualTo(-7);
    double scale = 1;
    for (int k = 1; k <= 14; k++) {
      stepper.step(point, gradient, 1, k);
      scale /= 2;
      assertThat(point[0]).isEqualTo((float) (1 - 8 * scale));
    }
    // With the same slope there is no curvature, and the next step is as long as the first.
    stepper.step(point, gradient, 1, 15);
    assertThat(point[0]).isEqualTo((float) (1 - 8 * scale - 8));
  }

  /** 0.1 times the root of 4 coordinates, split 3 to 4; then the minimum of a parabola. */
  @Test
  void lbfgs_firstStep_hasTheLengthOfItsRate() {
    Stepper stepper = stepper(new Lbfgs(3, 0.1), 4, 10);
    float[] point = {0, 0, 0, 0};
    Function bowl = quadratic(new float[] {1, 1, 1, 1}, new float[] {-30, 0, -40, 0});
    float[] gradient = new float[4];
    double loss = bowl.evaluate(point, gradient);
    stepper.step(point, gradient, loss, 0);
    assertThat(point).containsExactly(new float[] {-0.12f, 0, -0.16f, 0}, within(1e-6f));
    loss = bowl.evaluate(point, gradient);
    stepper.step(point, gradient, loss, 1);
    assertThat(point).containsExactly(new float[] {-30, 0, -40, 0}, within(1e-3f));
  }

  @Test
  void lbfgs_onAnIllConditionedQuadratic_getsAsFarAsSciPys() {
    int n = 20;
    float[] scale = new float[n];
    float[] goal = new float[n];
    for (int i = 0; i < n; i++) {
      scale[i] = (float) Math.pow(10, 4.0 * i / (n - 1));
      goal[i] = (float) Math.sin(i);
    }
    Function function = quadratic(scale, goal);
    double start = function.evaluate(new float[n], new float[n]);
    double lbfgs = minimise(new Lbfgs(10, 0.1), function, new float[n], 120);
    // SciPy's L-BFGS-B, which also checks the slope, is at 1.8e-6 of the start after as many calls.
    assertThat(lbfgs).isLessThan(5e-6 * start);
  }

  @Test
  void lbfgs_inRosenbrocksValley_findsTheMinimum() {
    Function valley =
        (x, gradient) -> {
          double a = 1 - x[0];
          double b = x[1] - (double) x[0] * x[0];
          gradient[0] = (float) (-2 * a - 400 * x[0] * b);
          gradient[1] = (float) (200 * b);
          return a * a + 100 * b * b;
        };
    float[] point = {-1.2f, 1};
    minimise(new Lbfgs(5, 0.1), valley, point, 100);
    assertThat(point).containsExactly(new float[] {1, 1}, within(2e-3f));
  }

  /** Vectors of two: (3, 4) and (0, 0) and (-5, 12), of the second stage. */
  @Test
  void partwise_eachVector_movesByTheLengthOfItsStage() {
    Stepper stepper =
        Stepper.of(
            new PartwiseDescent(List.of(100.0, 0.5)),
            List.of(Stage.leading(4), new Stage(4, 10, 2), new Stage(10, 12, 1)),
            1,
            7);
    float[] vectors = {1, 1, 2, 2, 3, 3};
    stepper.step(vectors, new float[] {3, 4, 0, 0, -5, 12}, 1, 0);
    assertThat(vectors)
        .containsExactly(new float[] {0.7f, 0.6f, 2, 2, 3 + 2.5f / 13, 3 - 6f / 13}, within(1e-6f));
  }

  @Test
  void partwise_aStageBeyondItsLengths_hasTheLast() {
    PartwiseDescent descent = new PartwiseDescent(List.of(2.0, 0.5));
    assertThat(descent.length(0)).isEqualTo(2);
    assertThat(descent.length(5)).isEqualTo(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartwiseDescent(List.of(1.0, 0.0)))
        .withMessage("length must be positive and finite: found 0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new PartwiseDescent(List.of()));
  }
}
