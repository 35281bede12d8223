package org.inpaint4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.inpaint4j.network.LatentSpace.Stage;
import org.junit.jupiter.api.Test;

class LatentSpaceTest {

  private static final LatentSpace.Prior NONE = (random, latent) -> {};

  @Test
  void stages_unlessGiven_moveAllCoordinatesAtOnce() {
    assertThat(new LatentSpace(5, NONE).stages()).containsExactly(Stage.leading(5));
    assertThat(LatentSpace.standardNormal(3).stages()).containsExactly(Stage.leading(3));
  }

  @Test
  void stages_outOfOrderOrRange_areRefused() {
    for (List<Integer> stages :
        List.of(List.<Integer>of(), List.of(0), List.of(6), List.of(2, 2), List.of(3, 2))) {
      assertThatIllegalArgumentException().isThrownBy(() -> space(stages));
    }
    assertThat(space(List.of(2, 5)).stages()).containsExactly(Stage.leading(2), Stage.leading(5));
  }

  private static LatentSpace space(List<Integer> leading) {
    return new LatentSpace(5, NONE, leading.stream().map(Stage::leading).toList());
  }

  @Test
  void stage_notOfWholeVectors_isRefused() {
    assertThat(new Stage(2, 8, 3).size()).isEqualTo(6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Stage(2, 8, 4))
        .withMessage("a stage must be made of whole vectors: found 6 coordinates and vectors of 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Stage(2, 2, 1))
        .withMessage("a stage must have coordinates: found 2 to 2");
  }
}
