package org.inpaint4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

class ExplainedTest {

  private static ImagePlanes grays(int... levels) {
    return planes(1, levels);
  }

  /** One row, channel by channel. */
  private static ImagePlanes planes(int channels, int... levels) {
    float[] samples = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      samples[i] = levels[i] / 255f;
    }
    return new ImagePlanes(channels, new Size(levels.length / channels, 1), samples);
  }

  private static ImagePlanes picture(IntBinaryOperator levelOfColumnAndRow) {
    float[] samples = new float[64 * 64];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = levelOfColumnAndRow.applyAsInt(i % 64, i / 64) / 255f;
    }
    return new ImagePlanes(1, new Size(64, 64), samples);
  }

  /** Less their means, 0, 10, 20 and 0, 20, 10 are -10, 0, 10 and -10, 10, 0: 100 of 200. */
  @Test
  void likeness_threeKnownPixels_isTheirCorrelation() {
    Mask mask = Mask.rectangle(4, 1, 3, 0, 1, 1);
    ImagePlanes target = grays(0, 10, 20, 0);
    assertThat(Explained.likeness(target, mask, grays(0, 20, 10, 255)))
        .isCloseTo(0.5, within(1e-7));
    assertThat(Explained.likeness(target, mask, grays(7, 12, 17, 255))).isCloseTo(1, within(1e-7));
    assertThat(Explained.likeness(target, mask, grays(20, 10, 0, 255))).isCloseTo(-1, within(1e-7));
  }

  @Test
  void likeness_pictureWithoutContrast_isAllOrNothing() {
    Mask mask = Mask.rectangle(4, 1, 3, 0, 1, 1);
    assertThat(Explained.likeness(grays(0, 0, 0, 0), mask, grays(0, 20, 10, 0))).isEqualTo(1);
    assertThat(Explained.likeness(grays(0, 20, 10, 0), mask, grays(0, 0, 0, 9))).isZero();
  }

  /** Every colour less its own mean: a tint is no likeness, and no unlikeness. */
  @Test
  void likeness_ofColours_takesEachByItself() {
    Mask mask = Mask.rectangle(3, 1, 2, 0, 1, 1);
    ImagePlanes target = planes(3, 0, 10, 0, 0, 20, 0, 0, 10, 0);
    ImagePlanes found = planes(3, 255, 255, 0, 0, 20, 0, 0, 10, 0);
    // Red has no contrast in what was found: (20 20 + 10 10) / sqrt((10 10 + 20 20 + 10 10) 500).
    assertThat(Explained.likeness(target, mask, found))
        .isCloseTo(500 / Math.sqrt(600.0 * 500), within(1e-7));
  }

  private static final Mask MASK = Mask.rectangle(64, 64, 20, 20, 10, 10);

  private static List<Float> weights(float known, float hole) {
    Float[] weights = new Float[64 * 64];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = MASK.isHole(i % 64, i / 64) ? hole : known;
    }
    return Arrays.asList(weights);
  }

  private static List<InpaintWarning> warnings(
      ImagePlanes target, ImagePlanes found, List<Float> weights) {
    return Explained.warnings(FillTask.of(target, MASK), found, weights);
  }

  @Test
  void warnings_unlikeImage_isUnexplainedWithTheFigure() {
    ImagePlanes target = picture((x, y) -> 3 * x);
    ImagePlanes across = picture((x, y) -> 3 * y);
    for (List<Float> weights : List.of(List.<Float>of(), weights(0, 0))) {
      List<InpaintWarning> warnings = warnings(target, across, weights);
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0).kind()).isEqualTo(InpaintWarning.Kind.UNEXPLAINED);
      // Columns and rows are uncorrelated but for the hole, which is off the centre.
      assertThat(warnings.get(0).message())
          .contains("could not explain", "correlation of -0.0", "(less than 0.20)");
      assertThat(warnings(target, target, weights)).isEmpty();
    }
  }

  @Test
  void warnings_halfLikeImage_isUnexplainedWhereTheLossWeighsAllKnownPixels() {
    ImagePlanes target = picture((x, y) -> 3 * x);
    ImagePlanes between = picture((x, y) -> x + y);
    // Columns against columns and rows: a correlation of about 0.7.
    assertThat(warnings(target, between, List.of())).isEmpty();
    assertThat(warnings(target, between, weights(0, 1))).isEmpty();
    List<Float> allButOne = weights(1, 1);
    allButOne.set(63, 0f);
    assertThat(warnings(target, between, allButOne)).isEmpty();
    // What the hole weighs does not matter.
    for (float hole : new float[] {0, 1}) {
      List<InpaintWarning> warnings = warnings(target, between, weights(0.01f, hole));
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0).kind()).isEqualTo(InpaintWarning.Kind.UNEXPLAINED);
      assertThat(warnings.get(0).message()).contains("(less than 0.75)");
      assertThat(warnings(target, target, weights(0.01f, hole))).isEmpty();
    }
  }
}
