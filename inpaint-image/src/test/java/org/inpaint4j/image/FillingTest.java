package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.inpaint4j.image.FillStatus.CANCELLED;
import static org.inpaint4j.image.FillStatus.COMPLETED;
import static org.inpaint4j.image.FillStatus.CONVERGED;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks, fillings, outcomes, and what a filler gets for nothing. */
class FillingTest {

  private static final ImagePlanes IMAGE = ImagePlanes.zeros(1, new Size(3, 2));
  private static final Mask MASK = Mask.rectangle(3, 2, 0, 0, 1, 1);

  /** Fails for seed 2, interrupts its thread for seed 3. */
  private static final class Obstinate implements Filler {
    final List<Long> seen = new ArrayList<>();

    @Override
    public List<Filling> fill(FillTask task) {
      seen.add(task.seed());
      if (task.seed() == 2) {
        throw new IllegalStateException("not this one");
      }
      if (task.seed() == 3) {
        Thread.currentThread().interrupt();
      }
      return List.of(Filling.of(task.target()));
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of();
    }
  }

  private static FillTask task(long seed) {
    return new FillTask(IMAGE, MASK, seed, 1, FillListener.NONE);
  }

  @Test
  void filler_unlessItSaysMore_takesAnythingFromOneThread() {
    Obstinate filler = new Obstinate();
    assertThat(filler.imageShape()).isEmpty();
    assertThat(filler.context()).isEqualTo(Integer.MAX_VALUE);
    assertThat(filler.isThreadSafe()).isFalse();
    filler.close();
    assertThat(filler.fillAll(List.of())).isEmpty();
  }

  @Test
  void fillAll_oneFails_theOthersDoNot() {
    List<FillOutcome> outcomes = new Obstinate().fillAll(List.of(task(1), task(2), task(4)));
    assertThat(outcomes.stream().map(outcome -> outcome.fillings().size()))
        .containsExactly(1, 0, 1);
    assertThat(outcomes.get(0).error()).isEmpty();
    assertThat(outcomes.get(1).error().orElseThrow()).hasMessage("not this one");
    assertThat(outcomes.get(2).fillings().get(0).image()).isSameAs(IMAGE);
  }

  @Test
  void fillAll_interrupted_beginsNoOther() {
    Obstinate filler = new Obstinate();
    List<FillOutcome> outcomes = filler.fillAll(List.of(task(1), task(3), task(4), task(5)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(filler.seen).containsExactly(1L, 3L);
    assertThat(outcomes.stream().map(outcome -> outcome.fillings().size()))
        .containsExactly(1, 1, 0, 0);
    assertThat(outcomes.get(3).error()).isEmpty();
  }

  @Test
  void fillAll_interruptedBefore_fillsTheFirst() {
    Obstinate filler = new Obstinate();
    Thread.currentThread().interrupt();
    List<FillOutcome> outcomes = filler.fillAll(List.of(task(1), task(4)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcomes.stream().map(outcome -> outcome.fillings().size())).containsExactly(1, 0);
  }

  @Test
  void filling_ofAnImage_isCompletedWithoutWarnings() {
    Filling filling = Filling.of(IMAGE);
    assertThat(filling.image()).isSameAs(IMAGE);
    assertThat(filling.status()).isEqualTo(COMPLETED);
    assertThat(filling.warnings()).isEmpty();
    assertThat(Filling.of(IMAGE, CANCELLED).status()).isEqualTo(CANCELLED);
  }

  @Test
  void outcome_isCopied() {
    List<Filling> fillings = new ArrayList<>(List.of(Filling.of(IMAGE)));
    FillOutcome outcome = FillOutcome.of(fillings);
    fillings.clear();
    assertThat(outcome.fillings()).hasSize(1);
  }

  @Test
  void task_ofAnImage_isOneFillingWithSeedZero() {
    FillTask task = FillTask.of(IMAGE, MASK);
    assertThat(task.seed()).isZero();
    assertThat(task.candidates()).isEqualTo(1);
    assertThat(task.listener().onStep(1, 1, 0)).as("goes on").isTrue();
    FillListener other = (step, steps, loss) -> false;
    FillTask heard = new FillTask(IMAGE, MASK, 7, 3, FillListener.NONE).listener(other);
    assertThat(heard).isEqualTo(new FillTask(IMAGE, MASK, 7, 3, other));
  }

  @Test
  void task_thatDoesNotFit_isRefused() {
    for (Size size : List.of(new Size(2, 2), new Size(3, 3))) {
      Mask other = Mask.of(size.width(), size.height(), (x, y) -> x == 0);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FillTask.of(IMAGE, other))
          .withMessage("mask must be as large as the image: expected 3x2, found " + size);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FillTask(IMAGE, MASK, 0, 0, FillListener.NONE))
        .withMessage("candidates must be positive: found 0");
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, COMPLETED, COMPLETED",
    "CONVERGED, CONVERGED, CONVERGED",
    "COMPLETED, CONVERGED, COMPLETED",
    "CONVERGED, COMPLETED, COMPLETED",
    "CANCELLED, CANCELLED, CANCELLED",
    "CANCELLED, CONVERGED, CANCELLED",
    "COMPLETED, CANCELLED, CANCELLED"
  })
  void and_twoStatuses_isThatOfBoth(FillStatus one, FillStatus other, FillStatus both) {
    assertThat(one.and(other)).isEqualTo(both);
    assertThat(CONVERGED.and(CONVERGED)).isEqualTo(CONVERGED);
  }

  @Test
  void warning_needsKindAndMessage() {
    assertThatNullPointerException()
        .isThrownBy(() -> new InpaintWarning(null, "a message"))
        .withMessage("kind");
    assertThatNullPointerException()
        .isThrownBy(() -> new InpaintWarning(InpaintWarning.Kind.NEARLY_EMPTY, null))
        .withMessage("message");
  }

  @Test
  void paste_takesTheFillingInTheHoleAlone() {
    ImagePlanes image = new ImagePlanes(2, new Size(2, 2), new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    ImagePlanes filling =
        new ImagePlanes(2, new Size(2, 2), new float[] {10, 20, 30, 40, 50, 60, 70, 80});
    ImagePlanes pasted =
        Blender.paste().blend(image, filling, Mask.of(2, 2, (x, y) -> x == 1 || x + y == 0));
    assertThat(pasted.samples()).containsExactly(10, 20, 3, 40, 50, 60, 7, 80);
    assertThat(image.samples()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }
}
