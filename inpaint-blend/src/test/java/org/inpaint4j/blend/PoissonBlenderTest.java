package org.inpaint4j.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Masks;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonBlenderTest {

  /** A thousandth of a grey level of 255. */
  private static final double INVISIBLE = 1e-3 / 255;

  static Stream<Arguments> familiesAndSizes() {
    return Masks.FAMILIES.stream()
        .flatMap(family -> Stream.of(7, 16, 33, 64).map(n -> Arguments.of(family, n)));
  }

  @Test
  void blend_onePixel_isTheMeanOfItsNeighboursPlusTheFillingsExcess() {
    // image .1 .2 .3     filling 0 .5 0
    //       .4  ?  .6            .5  1 .5
    //       .7 .8 .9             0 .5 0
    ImagePlanes image =
        new ImagePlanes(1, new Size(3, 3), new float[] {.1f, .2f, .3f, .4f, 9, .6f, .7f, .8f, .9f});
    ImagePlanes filling =
        new ImagePlanes(1, new Size(3, 3), new float[] {0, .5f, 0, .5f, 1, .5f, 0, .5f, 0});

    ImagePlanes result =
        PoissonBlender.create().blend(image, filling, Mask.rectangle(3, 3, 1, 1, 1, 1));

    // 4 u = (.2 + .4 + .6 + .8) + 4 * .5
    assertThat(result.get(0, 1, 1)).isEqualTo(1.0f, within(1e-6f));
  }

  @Test
  void blend_rowOfThreePixels_followsTheGradientAndSpreadsTheRest() {
    // 1x5 image 0 ? ? ? 8, filling 0 1 3 6 10 whose end is 2 too high: -0.5 a step.
    ImagePlanes image = new ImagePlanes(1, new Size(5, 1), new float[] {0, 0, 0, 0, 8});
    ImagePlanes filling = new ImagePlanes(1, new Size(5, 1), new float[] {0, 1, 3, 6, 10});

    ImagePlanes result =
        PoissonBlender.create().blend(image, filling, Mask.rectangle(5, 1, 1, 0, 3, 1));

    assertThat(result.samples()).containsExactly(new float[] {0, .5f, 2, 4.5f, 8}, within(1e-5f));
  }

  @Test
  void blend_holeAtTheBorder_hasNoFlowAcrossIt() {
    // Only the left column is known: nothing pulls the rest away from it.
    ImagePlanes image = new ImagePlanes(1, new Size(4, 2), new float[] {5, 0, 0, 0, 5, 0, 0, 0});
    ImagePlanes filling = ImagePlanes.zeros(1, new Size(4, 2));

    ImagePlanes result =
        PoissonBlender.create().blend(image, filling, Mask.rectangle(4, 2, 1, 0, 3, 2));

    assertThat(result.samples()).containsOnly(new float[] {5}, within(1e-5f));
  }

  @ParameterizedTest
  @MethodSource("familiesAndSizes")
  void blend_defaultTolerance_isInvisiblyCloseToADirectSolve(String family, int n) {
    Mask mask = Masks.of(family, n);
    ImagePlanes image = Images.textured(3, n, n, 1);
    ImagePlanes filling = Images.textured(3, n, n, 2);

    ImagePlanes result = PoissonBlender.create().blend(image, filling, mask);

    for (int c = 0; c < 3; c++) {
      double[] expected =
          DirectSolve.poisson(
              DirectSolve.channel(image, c), DirectSolve.channel(filling, c), mask, false);
      assertThat(DirectSolve.channel(result, c)).containsExactly(expected, within(INVISIBLE));
    }
  }

  @ParameterizedTest
  @MethodSource("familiesAndSizes")
  void blend_mixedGradients_isInvisiblyCloseToADirectSolve(String family, int n) {
    Mask mask = Masks.of(family, n);
    ImagePlanes image = Images.textured(1, n, n, 1);
    ImagePlanes filling = Images.textured(1, n, n, 2);

    ImagePlanes result = PoissonBlender.of(PoissonOptions.mixed()).blend(image, filling, mask);

    double[] expected =
        DirectSolve.poisson(
            DirectSolve.channel(image, 0), DirectSolve.channel(filling, 0), mask, true);
    assertThat(DirectSolve.channel(result, 0)).containsExactly(expected, within(INVISIBLE));
  }

  @Test
  void blend_monochrome_takesTheShapesAndNoColour() {
    int n = 24;
    Mask mask = Masks.of("disc", n);
    ImagePlanes image = Images.textured(3, n, n, 1);
    ImagePlanes filling = Images.textured(3, n, n, 2);
    double[] grey = new double[n * n];
    for (int i = 0; i < grey.length; i++) {
      grey[i] =
          0.299 * filling.samples()[i]
              + 0.587 * filling.samples()[n * n + i]
              + 0.114 * filling.samples()[2 * n * n + i];
    }

    ImagePlanes result = PoissonBlender.of(PoissonOptions.monochrome()).blend(image, filling, mask);

    for (int c = 0; c < 3; c++) {
      double[] expected = DirectSolve.poisson(DirectSolve.channel(image, c), grey, mask, false);
      assertThat(DirectSolve.channel(result, c)).containsExactly(expected, within(INVISIBLE));
    }
  }

  @Test
  void blend_noGuidance_isTheHarmonicFillAndIgnoresTheFilling() {
    int n = 24;
    Mask mask = Masks.of("islands", n);
    ImagePlanes image = Images.textured(1, n, n, 1);
    ImagePlanes filling = ImagePlanes.zeros(1, new Size(n, n));
    filling.samples()[n * n / 2] = Float.NaN;

    ImagePlanes result =
        PoissonBlender.of(PoissonOptions.seamless().toBuilder().guidance(Guidance.NONE).build())
            .blend(image, filling, mask);

    double[] expected =
        DirectSolve.poisson(DirectSolve.channel(image, 0), new double[n * n], mask, false);
    assertThat(DirectSolve.channel(result, 0)).containsExactly(expected, within(INVISIBLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"disc", "noise80", "allButOne"})
  void blend_knownPixels_areBitIdenticalAndInputsUntouched(String family) {
    int n = 40;
    Mask mask = Masks.of(family, n);
    ImagePlanes image = Images.textured(4, n, n, 1);
    ImagePlanes filling = Images.textured(4, n, n, 2);
    ImagePlanes imageBefore = image.copy();
    ImagePlanes fillingBefore = filling.copy();

    ImagePlanes result = PoissonBlender.create().blend(image, filling, mask);

    assertThat(image.samples()).isEqualTo(imageBefore.samples());
    assertThat(filling.samples()).isEqualTo(fillingBefore.samples());
    for (int c = 0; c < 4; c++) {
      for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++) {
          if (!mask.isHole(x, y)) {
            assertThat(result.get(c, x, y)).isEqualTo(image.get(c, x, y));
          }
        }
      }
    }
  }

  @Test
  void blend_holeContent_hasNoInfluence() {
    int n = 32;
    Mask mask = Masks.of("strokes", n);
    ImagePlanes image = Images.textured(3, n, n, 1);
    ImagePlanes filling = Images.textured(3, n, n, 2);
    ImagePlanes other = image.copy();
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++) {
          if (mask.isHole(x, y)) {
            other.samples()[(c * n + y) * n + x] = Float.NaN;
          }
        }
      }
    }

    PoissonBlender blender = PoissonBlender.create();

    assertThat(blender.blend(other, filling, mask).samples())
        .isEqualTo(blender.blend(image, filling, mask).samples());
  }

  @ParameterizedTest
  @ValueSource(strings = {"disc", "strokes", "noise80", "border"})
  void blend_anyNumberOfThreads_givesTheSameBytes(String family) {
    int n = 400;
    Mask mask = Masks.of(family, n);
    ImagePlanes image = Images.textured(2, n, n, 1);
    ImagePlanes filling = Images.textured(2, n, n, 2);
    float[] one = blendWith(1, image, filling, mask);

    assertThat(blendWith(2, image, filling, mask)).isEqualTo(one);
    assertThat(blendWith(5, image, filling, mask)).isEqualTo(one);
  }

  private static float[] blendWith(int threads, ImagePlanes image, ImagePlanes filling, Mask mask) {
    return PoissonBlender.of(PoissonOptions.seamless().toBuilder().threads(threads).build())
        .blend(image, filling, mask)
        .samples();
  }

  @Test
  void blend_emptyHole_returnsTheImage() {
    ImagePlanes image = Images.textured(3, 8, 6, 1);

    BlendResult result =
        PoissonBlender.create()
            .solve(image, Images.textured(3, 8, 6, 2), Mask.of(8, 6, (x, y) -> false));

    assertThat(result.image().samples()).isEqualTo(image.samples()).isNotSameAs(image.samples());
    assertThat(result.cycles()).isZero();
    assertThat(result.converged()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 30})
  void blend_everythingMissing_keepsTheFillingsMean(int n) {
    ImagePlanes image = Images.textured(1, n, n, 1);
    ImagePlanes filling = Images.textured(1, n, n, 2);
    Mask everything = Mask.of(n, n, (x, y) -> true);

    ImagePlanes imported = PoissonBlender.create().blend(image, filling, everything);
    ImagePlanes mixed = PoissonBlender.of(PoissonOptions.mixed()).blend(image, filling, everything);

    assertThat(DirectSolve.channel(imported, 0))
        .containsExactly(DirectSolve.channel(filling, 0), within(INVISIBLE));
    assertThat(mean(mixed)).isEqualTo(mean(filling), within(INVISIBLE));
  }

  private static double mean(ImagePlanes image) {
    double sum = 0;
    for (float value : image.samples()) {
      sum += value;
    }
    return sum / image.samples().length;
  }

  @Test
  void solve_disc_reportsItsFigures() {
    Mask mask = Masks.of("disc", 64);

    BlendResult result =
        PoissonBlender.create()
            .solve(Images.textured(3, 64, 64, 1), Images.textured(3, 64, 64, 2), mask);

    assertThat(result.converged()).isTrue();
    assertThat(result.cycles()).isBetween(2, 10);
    assertThat(result.correction()).isBetween(1e-12, 1e-6);
    assertThat(result.relativeResidual()).isBetween(1e-12, 1e-4);
    assertThat(result.time()).isPositive();
  }

  @Test
  void solve_tooFewCycles_saysSo() {
    Mask mask = Masks.of("disc", 64);

    BlendResult result =
        PoissonBlender.of(PoissonOptions.seamless().toBuilder().maximumCycles(1).build())
            .solve(Images.textured(1, 64, 64, 1), Images.textured(1, 64, 64, 2), mask);

    assertThat(result.converged()).isFalse();
    assertThat(result.cycles()).isEqualTo(1);
  }

  @Test
  void blend_sizesThatDiffer_areRefused() {
    ImagePlanes image = ImagePlanes.zeros(3, new Size(5, 4));
    PoissonBlender blender = PoissonBlender.create();

    assertThatThrownBy(
            () ->
                blender.blend(
                    image, ImagePlanes.zeros(3, new Size(4, 5)), Mask.of(5, 4, (x, y) -> true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the filling must have the shape of the image: expected 3x4x5 image, found 3x5x4 image");
    assertThatThrownBy(() -> blender.blend(image, image, Mask.of(4, 5, (x, y) -> true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the mask must be as large as the image: expected 5x4, found 4x5");
  }

  @Test
  void blend_valuesThatAreNotFinite_areRefusedWhereTheyAreUsed() {
    Mask mask = Mask.rectangle(8, 8, 3, 3, 2, 2);
    PoissonBlender blender = PoissonBlender.create();
    ImagePlanes fine = ImagePlanes.zeros(1, new Size(8, 8));
    ImagePlanes image = ImagePlanes.zeros(1, new Size(8, 8));
    image.samples()[3 * 8 + 2] = Float.NaN;
    ImagePlanes filling = ImagePlanes.zeros(1, new Size(8, 8));
    filling.samples()[4 * 8 + 4] = Float.POSITIVE_INFINITY;
    ImagePlanes elsewhere = ImagePlanes.zeros(1, new Size(8, 8));
    elsewhere.samples()[0] = Float.NaN;

    assertThatThrownBy(() -> blender.blend(image, fine, mask))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a sample of the image that is used must be finite: "
                + "expected a number, found NaN at (2, 3), channel 0");
    assertThatThrownBy(() -> blender.blend(fine, filling, mask))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found Infinity at (4, 4), channel 0");
    assertThat(blender.blend(elsewhere, elsewhere, mask).get(0, 0, 0)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 280})
  void blend_valueNotFiniteInTheRowsOfAnyThread_isRefused(int row) {
    ImagePlanes image = ImagePlanes.zeros(1, new Size(300, 300));
    ImagePlanes filling = ImagePlanes.zeros(1, new Size(300, 300));
    filling.samples()[row * 300 + 150] = Float.NaN;
    PoissonBlender blender =
        PoissonBlender.of(PoissonOptions.seamless().toBuilder().threads(2).build());

    assertThatThrownBy(
            () -> blender.blend(image, filling, Mask.rectangle(300, 300, 5, 5, 290, 290)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found NaN at (150, " + row + "), channel 0");
  }

  @Test
  void blend_toldToEnd_isNearTheBlendAfterOneCycle() {
    ImagePlanes image = Images.textured(3, 200, 160, 1);
    ImagePlanes filling = Images.textured(3, 200, 160, 2);
    Mask mask = Mask.rectangle(200, 160, 30, 20, 130, 110);
    Blender blender = PoissonBlender.of(PoissonOptions.seamless());
    int[] asked = {0};
    ImagePlanes all = blender.blend(image, filling, mask);
    assertThat(blender.blend(image, filling, mask, () -> ++asked[0] > 0).samples())
        .isEqualTo(all.samples());
    assertThat(asked[0]).isPositive();
    ImagePlanes ended = blender.blend(image, filling, mask, () -> false);
    assertThat(ended.samples()).isNotEqualTo(all.samples());
    for (int i = 0; i < all.samples().length; i++) {
      assertThat(ended.samples()[i]).isCloseTo(all.samples()[i], within(0.2f));
    }
  }
}
