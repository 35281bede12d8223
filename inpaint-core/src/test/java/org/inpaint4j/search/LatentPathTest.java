package org.inpaint4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.inpaint4j.InpaintOutcome;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentStep;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.Test;

/** Where a search begins, and who is shown its way. */
class LatentPathTest {

  private static final SearchOptions FIVE =
      SearchOptions.paperDcgan().toBuilder().steps(5).optimizer(Optimizer.adam(0.05)).build();

  private static InpaintRequest request() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(4);
    for (int k = 0; k < 256; k++) {
      image.setRGB(k % 16, k / 16, random.nextInt());
    }
    return InpaintRequest.of(image, Mask.rectangle(16, 16, 4, 5, 6, 6)).seed(3);
  }

  private static List<LatentStep> steps(SearchOptions options, InpaintRequest request) {
    List<LatentStep> steps = new ArrayList<>();
    try (Inpainter inpainter = TinyNetworks.inpainter(options).build()) {
      InpaintResult result = inpainter.inpaint(request.onLatent(steps::add));
      assertThat(steps).extracting(LatentStep::latent).contains(result.search().latent());
    }
    return steps;
  }

  @Test
  void onLatent_oneStart_isShownEveryStepFromTheDraw() {
    List<LatentStep> steps = steps(FIVE, request());

    assertThat(steps).extracting(LatentStep::step).containsExactly(0, 1, 2, 3, 4);
    assertThat(steps).allMatch(step -> step.part() == 0 && step.start() == 0);
    assertThat(steps.get(0).latent()).isEqualTo(TinyTasks.draw(3, 0));
    // Adam's first step is as long as the learning rate in each coordinate.
    for (int i = 0; i < TinyNetworks.LATENT; i++) {
      float moved = steps.get(1).latent().get(i) - steps.get(0).latent().get(i);
      assertThat(Math.abs(moved)).isBetween(0.0499f, 0.0501f);
    }
    try (Inpainter inpainter = TinyNetworks.inpainter(FIVE).build()) {
      LossTrace trace = inpainter.inpaint(request()).search().trace();
      assertThat(steps)
          .extracting(LatentStep::loss)
          .containsExactlyElementsOf(
              IntStream.range(0, 5).mapToObj(step -> trace.total(step)).toList());
    }
  }

  /**
   * Two steps and then four from where they ended: the optimizer's state is new, the loss is not.
   */
  @Test
  void startAt_latentOfAnotherSearch_goesOnFromThere() {
    LatentStep last = steps(FIVE, request()).get(4);

    List<LatentStep> more = steps(FIVE, request().seed(99).startAt(last.latent()));

    assertThat(more.get(0).latent()).isEqualTo(last.latent());
    assertThat(more.get(0).loss()).isEqualTo(last.loss());
    assertThat(more.get(4).loss()).isLessThan(last.loss());
  }

  @Test
  void startAt_moreStartsThanGiven_drawsTheOthersAndKeepsTheGiven() {
    SearchOptions three = FIVE.toBuilder().draws(6).restarts(3).build();
    List<Float> far = Collections.nCopies(TinyNetworks.LATENT, 9f);

    List<LatentStep> first =
        steps(three, request().startAt(far)).stream().filter(step -> step.step() == 0).toList();

    assertThat(first)
        .extracting(LatentStep::start)
        .startsWith(0)
        .hasSize(3)
        .doesNotHaveDuplicates();
    assertThat(first.get(0).latent()).isEqualTo(far);
    for (LatentStep drawn : first.subList(1, 3)) {
      assertThat(drawn.latent()).isEqualTo(TinyTasks.draw(3, drawn.start() - 1));
    }
  }

  @Test
  void startAt_moreThanTheOptionsHave_areAllSearched() {
    List<Float> one = TinyTasks.draw(7, 0);
    List<Float> other = TinyTasks.draw(7, 1);

    List<LatentStep> first =
        steps(FIVE, request().startAt(one).startAt(other)).stream()
            .filter(step -> step.step() == 0)
            .toList();

    assertThat(first).extracting(LatentStep::latent).containsExactly(one, other);
  }

  @Test
  void startAt_inABatchWithOthers_leavesThemAsTheyAre() {
    List<Float> given = TinyTasks.draw(7, 0);
    try (Inpainter inpainter = TinyNetworks.inpainter(FIVE).build()) {
      FoundLatent alone = inpainter.inpaint(request()).search();
      List<InpaintOutcome> both =
          inpainter.inpaintAll(
              List.of(
                  request(), request().startAt(given), request().startAt(given).startAt(given)));
      FoundLatent beside = both.get(0).orElseThrow().search();
      assertThat(beside.trace()).isEqualTo(alone.trace());
      assertThat(both.get(1).orElseThrow().search().trace()).isNotEqualTo(alone.trace());
      assertThat(both.get(2).orElseThrow().search().trace())
          .isEqualTo(both.get(1).orElseThrow().search().trace());
      assertThat(both.get(1).orElseThrow().provenance().filler())
          .containsEntry("starts", List.of(given).toString());
    }
  }

  @Test
  void startAt_wrongLength_failsThisRequestAlone() {
    try (Inpainter inpainter = TinyNetworks.inpainter(FIVE).build()) {
      List<InpaintOutcome> both =
          inpainter.inpaintAll(List.of(request().startAt(List.of(1f, 2f, 3f)), request()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> both.get(0).orElseThrow())
          .withMessage(
              "a latent to start at must be as long as the latent space: expected 8, found [3]");
      assertThat(both.get(1).orElseThrow().search().trace().steps()).isEqualTo(5);
    }
  }

  @Test
  void startAt_fillerWithoutLatents_isRefused() {
    Filler plain =
        new Filler() {
          @Override
          public List<Filling> fill(FillTask task) {
            return List.of(Filling.of(task.target()));
          }

          @Override
          public Map<String, String> provenance() {
            return Map.of("filler", "plain");
          }
        };
    try (Inpainter inpainter = Inpainter.builder().filler(plain).build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> inpainter.inpaint(request().startAt(List.of(1f))))
          .withMessage(
              "latents to start at must be given to a latent search: found {filler=plain}");
    }
  }

  @Test
  void onLatent_listenerThatThrows_failsThisRequestAlone() {
    try (Inpainter inpainter = TinyNetworks.inpainter(FIVE).build()) {
      InpaintRequest throwing =
          request()
              .onLatent(
                  step -> {
                    throw new IllegalStateException("enough");
                  });
      List<InpaintOutcome> both = inpainter.inpaintAll(List.of(throwing, request()));
      assertThatThrownBy(() -> both.get(0).orElseThrow())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("enough");
      assertThat(both.get(1).orElseThrow().search().trace().steps()).isEqualTo(5);
    }
  }
}
