package org.inpaint4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatentSpaceTest {

  private static final LatentSpace.Prior NONE = (random, latent) -> {};

  @Test
  void stages_unlessGiven_moveAllCoordinatesAtOnce() {
    assertThat(new LatentSpace(5, NONE).stages()).containsExactly(5);
    assertThat(LatentSpace.standardNormal(3).stages()).containsExactly(3);
  }

  @Test
  void stages_outOfOrderOrRange_areRefused() {
    for (List<Integer> stages :
        List.of(List.<Integer>of(), List.of(0), List.of(6), List.of(2, 2), List.of(3, 2))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new LatentSpace(5, NONE, stages));
    }
    assertThat(new LatentSpace(5, NONE, List.of(2, 5)).stages()).containsExactly(2, 5);
  }
}
