package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.inpaint4j.Pictures.noise;
import static org.inpaint4j.Pictures.pixels;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.LossTrace;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.search.TinyNetworks;
import org.inpaint4j.search.TinyNetworks.TinyGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contracts of the inpainter, on networks small enough to search in milliseconds. */
class InpainterTest {

  private static final SearchOptions SHORT =
      SearchOptions.paperDcgan().toBuilder()
          .steps(12)
          .optimizer(Optimizer.adam(0.05))
          .batchSize(4)
          .build();

  private static Inpainter.Builder tiny(SearchOptions options) {
    return TinyNetworks.inpainter(options);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_USHORT_565_RGB,
        BufferedImage.TYPE_INT_ARGB_PRE
      })
  void inpaint_imageOfAnyType_leavesKnownPixelsAsTheyAre(int type) {
    BufferedImage image = noise(37, 29, type, 1);
    int[] before = pixels(image);
    Mask mask = Mask.rectangle(37, 29, 12, 5, 9, 11);
    try (Inpainter inpainter = tiny(SHORT).build()) {
      BufferedImage filled = inpainter.inpaint(image, mask).image();
      assertThat(pixels(image)).as("the input").isEqualTo(before);
      int changed = 0;
      for (int y = 0; y < 29; y++) {
        for (int x = 0; x < 37; x++) {
          if (mask.isHole(x, y)) {
            changed += filled.getRGB(x, y) == image.getRGB(x, y) ? 0 : 1;
          } else {
            assertThat(filled.getRGB(x, y)).isEqualTo(image.getRGB(x, y));
          }
        }
      }
      assertThat(changed).as("filled pixels").isGreaterThan(80);
    }
  }

  @Test
  void inpaint_sixteenBitGray_keepsSixteenBits() {
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 400; i++) {
      image.getRaster().setSample(i % 20, i / 20, 0, 30_000 + 7 * i);
    }
    Mask mask = Mask.rectangle(20, 20, 8, 8, 4, 4);
    try (Inpainter inpainter = tiny(SHORT).build()) {
      BufferedImage filled = inpainter.inpaint(image, mask).image();
      assertThat(filled.getType()).isEqualTo(BufferedImage.TYPE_USHORT_GRAY);
      for (int i = 0; i < 400; i++) {
        if (!mask.isHole(i % 20, i / 20)) {
          assertThat(filled.getRaster().getSample(i % 20, i / 20, 0)).isEqualTo(30_000 + 7 * i);
        }
      }
    }
  }

  @Test
  void inpaint_whateverTheHoleHolds_givesTheSameBytes() {
    Mask mask = Mask.rectangle(24, 24, 7, 6, 9, 9);
    BufferedImage image = noise(24, 24, BufferedImage.TYPE_INT_RGB, 3);
    BufferedImage other = noise(24, 24, BufferedImage.TYPE_INT_RGB, 4);
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 24; x++) {
        if (!mask.isHole(x, y)) {
          other.setRGB(x, y, image.getRGB(x, y));
        }
      }
    }
    assertThat(pixels(image)).isNotEqualTo(pixels(other));
    try (Inpainter inpainter = tiny(SHORT).build()) {
      InpaintResult a = inpainter.inpaint(image, mask);
      InpaintResult b = inpainter.inpaint(other, mask);
      assertThat(pixels(a.image())).isEqualTo(pixels(b.image()));
      assertThat(a.search().latent()).isEqualTo(b.search().latent());
    }
  }

  @Test
  void inpaint_sameSeed_givesTheSameBytesAndAnotherSeedOthers() {
    InpaintRequest task = task(5);
    InpaintResult first = fill(tiny(SHORT), task);
    InpaintResult second = fill(tiny(SHORT), task);
    assertThat(pixels(second.image())).isEqualTo(pixels(first.image()));
    assertThat(second.search().trace()).isEqualTo(first.search().trace());
    InpaintResult other = fill(tiny(SHORT), task.seed(8));
    assertThat(pixels(other.image())).isNotEqualTo(pixels(first.image()));
    assertThat(other.search().latent()).isNotEqualTo(first.search().latent());
  }

  @Test
  void inpaint_inBatchesOfAnySizeAndOrder_givesEachImageTheSameBytes() {
    List<InpaintRequest> tasks = IntStream.range(0, 5).mapToObj(InpainterTest::task).toList();
    List<InpaintResult> alone = tasks.stream().map(task -> fill(tiny(SHORT), task)).toList();
    for (int batch : new int[] {1, 2, 5}) {
      SearchOptions options = SHORT.toBuilder().batchSize(batch).build();
      try (Inpainter inpainter = tiny(options).build()) {
        List<InpaintRequest> turned = new ArrayList<>(tasks);
        Collections.reverse(turned);
        List<InpaintResult> together =
            inpainter.inpaintAll(turned).stream().map(InpaintOutcome::orElseThrow).toList();
        for (int i = 0; i < 5; i++) {
          InpaintResult expected = alone.get(i);
          InpaintResult actual = together.get(4 - i);
          assertThat(pixels(actual.image())).isEqualTo(pixels(expected.image()));
          assertThat(actual.search().trace()).isEqualTo(expected.search().trace());
        }
      }
    }
  }

  @Test
  void inpaint_severalRestarts_returnsTheBestStepOfTheBestStart() {
    InpaintRequest task = task(6);
    double best = Double.POSITIVE_INFINITY;
    InpaintResult result = fill(tiny(SHORT.toBuilder().restarts(6).build()), task);
    LossTrace trace = result.search().trace();
    for (int step = 0; step < trace.steps(); step++) {
      best = Math.min(best, trace.total(step));
    }
    assertThat(result.search().loss()).isEqualTo(best);
    assertThat(result.search().loss()).isLessThanOrEqualTo(fill(tiny(SHORT), task).search().loss());
    assertThat(result.search().terms()).containsOnlyKeys("l1", "realism");
    assertThat(result.status()).isEqualTo(FillStatus.COMPLETED);
    assertThat(result.provenance().seed()).isEqualTo(7);
    assertThat(result.provenance().filler())
        .containsOnlyKeys("filler", "generator", "losses", "search", "nd4j", "backend")
        .containsEntry("filler", "latent search")
        .containsEntry("generator", "tiny")
        .containsEntry("losses", "l1, realism")
        .containsEntry("search", SHORT.toBuilder().restarts(6).build().toString());
    assertThat(result.provenance().filler().get("nd4j")).matches("\\d+\\.\\d+.*");
    assertThat(result.provenance().versions())
        .containsOnlyKeys("inpaint4j", "java")
        .containsEntry("java", Runtime.version().toString());
  }

  @Test
  void inpaint_draws_areStartedBestFirst() {
    // The k-th draw is the same however many there are, so the best of 16 is the one of 16 starts
    // whose first loss is the lowest.
    SearchOptions oneStep = SHORT.toBuilder().steps(1).build();
    InpaintRequest task = task(4);
    double lowest =
        fill(tiny(oneStep.toBuilder().restarts(16).build()), task).search().trace().total(0);

    assertThat(fill(tiny(oneStep.toBuilder().draws(16).build()), task).search().trace().total(0))
        .isEqualTo(lowest);
    assertThat(fill(tiny(oneStep), task).search().trace().total(0)).isGreaterThan(lowest);
    // No fewer than the starts are drawn.
    assertThat(pixels(fill(tiny(SHORT.toBuilder().draws(2).restarts(5).build()), task).image()))
        .isEqualTo(pixels(fill(tiny(SHORT.toBuilder().restarts(5).build()), task).image()));
  }

  @Test
  void inpaint_finalists_areThoseBestAfterAThirdOfTheSteps() {
    InpaintRequest task = task(5);
    List<Integer> told = new ArrayList<>();
    InpaintResult result =
        fill(
            tiny(SHORT.toBuilder().restarts(8).finalists(1).build()),
            task.onProgress(
                progress -> {
                  told.add(progress.step());
                  assertThat(progress.steps()).isEqualTo(2 * 4 + 8);
                }));
    // Two batches of four for the first four steps, then one start alone.
    assertThat(told).isEqualTo(IntStream.rangeClosed(1, 16).boxed().toList());
    assertThat(result.search().trace().steps()).isEqualTo(12);
    SearchOptions trial = SHORT.toBuilder().steps(4).restarts(8).build();
    LossTrace best = fill(tiny(trial), task).search().trace();
    for (int step = 0; step < 4; step++) {
      assertThat(result.search().trace().total(step)).isEqualTo(best.total(step));
    }
    // With as many finalists as starts nothing is left out.
    assertThat(
            fill(tiny(SHORT.toBuilder().restarts(3).finalists(3).build()), task).search().trace())
        .isEqualTo(fill(tiny(SHORT.toBuilder().restarts(3).build()), task).search().trace());
  }

  @Test
  void inpaint_meanOfStarts_isTheMeanOfTheCandidates() {
    SearchOptions three = SHORT.toBuilder().restarts(3).build();
    InpaintRequest task = task(3);
    float[] mean =
        fill(tiny(three.toBuilder().outcome(SearchOptions.Outcome.MEAN).build()), task)
            .search()
            .image()
            .samples();
    List<InpaintResult> candidates = fill(tiny(three), task.candidates(3)).candidates();
    assertThat(candidates).hasSize(3);
    assertThat(mean).hasSize(3 * 16 * 16);
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (InpaintResult candidate : candidates) {
        sum += candidate.search().image().samples()[i];
      }
      // Samples up to 1 are rounded at each of five operations.
      assertThat((double) mean[i]).isCloseTo(sum / 3, within(5e-7));
    }
  }

  @Test
  void inpaint_candidates_differAndComeBestFirst() {
    InpaintRequest task = task(2);
    SearchOptions two = SHORT.toBuilder().restarts(2).outcome(SearchOptions.Outcome.MEAN).build();
    try (Inpainter inpainter = tiny(two).build()) {
      InpaintResult best = inpainter.inpaint(task.candidates(5));
      List<InpaintResult> candidates = best.candidates();
      assertThat(candidates).hasSize(5).startsWith(best);
      for (int i = 1; i < 5; i++) {
        assertThat(candidates.get(i).search().loss())
            .isGreaterThanOrEqualTo(candidates.get(i - 1).search().loss());
        assertThat(pixels(candidates.get(i).image()))
            .isNotEqualTo(pixels(candidates.get(i - 1).image()));
        assertThat(candidates.get(i).search().latent())
            .isNotEqualTo(candidates.get(i - 1).search().latent());
      }
      InpaintResult only = inpainter.inpaint(task.candidates(1));
      assertThat(only.candidates()).containsExactly(only);
      assertThat(pixels(only.image())).isEqualTo(pixels(inpainter.inpaint(task).image()));
      InpaintRequest nothing =
          InpaintRequest.of(task.image(), Mask.rectangle(24, 20, 0, 0, 0, 0)).candidates(4);
      assertThat(inpainter.inpaint(nothing).candidates().stream().map(InpaintResult::status))
          .containsExactly(FillStatus.NOTHING_TO_FILL);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> task.candidates(0))
        .withMessage("candidates must be positive: found 0");
  }

  @Test
  void inpaint_cancelledInTheTrial_returnsTheBestSoFar() {
    InpaintRequest task = task(1);
    InpaintResult result =
        fill(
            tiny(SHORT.toBuilder().restarts(8).finalists(2).build()),
            task.onProgress(
                progress -> {
                  if (progress.step() == 2) {
                    progress.cancel();
                  }
                }));
    assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(result.search().trace().steps()).isEqualTo(2);
  }

  @Test
  void inpaint_cancelledWhileDrawing_returnsTheBestDrawSoFar() {
    InpaintRequest task = task(1);
    SearchOptions drawing = SHORT.toBuilder().draws(20).batchSize(4).build();
    List<Double> told = new ArrayList<>();
    InpaintResult result =
        fill(
            tiny(drawing),
            task.onProgress(
                progress -> {
                  assertThat(progress.steps()).isEqualTo(20 / 4 + SHORT.steps());
                  told.add(progress.loss());
                  if (progress.step() == 3) {
                    progress.cancel();
                  }
                }));
    assertThat(told).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(result.search().trace().steps()).isEqualTo(1);
    assertThat(result.search().loss()).isEqualTo(told.get(2));
    // The best of the first twelve.
    SearchOptions twelve = drawing.toBuilder().draws(12).steps(1).build();
    assertThat(pixels(result.image())).isEqualTo(pixels(fill(tiny(twelve), task).image()));
  }

  @Test
  void inpaint_byFourThreads_givesTheBytesOfOne() throws Exception {
    InpaintRequest task = task(2);
    int[] expected = pixels(fill(tiny(SHORT), task).image());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Inpainter inpainter = tiny(SHORT).build()) {
      List<Future<int[]>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        results.add(threads.submit(() -> pixels(inpainter.inpaint(task).image())));
      }
      for (Future<int[]> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void inpaint_cancelledByTheListener_returnsTheBestSoFar() {
    List<Integer> steps = new ArrayList<>();
    InpaintRequest task = task(1);
    InpaintResult result =
        fill(
            tiny(SHORT),
            task.onProgress(
                progress -> {
                  steps.add(progress.step());
                  assertThat(progress.steps()).isEqualTo(12);
                  if (progress.step() == 3) {
                    progress.cancel();
                  }
                }));
    assertThat(steps).containsExactly(1, 2, 3);
    assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(result.search().trace().steps()).isEqualTo(3);
  }

  @Test
  void inpaint_interrupted_returnsTheBestSoFarAndKeepsTheInterrupt() {
    InpaintResult result =
        fill(tiny(SHORT), task(1).onProgress(progress -> Thread.currentThread().interrupt()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(result.search().trace().steps()).isEqualTo(1);
  }

  @Test
  void inpaintAll_interrupted_returnsTheImagesBegun() {
    SearchOptions options = SHORT.toBuilder().batchSize(2).build();
    List<InpaintRequest> tasks =
        IntStream.range(0, 5)
            .mapToObj(
                i ->
                    task(i)
                        .onProgress(
                            progress -> {
                              if (i == 2 && progress.step() == 2) {
                                Thread.currentThread().interrupt();
                              }
                            }))
            .toList();
    try (Inpainter inpainter = tiny(options).build()) {
      List<InpaintOutcome> outcomes = inpainter.inpaintAll(tasks);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(outcomes)
          .extracting(outcome -> outcome.result().map(InpaintResult::status))
          .containsExactly(
              Optional.of(FillStatus.COMPLETED),
              Optional.of(FillStatus.COMPLETED),
              Optional.of(FillStatus.CANCELLED),
              Optional.of(FillStatus.CANCELLED),
              Optional.empty());
      assertThat(outcomes.get(4).error()).isEmpty();
      assertThatThrownBy(outcomes.get(4)::orElseThrow)
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining("before this image was begun");
    }
  }

  @Test
  void inpaint_lossThatNoLongerFalls_endsEarly() {
    SearchOptions options = SHORT.toBuilder().steps(400).patience(5).build();
    InpaintResult result = fill(tiny(options), task(3));
    assertThat(result.status()).isEqualTo(FillStatus.CONVERGED);
    assertThat(result.search().trace().steps()).isBetween(6, 399);
  }

  @Test
  void inpaint_emptyHole_returnsTheImage() {
    BufferedImage image = noise(9, 9, BufferedImage.TYPE_INT_RGB, 1);
    InpaintResult result =
        fill(tiny(SHORT), InpaintRequest.of(image, Mask.of(9, 9, (x, y) -> false)));
    assertThat(result.status()).isEqualTo(FillStatus.NOTHING_TO_FILL);
    assertThat(pixels(result.image())).isEqualTo(pixels(image));
    assertThat(result.image()).isNotSameAs(image);
    assertThat(result.parts()).isEmpty();
    assertThat(result.blendTime()).isZero();
    assertThatIllegalStateException()
        .isThrownBy(result::search)
        .withMessageContaining("an image without a hole");
  }

  @Test
  void inpaint_badInput_saysWhatIsExpected() {
    BufferedImage image = noise(20, 10, BufferedImage.TYPE_INT_RGB, 1);
    try (Inpainter inpainter = tiny(SHORT).build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> inpainter.inpaint(image, Mask.of(10, 20, (x, y) -> x == y)))
          .withMessage("mask must be as large as the image: expected 20x10, found 10x20");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> inpainter.inpaint(image, Mask.of(20, 10, (x, y) -> true)))
          .withMessageContaining("at least one pixel known");
      assertThatExceptionOfType(HoleOutsideSquareException.class)
          .isThrownBy(() -> inpainter.inpaint(image, Mask.rectangle(20, 10, 0, 0, 2, 2)))
          .withMessageContaining(
              "expected 10x10 at (5, 0), found missing pixels from (0, 0) to (1, 1)")
          .satisfies(
              error -> {
                assertThat(error.hole()).isEqualTo(new Bounds(0, 0, 2, 2));
                assertThat(error.squares()).containsExactly(new Square(5, 0, 10));
              });
    }
  }

  @Test
  void inpaint_afterClose_isRefused() {
    Inpainter inpainter = tiny(SHORT).build();
    inpainter.close();
    inpainter.close();
    InpaintRequest task = task(1);
    InpaintRequest empty = InpaintRequest.of(task.image(), Mask.rectangle(24, 20, 0, 0, 0, 0));
    List<ThrowingCallable> calls =
        List.of(
            () -> inpainter.inpaint(task),
            () -> inpainter.inpaint(empty),
            () -> inpainter.inpaint(empty.image(), empty.mask()),
            () -> inpainter.inpaintAll(List.of()),
            inpainter::provenance);
    for (ThrowingCallable call : calls) {
      assertThatIllegalStateException()
          .isThrownBy(call)
          .withMessage("an inpainter must not be used after close()");
    }
  }

  @Test
  void inpaint_imageTheGeneratorMade_isFoundAgain() {
    // The image of another latent, at the model's size: a search has to bring the loss down.
    SearchOptions options =
        SearchOptions.paperDcgan().toBuilder()
            .steps(300)
            .restarts(8)
            .batchSize(8)
            .optimizer(Optimizer.adam(0.05).schedule(Optimizer.Schedule.PROJECTOR))
            .build();
    BufferedImage made =
        Photo.toImage(fill(tiny(SHORT.toBuilder().steps(1).build()), task(9)).search().image());
    InpaintResult result =
        fill(
            Inpainter.builder()
                .generator(new TinyGenerator())
                .loss(TinyNetworks.L1)
                .search(options)
                .blender(TinyNetworks.PASTE),
            InpaintRequest.of(made, Mask.rectangle(16, 16, 6, 6, 4, 4)).seed(1));
    assertThat(result.search().loss()).isLessThan(0.1 * result.search().trace().total(0));
  }

  private static InpaintRequest task(int seed) {
    return InpaintRequest.of(
            noise(24, 20, BufferedImage.TYPE_INT_RGB, seed),
            Mask.rectangle(24, 20, 6 + seed % 4, 4, 7, 8))
        .seed(7);
  }

  private static InpaintResult fill(Inpainter.Builder builder, InpaintRequest task) {
    try (Inpainter inpainter = builder.build()) {
      return inpainter.inpaint(task);
    }
  }
}
