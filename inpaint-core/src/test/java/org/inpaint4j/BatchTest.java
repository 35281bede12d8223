package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.inpaint4j.Pictures.noise;
import static org.inpaint4j.Pictures.pixels;
import static org.inpaint4j.Pictures.union;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.search.TinyNetworks;
import org.junit.jupiter.api.Test;

/** Requests of one call: each has its own seed, progress, end, and error. */
class BatchTest {

  private static final SearchOptions SHORT =
      SearchOptions.paperDcgan().toBuilder()
          .steps(12)
          .restarts(2)
          .optimizer(Optimizer.adam(0.05))
          .batchSize(4)
          .build();

  private static final Mask MASK = Mask.rectangle(24, 20, 6, 4, 7, 8);

  private static BufferedImage image(int number) {
    return noise(24, 20, BufferedImage.TYPE_INT_RGB, number);
  }

  private static InpaintRequest request(int number) {
    return InpaintRequest.of(image(number), MASK).seed(number);
  }

  private static Inpainter inpainter() {
    return TinyNetworks.inpainter(SHORT).build();
  }

  private static InpaintResult alone(InpaintRequest request) {
    try (Inpainter inpainter = inpainter()) {
      return inpainter.inpaint(request);
    }
  }

  private static void assertSame(InpaintResult actual, InpaintResult expected) {
    assertThat(pixels(actual.image())).isEqualTo(pixels(expected.image()));
    assertThat(actual.status()).isEqualTo(expected.status());
    assertThat(actual.search().latent()).isEqualTo(expected.search().latent());
    assertThat(actual.search().trace()).isEqualTo(expected.search().trace());
  }

  @Test
  void inpaintAll_noRequest_isNothing() {
    try (Inpainter inpainter = inpainter()) {
      assertThat(inpainter.inpaintAll(List.of())).isEmpty();
    }
  }

  @Test
  void inpaintAll_impossibleMasks_failAloneAndTheOthersAreAsAlone() {
    InpaintRequest allHole = InpaintRequest.of(image(1), Mask.of(24, 20, (x, y) -> true));
    InpaintRequest outside = InpaintRequest.of(image(2), Mask.rectangle(24, 20, 0, 3, 5, 6));
    InpaintRequest empty = InpaintRequest.of(image(3), Mask.of(24, 20, (x, y) -> false));
    // Square and hole are the same pixels: the model would be shown nothing.
    InpaintRequest blind =
        InpaintRequest.of(image(4), Mask.rectangle(24, 20, 4, 4, 8, 8))
            .framing(Framing.square(new Square(4, 4, 8)));
    List<InpaintOutcome> outcomes;
    try (Inpainter inpainter = inpainter()) {
      outcomes =
          inpainter.inpaintAll(List.of(request(5), allHole, request(6), outside, empty, blind));
    }
    assertSame(outcomes.get(0).orElseThrow(), alone(request(5)));
    assertSame(outcomes.get(2).orElseThrow(), alone(request(6)));
    assertThat(outcomes.get(4).orElseThrow().status()).isEqualTo(FillStatus.NOTHING_TO_FILL);
    for (int failed : new int[] {1, 3, 5}) {
      assertThat(outcomes.get(failed).result()).isEmpty();
      assertThat(outcomes.get(failed).error()).isPresent();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(outcomes.get(1)::orElseThrow)
        .withMessage(
            "a mask must leave at least one pixel known: found a hole of all 24x20 pixels");
    assertThatExceptionOfType(HoleOutsideSquareException.class)
        .isThrownBy(outcomes.get(3)::orElseThrow)
        .satisfies(
            error -> {
              assertThat(error.hole()).isEqualTo(new Bounds(0, 3, 5, 6));
              assertThat(error.squares()).containsExactly(new Square(2, 0, 20));
            });
    assertThatIllegalArgumentException()
        .isThrownBy(outcomes.get(5)::orElseThrow)
        .withMessage(
            "the square that is shown to the model must hold known pixels: found none in 8x8 at"
                + " (4, 4)");
    assertThat(outcomes.get(3)).hasToString(outcomes.get(3).error().orElseThrow().toString());
    assertThat(outcomes.get(0)).hasToString("COMPLETED of " + MASK);
  }

  @Test
  void inpaintAll_seedsOfTheRequests_giveWhatTheyGiveAlone() {
    InpaintRequest same = request(1);
    List<InpaintRequest> requests = List.of(same, same.seed(2), same.seed(3), same);
    List<InpaintOutcome> outcomes;
    try (Inpainter inpainter = inpainter()) {
      outcomes = inpainter.inpaintAll(requests);
    }
    for (int i = 0; i < requests.size(); i++) {
      assertSame(outcomes.get(i).orElseThrow(), alone(requests.get(i)));
      assertThat(outcomes.get(i).orElseThrow().provenance().seed()).isEqualTo(i < 3 ? i + 1 : 1);
    }
    assertThat(outcomes.get(1).orElseThrow().search().latent())
        .isNotEqualTo(outcomes.get(0).orElseThrow().search().latent());
  }

  /** The starts of two images share each batch of four. */
  @Test
  void inpaintAll_oneIsCancelled_theOthersAreUntouched() {
    List<Integer> told = new ArrayList<>();
    InpaintRequest cancelled =
        request(2)
            .onProgress(
                progress -> {
                  told.add(progress.step());
                  if (progress.step() == 3) {
                    progress.cancel();
                  }
                });
    boolean[] enough = new boolean[1];
    InpaintRequest byCondition =
        request(3)
            .onProgress(progress -> enough[0] = progress.step() == 5)
            .cancelWhen(() -> enough[0]);
    List<InpaintOutcome> outcomes;
    try (Inpainter inpainter = inpainter()) {
      outcomes = inpainter.inpaintAll(List.of(request(1), cancelled, byCondition, request(4)));
    }
    assertSame(outcomes.get(0).orElseThrow(), alone(request(1)));
    assertSame(outcomes.get(3).orElseThrow(), alone(request(4)));
    assertThat(told).containsExactly(1, 2, 3);
    InpaintResult stopped = outcomes.get(1).orElseThrow();
    assertThat(stopped.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(stopped.search().trace().steps()).isEqualTo(3);
    assertSame(stopped, alone(cancelled));
    InpaintResult other = outcomes.get(2).orElseThrow();
    assertThat(other.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(other.search().trace().steps()).isEqualTo(5);
  }

  @Test
  void cancelWhen_calledTwice_bothCount() {
    for (boolean first : new boolean[] {true, false}) {
      InpaintRequest request = request(1).cancelWhen(() -> first).cancelWhen(() -> !first);
      assertThat(alone(request).search().trace().steps()).isEqualTo(1);
    }
    InpaintRequest never = request(1).cancelWhen(() -> false).cancelWhen(() -> false);
    assertSame(alone(never), alone(request(1)));
  }

  @Test
  void inpaintAll_candidatesPerRequest_areAsAlone() {
    List<InpaintRequest> requests = List.of(request(1), request(2).candidates(3), request(3));
    try (Inpainter inpainter = inpainter()) {
      List<InpaintOutcome> outcomes = inpainter.inpaintAll(requests);
      for (int i = 0; i < 3; i++) {
        List<InpaintResult> actual = outcomes.get(i).orElseThrow().candidates();
        List<InpaintResult> expected = alone(requests.get(i)).candidates();
        assertThat(actual).hasSize(i == 1 ? 3 : 1).hasSameSizeAs(expected);
        for (int k = 0; k < actual.size(); k++) {
          assertSame(actual.get(k), expected.get(k));
        }
      }
    }
  }

  @Test
  void inpaintAll_listenerOrConditionThatThrows_failsItsRequestAlone() {
    InpaintRequest throwing =
        request(2)
            .onProgress(
                progress -> {
                  throw new UnsupportedOperationException("by the listener");
                });
    InpaintRequest asking =
        request(3)
            .cancelWhen(
                () -> {
                  throw new UnsupportedOperationException("by the condition");
                });
    try (Inpainter inpainter = inpainter()) {
      List<InpaintOutcome> outcomes =
          inpainter.inpaintAll(List.of(request(1), throwing, asking, request(4)));
      assertSame(outcomes.get(0).orElseThrow(), alone(request(1)));
      assertSame(outcomes.get(3).orElseThrow(), alone(request(4)));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(outcomes.get(1)::orElseThrow)
          .withMessage("by the listener");
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(outcomes.get(2)::orElseThrow)
          .withMessage("by the condition");
    }
  }

  /** Two squares of one photo are told as one progress. */
  @Test
  void progress_ofTwoSquares_countsTheStepsOfBoth() {
    Mask mask =
        union(Mask.rectangle(120, 40, 10, 10, 8, 6), Mask.rectangle(120, 40, 90, 20, 12, 12));
    List<List<Integer>> told = new ArrayList<>();
    InpaintRequest request =
        InpaintRequest.of(noise(120, 40, BufferedImage.TYPE_INT_RGB, 1), mask)
            .framing(Framing.aroundHole(0.5))
            .onProgress(progress -> told.add(List.of(progress.step(), progress.steps())));
    SearchOptions options = SHORT.toBuilder().steps(3).restarts(1).batchSize(1).build();
    try (Inpainter inpainter = TinyNetworks.inpainter(options).build()) {
      inpainter.inpaint(request);
    }
    assertThat(told)
        .containsExactly(
            List.of(1, 6),
            List.of(2, 6),
            List.of(3, 6),
            List.of(4, 6),
            List.of(5, 6),
            List.of(6, 6));
  }

  /** A framing may look for faces in each photo, which takes its time. */
  @Test
  void inpaintAll_interruptedWhileItPlans_plansNoOther() {
    List<Integer> planned = new ArrayList<>();
    List<InpaintRequest> requests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      requests.add(
          request(i)
              .framing(
                  (photo, mask, model) -> {
                    planned.add(number);
                    if (number == 1) {
                      Thread.currentThread().interrupt();
                    }
                    return List.of(new Square(2, 0, 20));
                  }));
    }
    List<InpaintOutcome> outcomes;
    try (Inpainter inpainter = inpainter()) {
      outcomes = inpainter.inpaintAll(requests);
    }
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(planned).containsExactly(0, 1);
    assertThat(outcomes.get(0).orElseThrow().status()).isEqualTo(FillStatus.CANCELLED);
    for (InpaintOutcome outcome : outcomes.subList(1, 4)) {
      assertThat(outcome).hasToString("cancelled before it was begun");
    }
  }
}
