package org.inpaint4j.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Masks;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistanceBlenderTest {

  private static final int SIZE = 41;
  private static final double INVISIBLE = 2e-3 / 255;

  static Stream<String> families() {
    return Masks.FAMILIES.stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void blend_anyHole_isInvisiblyCloseToDirectSolves(String family) {
    Mask mask = Masks.of(family, SIZE);
    ImagePlanes image = Images.textured(1, SIZE, SIZE, 1);
    ImagePlanes filling = Images.textured(1, SIZE, SIZE, 2);

    assertThat(DirectSolve.channel(DistanceBlender.create().blend(image, filling, mask), 0))
        .containsExactly(expected(image, filling, mask), within(INVISIBLE));
  }

  /** The class comment's definition, with every distance measured to every known pixel. */
  private static double[] expected(ImagePlanes image, ImagePlanes filling, Mask mask) {
    double[] y = DirectSolve.channel(image, 0);
    double[] g = DirectSolve.channel(filling, 0);
    double[] distance = distances(mask);
    double[] far =
        DirectSolve.poisson(y, Arrays.stream(g).map(v -> 0.85 * v).toArray(), mask, false);
    double[] rest = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      rest[i] = far[i] - 0.4 * g[i];
    }
    Mask band = Mask.of(SIZE, SIZE, (x, v) -> mask.isHole(x, v) && distance[v * SIZE + x] <= 6);
    double[] plate = DirectSolve.biharmonic(rest, band);
    double[] expected = y.clone();
    for (int i = 0; i < y.length; i++) {
      if (mask.isHole(i % SIZE, i / SIZE)) {
        double t = Math.max(0, Math.min(1, (distance[i] - 1) / 4));
        double share = t * t * (3 - 2 * t);
        expected[i] = (1 - share) * (plate[i] + 0.4 * g[i]) + share * far[i];
      }
    }
    return expected;
  }

  private static int row(int pixel) {
    return pixel / SIZE;
  }

  private static double[] distances(Mask mask) {
    double[] distances = new double[SIZE * SIZE];
    for (int i = 0; i < distances.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < distances.length; k++) {
        if (!mask.isHole(k % SIZE, k / SIZE)) {
          least = Math.min(least, Math.hypot(i % SIZE - k % SIZE, row(i) - row(k)));
        }
      }
      distances[i] = least;
    }
    return distances;
  }

  @Test
  void blend_rampAcrossAStroke_isContinuedWhateverTheFilling() {
    // What bends least through a plane is the plane; only the filling's share is foreign to it.
    ImagePlanes image = ImagePlanes.zeros(1, new Size(20, 20));
    for (int i = 0; i < 400; i++) {
      image.samples()[i] = 0.2f + 0.02f * (i % 20) + 0.01f * Math.floorDiv(i, 20);
    }
    Mask stroke = Mask.rectangle(20, 20, 9, 4, 2, 12);

    ImagePlanes result =
        DistanceBlender.create().blend(image, ImagePlanes.zeros(1, new Size(20, 20)), stroke);

    assertThat(result.samples()).containsExactly(image.samples(), within(1e-5f));
  }

  @Test
  void blend_knownPixelsAndInputs_areUntouchedAndHoleContentHasNoInfluence() {
    Mask mask = Masks.of("strokes", SIZE);
    ImagePlanes image = Images.textured(3, SIZE, SIZE, 1);
    ImagePlanes filling = Images.textured(3, SIZE, SIZE, 2);
    ImagePlanes holed = image.copy();
    for (int i = 0; i < holed.samples().length; i++) {
      if (mask.isHole(i % SIZE, i / SIZE % SIZE)) {
        holed.samples()[i] = Float.NaN;
      }
    }
    ImagePlanes before = holed.copy();
    ImagePlanes fillingBefore = filling.copy();

    ImagePlanes result = DistanceBlender.create().blend(holed, filling, mask);

    assertThat(holed.samples()).isEqualTo(before.samples());
    assertThat(filling.samples()).isEqualTo(fillingBefore.samples());
    assertThat(result.samples())
        .isEqualTo(DistanceBlender.create().blend(image, filling, mask).samples());
    for (int i = 0; i < holed.samples().length; i++) {
      if (!mask.isHole(i % SIZE, i / SIZE % SIZE)) {
        assertThat(result.samples()[i]).isEqualTo(image.samples()[i]);
      }
    }
  }

  @Test
  void blend_nothingMissingOrEverything_isThePoissonBlend() {
    ImagePlanes image = Images.textured(3, 8, 6, 1);
    ImagePlanes filling = Images.textured(3, 8, 6, 2);

    assertThat(
            DistanceBlender.create()
                .blend(image, filling, Mask.of(8, 6, (x, y) -> false))
                .samples())
        .isEqualTo(image.samples());
    ImagePlanes all = DistanceBlender.create().blend(image, filling, Mask.of(8, 6, (x, y) -> true));
    for (int i = 0; i < all.samples().length; i++) {
      assertThat(all.samples()[i]).isCloseTo(0.85f * filling.samples()[i], within(1e-4f));
    }
  }

  @Test
  void blend_toldToEnd_asksNoMoreAndReturnsWhatIsFound() {
    Mask mask = Masks.of("strokes", SIZE);
    ImagePlanes image = Images.textured(3, SIZE, SIZE, 1);
    ImagePlanes filling = Images.textured(3, SIZE, SIZE, 2);
    int[] all = new int[1];
    ImagePlanes whole = DistanceBlender.create().blend(image, filling, mask, () -> ++all[0] > 0);
    assertThat(whole.samples())
        .isEqualTo(DistanceBlender.create().blend(image, filling, mask).samples());
    // In the first solve, and in the second.
    for (int last : new int[] {1, all[0]}) {
      int[] asked = new int[1];
      ImagePlanes ended =
          DistanceBlender.create().blend(image, filling, mask, () -> ++asked[0] < last);
      assertThat(asked[0]).isEqualTo(last);
      for (int i = 0; i < image.samples().length; i++) {
        boolean missing = mask.isHole(i % SIZE, i / SIZE % SIZE);
        float known = image.samples()[i];
        assertThat(ended.samples()[i]).isBetween(missing ? -1 : known, missing ? 2 : known);
      }
    }
  }

  @Test
  void blend_badInput_isRefused() {
    ImagePlanes image = ImagePlanes.zeros(1, new Size(8, 8));

    assertThatThrownBy(
            () -> DistanceBlender.create().blend(image, image, Mask.of(8, 7, (x, y) -> false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the mask must be as large as the image: expected 8x8, found 8x7");
    assertThatThrownBy(
            () ->
                DistanceBlender.create()
                    .blend(
                        image,
                        ImagePlanes.zeros(3, new Size(8, 8)),
                        Mask.rectangle(8, 8, 3, 3, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the filling must have the shape of the image");
  }
}
