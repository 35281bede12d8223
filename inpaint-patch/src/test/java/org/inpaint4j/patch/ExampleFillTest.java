package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

class ExampleFillTest {

  private static final Size SIZE = new Size(64, 48);
  private static final Mask MASK = Mask.rectangle(64, 48, 24, 16, 16, 12);

  /** Half a grey level of the examples, a gain of 1.25 at most, and rounding. */
  private static final float LEVEL = 0.004f;

  /** Waves of a length of its own for each number, moved. */
  private static ImagePlanes waves(int number, int dx, int dy, boolean mirrored) {
    ImagePlanes image = ImagePlanes.zeros(3, SIZE);
    for (int i = 0; i < image.samples().length; i++) {
      int x = i % SIZE.width();
      int y = i / SIZE.width() % SIZE.height();
      double u = (mirrored ? SIZE.width() - 1 - x : x) - dx;
      double v = y - dy;
      double length = 20 + 7 * number;
      int channel = i / SIZE.pixels();
      image.samples()[i] =
          (float)
              (0.5 + 0.2 * Math.sin(u / length * 6 + channel) * Math.cos(v / length * 5 + u / 17));
    }
    return image;
  }

  private static ImagePlanes coloured(ImagePlanes image, double gain, double offset) {
    ImagePlanes result = image.copy();
    for (int i = 0; i < result.samples().length; i++) {
      result.samples()[i] = (float) (gain * (result.samples()[i] - 0.5) + 0.5 + offset);
    }
    return result;
  }

  private static ImagePlanes hidden(ImagePlanes image) {
    ImagePlanes result = image.copy();
    for (int i = 0; i < result.samples().length; i++) {
      int at = i % SIZE.pixels();
      if (MASK.isHole(at % SIZE.width(), at / SIZE.width())) {
        result.samples()[i] = 0;
      }
    }
    return result;
  }

  private static void checkHole(Filling filling, ImagePlanes truth) {
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < SIZE.height(); y++) {
        for (int x = 0; x < SIZE.width(); x++) {
          if (MASK.isHole(x, y)) {
            assertThat(filling.image().get(c, x, y)).isCloseTo(truth.get(c, x, y), offset(LEVEL));
          }
        }
      }
    }
  }

  private static final ExampleFill FILL =
      ExampleFill.of(List.of(waves(0, 0, 0, false), waves(1, 0, 0, false), waves(2, 0, 0, false)));

  @Test
  void fill_exampleMovedAndRecoloured_isFoundAndPutRight() {
    ImagePlanes truth = coloured(waves(1, 3, -5, false), 1.2, -0.05);

    List<Filling> fillings = FILL.fill(FillTask.of(hidden(truth), MASK));

    assertThat(fillings).hasSize(1);
    assertThat(fillings.get(0).status()).isEqualTo(FillStatus.COMPLETED);
    checkHole(fillings.get(0), truth);
  }

  @Test
  void fill_exampleMirrored_isFound() {
    ImagePlanes truth = waves(2, 0, 0, true);

    checkHole(FILL.fill(FillTask.of(hidden(truth), MASK)).get(0), truth);
  }

  @Test
  void fill_moreCandidatesThanExamples_givesEachExampleOnce() {
    ImagePlanes target = hidden(waves(0, 1, 1, false));
    FillTask task = new FillTask(target, MASK, 0, 5, (step, steps, loss) -> true);

    List<Filling> fillings = FILL.fill(task);

    assertThat(fillings).hasSize(3);
    checkHole(fillings.get(0), waves(0, 1, 1, false));
    assertThat(fillings.get(1).image().samples()).isNotEqualTo(fillings.get(2).image().samples());
  }

  @Test
  void fill_cancelled_givesTheBestSoFar() {
    ImagePlanes truth = waves(0, 0, 0, false);
    FillTask task = FillTask.of(hidden(truth), MASK).listener((step, steps, loss) -> step < 2);

    Filling filling = FILL.fill(task).get(0);

    assertThat(filling.status()).isEqualTo(FillStatus.CANCELLED);
    checkHole(filling, truth);
  }

  @Test
  void fill_whatTheHoleHolds_hasNoInfluence() {
    ImagePlanes truth = waves(1, 2, 2, false);

    float[] one = FILL.fill(FillTask.of(truth, MASK)).get(0).image().samples();
    float[] other = FILL.fill(FillTask.of(hidden(truth), MASK)).get(0).image().samples();

    assertThat(one).isEqualTo(other);
  }

  @Test
  void of_whatDoesNotFit_saysSo() {
    assertThatThrownBy(() -> ExampleFill.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("examples must be given: found none");
    assertThatThrownBy(
            () ->
                ExampleFill.of(
                    List.of(waves(0, 0, 0, false), ImagePlanes.zeros(3, new Size(64, 64)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("examples must be of one shape: expected 3x48x64, found 3x64x64");
    assertThatThrownBy(() -> ExampleFill.of(List.of(ImagePlanes.zeros(3, new Size(64, 8)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("examples must be at least 16 pixels high and wide: found 3x8x64");
    ImagePlanes small = ImagePlanes.zeros(3, new Size(16, 16));
    Mask hole = Mask.rectangle(16, 16, 4, 4, 4, 4);
    assertThatThrownBy(() -> FILL.fill(FillTask.of(small, hole)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("examples must be of the picture's shape: expected 3x16x16, found 3x48x64");
  }

  @Test
  void provenance_isEqualForTheSameExamplesAlone() {
    ImagePlanes one = waves(1, 0, 0, false);
    ImagePlanes other = one.copy();
    other.samples()[5] += 0.1f;
    assertThat(ExampleFill.of(List.of(one, other)).provenance())
        .isEqualTo(ExampleFill.of(List.of(one.copy(), other)).provenance())
        .isNotEqualTo(ExampleFill.of(List.of(one, one)).provenance())
        .isNotEqualTo(ExampleFill.of(List.of(other, one)).provenance());
  }
}
