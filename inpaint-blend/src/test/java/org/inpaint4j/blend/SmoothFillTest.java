package org.inpaint4j.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Masks;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SmoothFillTest {

  private static final double INVISIBLE = 1e-3 / 255;

  static Stream<Arguments> familiesAndSizes() {
    return Masks.FAMILIES.stream()
        .flatMap(family -> Stream.of(7, 20, 41).map(n -> Arguments.of(family, n)));
  }

  @Test
  void harmonic_rowOfThree_isAStraightLine() {
    ImagePlanes image = new ImagePlanes(1, new Size(5, 1), new float[] {1, 9, 9, 9, 5});

    ImagePlanes result = SmoothFill.HARMONIC.fill(image, Mask.rectangle(5, 1, 1, 0, 3, 1));

    assertThat(result.samples()).containsExactly(new float[] {1, 2, 3, 4, 5}, within(1e-5f));
  }

  @Test
  void biharmonic_parabola_isContinuedWhereTheHarmonicFillIsNot() {
    // A cubic is what bends least between two slopes; x^2 is one.
    float[] samples = new float[16];
    for (int x = 0; x < 16; x++) {
      samples[x] = x * x / 100f;
    }
    ImagePlanes image = new ImagePlanes(1, new Size(16, 1), samples);
    Mask mask = Mask.rectangle(16, 1, 5, 0, 5, 1);

    assertThat(SmoothFill.BIHARMONIC.fill(image, mask).samples())
        .containsExactly(samples, within(1e-5f));
    assertThat(SmoothFill.HARMONIC.fill(image, mask).get(0, 7, 0)).isGreaterThan(0.55f);
  }

  @ParameterizedTest
  @MethodSource("familiesAndSizes")
  void harmonic_anyHole_isInvisiblyCloseToADirectSolve(String family, int n) {
    Mask mask = Masks.of(family, n);
    ImagePlanes image = Images.textured(1, n, n, 1);

    double[] expected =
        DirectSolve.poisson(DirectSolve.channel(image, 0), new double[n * n], mask, false);

    assertThat(DirectSolve.channel(SmoothFill.HARMONIC.fill(image, mask), 0))
        .containsExactly(expected, within(INVISIBLE));
  }

  @ParameterizedTest
  @MethodSource("familiesAndSizes")
  void biharmonic_anyHole_isInvisiblyCloseToADirectSolve(String family, int n) {
    Mask mask = Masks.of(family, n);
    ImagePlanes image = Images.textured(1, n, n, 1);

    double[] expected = DirectSolve.biharmonic(DirectSolve.channel(image, 0), mask);

    assertThat(DirectSolve.channel(SmoothFill.BIHARMONIC.fill(image, mask), 0))
        .containsExactly(expected, within(INVISIBLE));
  }

  @ParameterizedTest
  @EnumSource(SmoothFill.class)
  void fill_knownPixelsAndInput_areUntouchedAndHoleContentHasNoInfluence(SmoothFill fill) {
    int n = 30;
    Mask mask = Masks.of("noise80", n);
    ImagePlanes image = Images.textured(3, n, n, 1);
    ImagePlanes holed = image.copy();
    for (int i = 0; i < holed.samples().length; i++) {
      if (mask.isHole(i % n, i / n % n)) {
        holed.samples()[i] = Float.NaN;
      }
    }
    ImagePlanes before = holed.copy();

    ImagePlanes result = fill.fill(FillTask.of(holed, mask)).get(0).image();

    assertThat(holed.samples()).isEqualTo(before.samples());
    assertThat(result.samples()).isEqualTo(fill.fill(image, mask).samples());
    for (int i = 0; i < holed.samples().length; i++) {
      if (!mask.isHole(i % n, i / n % n)) {
        assertThat(result.samples()[i]).isEqualTo(image.samples()[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SmoothFill.class)
  void fill_listenerCancels_endsAfterOneCycleAChannelWithValuesNearThoseKnown(SmoothFill fill) {
    Mask mask = Mask.rectangle(300, 200, 40, 30, 200, 120);
    FillTask task = FillTask.of(Images.textured(3, 300, 200, 4), mask);
    List<Integer> steps = new ArrayList<>();
    Filling cancelled =
        fill.fill(
                task.listener(
                    (step, all, loss) -> {
                      steps.add(step);
                      return false;
                    }))
            .get(0);
    assertThat(cancelled.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(steps).containsExactly(1);
    for (float sample : cancelled.image().samples()) {
      assertThat(sample).isBetween(-0.1f, 1.1f);
    }
    steps.clear();
    Filling all =
        fill.fill(
                task.listener(
                    (step, of, loss) -> {
                      steps.add(step);
                      return true;
                    }))
            .get(0);
    assertThat(all.status()).isEqualTo(FillStatus.COMPLETED);
    assertThat(steps).startsWith(1, 1, 1, 1).endsWith(2).isSorted();
    assertThat(all.image().samples()).isEqualTo(fill.fill(task.target(), mask).samples());
    assertThat(all.image().samples()).isNotEqualTo(cancelled.image().samples());
  }

  @ParameterizedTest
  @EnumSource(SmoothFill.class)
  void fill_emptyHole_returnsTheImage(SmoothFill fill) {
    ImagePlanes image = Images.textured(3, 8, 6, 1);

    assertThat(fill.fill(image, Mask.of(8, 6, (x, y) -> false)).samples())
        .isEqualTo(image.samples());
  }

  @ParameterizedTest
  @EnumSource(SmoothFill.class)
  void fill_badInput_isRefused(SmoothFill fill) {
    ImagePlanes image = ImagePlanes.zeros(1, new Size(8, 8));
    image.samples()[3 * 8 + 2] = Float.NaN;

    assertThatThrownBy(() -> fill.fill(image, Mask.of(8, 8, (x, y) -> true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a fill must have a known pixel to start from: expected at least 1, found 0 of 64");
    assertThatThrownBy(() -> fill.fill(image, Mask.of(8, 7, (x, y) -> false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the mask must be as large as the image: expected 8x8, found 8x7");
    assertThatThrownBy(() -> fill.fill(image, Mask.rectangle(8, 8, 3, 3, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found NaN at (2, 3), channel 0");
  }

  @Test
  void biharmonic_defaultCycles_areFewForScatteredHoles() {
    Mask mask = Masks.of("noise80", 64);

    BlendResult result =
        SmoothFill.BIHARMONIC.solve(Images.textured(1, 64, 64, 1), mask, PoissonOptions.seamless());

    assertThat(result.converged()).isTrue();
    assertThat(result.cycles()).isLessThan(60);
  }
}
