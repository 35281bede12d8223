package org.inpaint4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatentBoundTest {

  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static float[] applied(LatentBound bound, float... latent) {
    bound.apply(latent);
    return latent;
  }

  @Test
  void none_leavesEveryLatent() {
    assertThat(LatentBound.NONE).isEqualTo(new LatentBound(INFINITE, INFINITE));
    assertThat(applied(LatentBound.NONE, 1e30f, -7, 0)).containsExactly(1e30f, -7, 0);
  }

  @Test
  void maxCoordinate_clipsEachCoordinate() {
    LatentBound bound = new LatentBound(2, INFINITE);
    assertThat(applied(bound, -3, -2, -1.5f, 0, 2, 2.5f)).containsExactly(-2, -2, -1.5f, 0, 2, 2);
  }

  /** The root mean square of 3, 4, 0, 0 is 2.5. */
  @Test
  void maxRms_scalesLongerVectorsDown() {
    assertThat(applied(new LatentBound(INFINITE, 1), 3, -4, 0, 0))
        .containsExactly(new float[] {1.2f, -1.6f, 0, 0}, within(1e-6f));
    assertThat(applied(new LatentBound(INFINITE, 2.5), 3, -4, 0, 0)).containsExactly(3, -4, 0, 0);
    assertThat(applied(new LatentBound(INFINITE, 3), 3, -4, 0, 0)).containsExactly(3, -4, 0, 0);
    assertThat(applied(new LatentBound(INFINITE, 1), 0, 0)).containsExactly(0, 0);
  }

  /** First 3, 4 become 3, 3; their root mean square is 3, so they become 1, 1. */
  @Test
  void both_clipBeforeTheyScale() {
    assertThat(applied(new LatentBound(3, 1), 3, 4))
        .containsExactly(new float[] {1, 1}, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void constructor_outOfRange_isRefused(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentBound(value, 1))
        .withMessage("maxCoordinate must be positive: found " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentBound(1, value))
        .withMessage("maxRms must be positive: found " + value);
  }
}
