package org.inpaint4j.blend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.Test;

class PartsBlenderTest {

  private static final int SIZE = 41;

  private static final Mask WIDE = Mask.rectangle(SIZE, SIZE, 4, 5, 15, 12);
  private static final Mask THIN = Mask.rectangle(SIZE, SIZE, 30, 2, 3, 30);
  private static final Mask BOTH =
      Mask.of(SIZE, SIZE, (x, y) -> WIDE.isHole(x, y) || THIN.isHole(x, y));

  private final ImagePlanes image = Images.textured(3, SIZE, SIZE, 1);
  private final ImagePlanes filling = Images.textured(3, SIZE, SIZE, 2);
  private final Blender blender = DistanceBlender.ofThinParts();

  @Test
  void blend_wideHole_isThatOfPoissonBlending() {
    assertThat(blender.blend(image, filling, WIDE).samples())
        .containsExactly(PoissonBlender.create().blend(image, filling, WIDE).samples())
        .isNotEqualTo(DistanceBlender.create().blend(image, filling, WIDE).samples());
  }

  @Test
  void blend_thinHole_isThatOfBlendingByDistance() {
    assertThat(blender.blend(image, filling, THIN).samples())
        .containsExactly(DistanceBlender.create().blend(image, filling, THIN).samples());
  }

  @Test
  void blend_scatteredPixels_areBlendedByDistanceThoughTheyTouch() {
    Mask scattered = Mask.of(SIZE, SIZE, (x, y) -> (x + 2 * y) % 5 != 0);

    assertThat(blender.blend(image, filling, scattered).samples())
        .containsExactly(DistanceBlender.create().blend(image, filling, scattered).samples());
  }

  @Test
  void blend_bothKinds_eachPartInItsWay() {
    ImagePlanes blended = blender.blend(image, filling, BOTH);
    ImagePlanes poisson = PoissonBlender.create().blend(image, filling, BOTH);
    ImagePlanes byDistance = DistanceBlender.create().blend(image, filling, BOTH);

    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          ImagePlanes expected =
              WIDE.isHole(x, y) ? poisson : THIN.isHole(x, y) ? byDistance : image;
          assertThat(blended.get(c, x, y)).isEqualTo(expected.get(c, x, y));
        }
      }
    }
  }

  @Test
  void blend_toldToEnd_asksNoMore() {
    for (Mask mask : List.of(WIDE, THIN, BOTH)) {
      int[] asked = new int[1];
      ImagePlanes ended = blender.blend(image, filling, mask, () -> ++asked[0] < 2);
      assertThat(asked[0]).isEqualTo(2);
      assertThat(ended.get(0, 0, 0)).isEqualTo(image.get(0, 0, 0));
    }
    assertThat(blender.blend(image, filling, BOTH, () -> true).samples())
        .containsExactly(blender.blend(image, filling, BOTH).samples());
  }

  @Test
  void blend_noHoleOrNothingElse_works() {
    Mask none = Mask.of(SIZE, SIZE, (x, y) -> false);
    Mask all = Mask.of(SIZE, SIZE, (x, y) -> true);

    assertThat(blender.blend(image, filling, none).samples()).containsExactly(image.samples());
    assertThat(blender.blend(image, filling, all).samples())
        .containsExactly(PoissonBlender.create().blend(image, filling, all).samples());
  }
}
