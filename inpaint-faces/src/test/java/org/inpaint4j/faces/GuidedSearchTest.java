package org.inpaint4j.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidedSearchTest {

  private static final Mask MASK = Mask.rectangle(128, 128, 40, 50, 48, 30);

  private static FillTask task(FillListener listener) {
    ImagePlanes target = ImagePlanes.zeros(3, new Size(128, 128));
    Random random = new Random(3);
    for (int i = 0; i < target.samples().length; i++) {
      int at = i % (128 * 128);
      float sample = random.nextFloat();
      target.samples()[i] = MASK.isHole(at % 128, at / 128) ? 0 : 0.3f + 0.4f * sample;
    }
    return new FillTask(target, MASK, 4, 1, listener);
  }

  @ParameterizedTest
  @ValueSource(strings = {"guidedfaces", "guidedstylefaces"})
  void fill_twice_givesTheSameBytesOfTheCompletionsSize(String name) {
    try (Filler filler = Models.named(name).filler()) {
      Filling one = filler.fill(task(FillListener.NONE)).get(0);
      Filling two = filler.fill(task(FillListener.NONE)).get(0);

      assertThat(one.image().samples()).isEqualTo(two.image().samples());
      assertThat(one.image().size()).isEqualTo(new Size(128, 128));
      assertThat(one.status()).isEqualTo(FillStatus.COMPLETED);
    }
  }

  /** Noise is no face: the search says so, and the guided one passes it on. */
  @Test
  void fill_pictureThatIsNoFace_isWarnedOf() {
    try (Filler guided = FaceModels.guided().filler()) {
      Filling filling = guided.fill(task(FillListener.NONE)).get(0);

      assertThat(filling.warnings())
          .extracting(InpaintWarning::kind)
          .containsExactly(InpaintWarning.Kind.UNEXPLAINED);
    }
  }

  static List<Arguments> guidedAndAlone() {
    return List.of(
        arguments(FaceModels.guided(), FaceModels.faithful()),
        arguments(FaceModels.guidedStyle(), FaceModels.style()));
  }

  @ParameterizedTest
  @MethodSource("guidedAndAlone")
  void fill_guided_isNearerToTheCompletionThanASearchWithoutIt(
      InpaintModel guidedModel, InpaintModel alone) {
    FillTask task = task(FillListener.NONE);
    try (Filler guided = guidedModel.filler();
        Filler completion = FaceModels.believable().filler();
        Filler search = alone.filler()) {
      ImagePlanes guess = completion.fill(task).get(0).image();
      ImagePlanes small = half(task.target());
      Mask mask = Mask.rectangle(64, 64, 20, 25, 24, 15);
      ImagePlanes unguided =
          search.fill(new FillTask(small, mask, 4, 1, FillListener.NONE)).get(0).image();
      ImagePlanes both = guided.fill(task).get(0).image();

      assertThat(distance(half(both), half(guess), mask))
          .isLessThan(distance(unguided, half(guess), mask));
    }
  }

  @Test
  void fill_cancelledAtOnce_isTheCompletion() {
    FillListener never = (step, steps, loss) -> false;
    try (Filler guided = FaceModels.guided().filler();
        Filler completion = FaceModels.believable().filler()) {
      List<? extends Filling> fillings = guided.fill(task(never));

      assertThat(fillings).hasSize(1);
      assertThat(fillings.get(0).status()).isEqualTo(FillStatus.CANCELLED);
      assertThat(fillings.get(0).image().samples())
          .isEqualTo(completion.fill(task(FillListener.NONE)).get(0).image().samples());
    }
  }

  /** A StyleGAN's search begins at the mean style each time: candidates come of the completions. */
  @ParameterizedTest
  @ValueSource(strings = {"guidedfaces", "guidedstylefaces"})
  void fill_threeCandidates_differAndAreReportedAsOneWay(String name) {
    List<Integer> steps = new ArrayList<>();
    FillListener listener =
        (step, of, loss) -> {
          steps.add(step);
          assertThat(of).isEqualTo(1000);
          return true;
        };
    FillTask one = task(listener);
    try (Filler filler = Models.named(name).filler()) {
      List<? extends Filling> three =
          filler.fill(new FillTask(one.target(), one.mask(), one.seed(), 3, listener));

      assertThat(three).hasSize(3);
      assertThat(three.get(0).image().samples()).isNotEqualTo(three.get(1).image().samples());
      assertThat(three.get(1).image().samples()).isNotEqualTo(three.get(2).image().samples());
      assertThat(steps).isSorted().endsWith(1000);
    }
  }

  @Test
  void fill_cancelledInTheSecondCandidate_isTheFirst() {
    FillListener half = (step, of, loss) -> step <= 500;
    FillTask task = task(half);
    try (Filler filler = FaceModels.guided().filler()) {
      List<? extends Filling> found =
          filler.fill(new FillTask(task.target(), task.mask(), task.seed(), 2, half));

      assertThat(found).hasSize(1);
      assertThat(found.get(0).status()).isEqualTo(FillStatus.COMPLETED);
    }
  }

  private static ImagePlanes half(ImagePlanes image) {
    ImagePlanes half = ImagePlanes.zeros(3, new Size(64, 64));
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 64; x++) {
          float sum = 0;
          for (int k = 0; k < 4; k++) {
            sum += image.get(c, 2 * x + k % 2, 2 * y + k / 2);
          }
          half.samples()[(c * 64 + y) * 64 + x] = sum / 4;
        }
      }
    }
    return half;
  }

  private static double distance(ImagePlanes a, ImagePlanes b, Mask mask) {
    double sum = 0;
    for (int i = 0; i < a.samples().length; i++) {
      int at = i % (64 * 64);
      if (mask.isHole(at % 64, at / 64)) {
        sum += Math.abs((double) a.samples()[i] - b.samples()[i]);
      }
    }
    return sum;
  }
}
