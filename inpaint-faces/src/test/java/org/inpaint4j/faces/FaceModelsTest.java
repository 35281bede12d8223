package org.inpaint4j.faces;

import static org.assertj.core.api.Assertions.assertThat;

import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.Test;

class FaceModelsTest {

  @Test
  void believable_isACompletion_andFaithfulASearch() {
    assertThat(FaceModels.believable()).isInstanceOf(FaceCompletion.class);
    assertThat(FaceModels.faithful().search()).isEqualTo(SearchOptions.balanced());
  }

  @Test
  void fast_differsFromFaithfulInItsSearchAlone() {
    assertThat(FaceModels.fast().search()).isEqualTo(SearchOptions.fast());
    assertThat(FaceModels.fast().generator().identity())
        .isEqualTo(FaceModels.faithful().generator().identity());
    assertThat(FaceModels.fast().losses()).hasSameSizeAs(FaceModels.faithful().losses());
    assertThat(FaceModels.fast().rest()).isEqualTo(FaceModels.faithful().rest());
    try (Filler filler = FaceModels.fast().filler()) {
      assertThat(filler.imageShape().orElseThrow().width()).isEqualTo(64);
    }
  }

  @Test
  void paper_hasTheLossesAndTheBlendingOfThePaper() {
    assertThat(FaceModels.paper().search().steps()).isEqualTo(1500);
    assertThat(FaceModels.paper().losses()).hasSize(2);
    assertThat(FaceModels.paper().blender()).isInstanceOf(PoissonBlender.class);
  }
}
