package org.inpaint4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillOutcome;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.network.ValueRange;
import org.inpaint4j.search.TinyNetworks.TinyDiscriminator;
import org.inpaint4j.search.TinyNetworks.TinyGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The search as a filler: what it draws, moves, counts, ends and tells. */
class LatentSearchTest {

  private static final SearchOptions SHORT =
      SearchOptions.paperDcgan().toBuilder()
          .steps(12)
          .optimizer(Optimizer.adam(0.05))
          .batchSize(4)
          .build();

  private static LatentSearch search(
      Generator generator, SearchOptions options, LossTerm... losses) {
    return new LatentSearch(generator, Optional.empty(), List.of(losses), options, 0);
  }

  private static LatentSearch search(SearchOptions options) {
    return search(new TinyGenerator(), options, TinyNetworks.L1);
  }

  /** A term that does not look at the picture. */
  private record Made(double offset, double slope) implements LossTerm {
    @Override
    public String name() {
      return "made";
    }

    @Override
    public SDVariable add(LossInputs inputs) {
      return inputs.latent().sum(1).mul(slope).add(offset);
    }
  }

  @Test
  void constructor_whatDoesNotFit_isRefused() {
    Generator generator = new TinyGenerator();
    List<LossTerm> losses = List.of(TinyNetworks.L1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentSearch(generator, Optional.empty(), List.of(), SHORT, 0))
        .withMessage("a search must have a loss term: found none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentSearch(generator, Optional.empty(), losses, SHORT, -1))
        .withMessage("frameEvery must not be negative: found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LatentSearch(
                    generator,
                    Optional.empty(),
                    List.of(TinyNetworks.L1, TinyNetworks.REALISM),
                    SHORT,
                    0))
        .withMessage("the loss 'realism' must be given a discriminator: found none");
    Discriminator other =
        new Discriminator() {
          @Override
          public ImageShape imageShape() {
            return ImageShape.square(3, 8);
          }

          @Override
          public SDVariable logits(SameDiff graph, SDVariable images) {
            throw new UnsupportedOperationException("never asked");
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentSearch(generator, Optional.of(other), losses, SHORT, 0))
        .withMessage(
            "the discriminator must judge images of the generator's shape: expected 3x16x16, found"
                + " 3x8x8");
    new LatentSearch(generator, Optional.of(new TinyDiscriminator()), losses, SHORT, 1).close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "9, 3, 1", "9, 6, 2"})
  void fill_listenerAsksForPreviews_seesTheBestSoFarAndChangesNothing(
      int draws, int restarts, int finalists) {
    SearchOptions options =
        SHORT.toBuilder().draws(draws).restarts(restarts).finalists(finalists).build();
    List<ImagePlanes> previews = new ArrayList<>();
    FillListener looks =
        new FillListener() {
          @Override
          public boolean onStep(int step, int steps, double loss) {
            throw new AssertionError("a search has previews");
          }

          @Override
          public boolean onStep(int step, int steps, double loss, Supplier<ImagePlanes> preview) {
            previews.add(preview.get());
            return true;
          }
        };
    FoundLatent plain = TinyTasks.find(search(options), TinyTasks.task(5));
    FoundLatent seen = TinyTasks.find(search(options), TinyTasks.task(5, 1, looks));
    assertThat(seen.image().samples()).isEqualTo(plain.image().samples());
    assertThat(seen.latent()).isEqualTo(plain.latent());
    assertThat(previews).hasSizeGreaterThan(options.steps() - 1);
    assertThat(previews.get(previews.size() - 1).samples()).isEqualTo(plain.image().samples());
    // What shows is never worse than what showed before.
    FillTask task = TinyTasks.task(5);
    int first = previews.size() - options.steps();
    for (int i = Math.max(1, first); i < previews.size(); i++) {
      assertThat(difference(previews.get(i), task))
          .as("preview %s", i)
          .isLessThanOrEqualTo(difference(previews.get(i - 1), task) + 1e-5);
    }
  }

  /** The mean absolute difference of the known samples, which the loss {@code L1} is. */
  private static double difference(ImagePlanes picture, FillTask task) {
    double sum = 0;
    for (int i = 0; i < picture.samples().length; i++) {
      boolean hole = task.mask().isHole(i % 16, i / 16 % 16);
      sum += hole ? 0 : Math.abs(picture.samples()[i] - task.target().samples()[i]);
    }
    return sum / picture.samples().length;
  }

  @Test
  void fill_imageOfAnotherShape_isRefusedAndInABatchAlone() {
    Mask half = TinyTasks.MASK.crop(new Bounds(0, 0, 8, 16));
    FillTask small = FillTask.of(ImagePlanes.zeros(3, half.size()), half);
    FillTask gray = FillTask.of(ImagePlanes.zeros(1, TinyNetworks.SHAPE.pixels()), TinyTasks.MASK);
    FillTask pairs = FillTask.of(ImagePlanes.zeros(2, TinyNetworks.SHAPE.pixels()), TinyTasks.MASK);
    try (LatentSearch search = search(SHORT)) {
      for (FillTask wrong : List.of(small, gray, pairs)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> search.fill(wrong))
            .withMessageStartingWith(
                "a search must be given images of the generator's shape: expected 3x16x16, found");
        List<FillOutcome> outcomes =
            search.fillAll(List.of(TinyTasks.task(1), wrong, TinyTasks.task(2)));
        assertThat(outcomes.stream().map(outcome -> outcome.fillings().size()))
            .containsExactly(1, 0, 1);
        assertThat(outcomes.get(1).error()).containsInstanceOf(IllegalArgumentException.class);
        assertThat(((FoundLatent) outcomes.get(2).fillings().get(0)).trace())
            .isEqualTo(search.fill(TinyTasks.task(2)).get(0).trace());
      }
      assertThat(search.fillAll(List.of())).isEmpty();
      assertThat(search.imageShape()).contains(TinyNetworks.SHAPE);
      assertThat(search.isThreadSafe()).isFalse();
    }
  }

  @Test
  void fill_afterClose_isRefused() {
    LatentSearch search = search(SHORT);
    search.fill(TinyTasks.task(1));
    search.close();
    search.close();
    List<ThrowingCallable> calls =
        List.of(
            () -> search.fill(TinyTasks.task(1)),
            () -> search.fillAll(List.of(TinyTasks.task(1), TinyTasks.task(2))));
    for (ThrowingCallable call : calls) {
      assertThatIllegalStateException()
          .isThrownBy(call)
          .withMessage("a filler must not be used after close()");
    }
  }

  /** Nothing moves in a single step, so the latent is the draw. */
  @Test
  void fill_oneStep_findsTheDrawOfTheSeed() {
    SearchOptions one = SHORT.toBuilder().steps(1).build();
    assertThat(TinyTasks.find(search(one), TinyTasks.task(5)).latent())
        .isEqualTo(TinyTasks.draw(5, 0));
    assertThat(TinyTasks.find(search(one), TinyTasks.task(5)).bestStep()).isZero();
    // Of several starts the one with the lowest loss; all of them are draws of the seed.
    FoundLatent best =
        TinyTasks.find(search(one.toBuilder().restarts(3).build()), TinyTasks.task(5));
    assertThat(List.of(TinyTasks.draw(5, 0), TinyTasks.draw(5, 1), TinyTasks.draw(5, 2)))
        .contains(best.latent());
    FoundLatent bounded =
        TinyTasks.find(
            search(one.toBuilder().bound(new LatentBound(0.3, 10)).build()), TinyTasks.task(5));
    assertThat(bounded.latent())
        .isEqualTo(
            TinyTasks.draw(5, 0).stream().map(v -> Math.max(-0.3f, Math.min(0.3f, v))).toList());
  }

  /** A loss that draws all coordinates up: without the bound they would go far beyond it. */
  @Test
  void fill_bound_holdsAtEachStep() {
    SearchOptions bounded =
        SHORT.toBuilder()
            .optimizer(Optimizer.adam(0.5))
            .bound(new LatentBound(Double.POSITIVE_INFINITY, 0.5))
            .build();
    FoundLatent found =
        TinyTasks.find(search(new TinyGenerator(), bounded, new Made(0, -1)), TinyTasks.task(5));
    double square = found.latent().stream().mapToDouble(v -> v * v).sum();
    assertThat(found.bestStep()).isPositive();
    assertThat(Math.sqrt(square / TinyNetworks.LATENT)).isCloseTo(0.5, within(1e-6));
  }

  /**
   * Along a constant slope Adam steps by its rate times the schedule's factor. Each of two stages
   * has a schedule of its own over six steps: the last of twelve evaluations comes after six steps
   * of the first and five of the second.
   */
  @Test
  void fill_scheduleOfEachStage_runsOverItsSteps() {
    Optimizer.Schedule schedule = new Optimizer.Schedule(0.5, 0.5);
    SearchOptions decayed =
        SHORT.toBuilder().optimizer(Optimizer.adam(0.05).schedule(schedule)).build();
    LatentSpace space =
        new LatentSpace(
            TinyNetworks.LATENT,
            LatentSpace.standardNormal(TinyNetworks.LATENT).prior(),
            List.of(LatentSpace.Stage.leading(3), LatentSpace.Stage.leading(6)));
    FoundLatent found =
        TinyTasks.find(
            search(new TinyGenerator(space), decayed, new Made(100, 1)), TinyTasks.task(5));
    double first = IntStream.range(0, 6).mapToDouble(step -> schedule.factor(step, 6)).sum();
    double second = IntStream.range(0, 5).mapToDouble(step -> schedule.factor(step, 6)).sum();
    List<Float> drawn = TinyTasks.draw(5, 0);
    for (int i = 0; i < TinyNetworks.LATENT; i++) {
      double moved = i < 3 ? first + second : i < 6 ? second : 0;
      assertThat((double) found.latent().get(i))
          .isCloseTo(drawn.get(i) - 0.05 * moved, within(1e-5));
    }
  }

  /** Tiny's images with black at 0 and white at 1 are the same pictures. */
  @Test
  void fill_generatorOfAnotherRange_findsTheSamePicture() {
    TinyGenerator signed = new TinyGenerator();
    Generator unit =
        new Generator() {
          @Override
          public LatentSpace latentSpace() {
            return signed.latentSpace();
          }

          @Override
          public ImageShape imageShape() {
            return signed.imageShape();
          }

          @Override
          public ValueRange valueRange() {
            return new ValueRange(8, 2);
          }

          @Override
          public String identity() {
            return "tiny from 8 to 2";
          }

          @Override
          public SDVariable generate(SameDiff graph, SDVariable latent) {
            return signed.generate(graph, latent).mul(-3).add(5);
          }
        };
    FoundLatent found = TinyTasks.find(search(unit, SHORT, TinyNetworks.L1), TinyTasks.task(5));
    FoundLatent expected = TinyTasks.find(search(SHORT), TinyTasks.task(5));
    // Rounded twice more at each sample, and steps by Adam from there.
    assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-3 * expected.loss()));
    for (int i = 0; i < 768; i++) {
      assertThat(found.image().samples()[i])
          .isCloseTo(expected.image().samples()[i], within(1e-3f));
    }
  }

  /** 16 places: 4 images of 4 starts, 5 of 3, 1 of 20. */
  @ParameterizedTest
  @CsvSource({"1, 16", "3, 5", "4, 4", "16, 1", "20, 1"})
  void batch_isTheImagesWhoseStartsFitIntoOne(int restarts, int images) {
    SearchOptions options =
        SHORT.toBuilder().draws(restarts).restarts(restarts).finalists(1).batchSize(16).build();
    try (LatentSearch search = search(options)) {
      assertThat(search.batch()).isEqualTo(images);
    }
    try (Inpainter inpainter = TinyNetworks.inpainter(options).build()) {
      assertThat(inpainter.batch()).isEqualTo(images);
    }
  }

  @Test
  void provenance_saysWhatTheSearchIsMadeOf() {
    try (LatentSearch search = search(SHORT)) {
      assertThat(search.provenance())
          .containsOnlyKeys("filler", "generator", "losses", "search", "nd4j", "backend")
          .containsEntry("generator", "tiny")
          .containsEntry("losses", "l1")
          .containsEntry("search", SHORT.toString());
      assertThat(search.provenance().get("nd4j")).matches("\\d+\\.\\d+.*");
    }
  }

  /** Of eight coordinates three move in the first half and six in the second. */
  @ParameterizedTest
  @CsvSource({"1, 0", "6, 3", "7, 3", "8, 6", "12, 6"})
  void fill_stages_moveTheirLeadingCoordinates(int steps, int moving) {
    LatentSpace space =
        new LatentSpace(
            TinyNetworks.LATENT,
            LatentSpace.standardNormal(TinyNetworks.LATENT).prior(),
            List.of(LatentSpace.Stage.leading(3), LatentSpace.Stage.leading(6)));
    FillListener untilThen = (step, all, loss) -> step < steps;
    // A loss that falls with each step, so that the last is the best.
    FoundLatent found =
        TinyTasks.find(
            search(new TinyGenerator(space), SHORT, new Made(100, 1)),
            TinyTasks.task(5, 1, untilThen));
    assertThat(found.bestStep()).isEqualTo(steps - 1);
    for (int i = 0; i < TinyNetworks.LATENT; i++) {
      float drawn = TinyTasks.draw(5, 0).get(i);
      if (i < moving) {
        assertThat(found.latent().get(i)).isLessThan(drawn - 0.01f);
      } else {
        assertThat(found.latent().get(i)).isEqualTo(drawn);
      }
    }
  }

  /** Adam moves each of eight coordinates by about 0.05 a step: 0.4 of 1000, or 0.04 %. */
  @ParameterizedTest
  @CsvSource({"2, 3, CONVERGED", "3, 12, COMPLETED"})
  void fill_lossThatFallsByLessThanAThousandth_isOverAfterThePatience(
      int patience, int steps, FillStatus status) {
    SearchOptions patient = SHORT.toBuilder().patience(patience).build();
    List<Integer> told = new ArrayList<>();
    FillListener listener =
        (step, all, loss) -> {
          assertThat(all).isEqualTo(12);
          return told.add(step);
        };
    FoundLatent found =
        TinyTasks.find(
            search(new TinyGenerator(), patient, new Made(1000, 1)),
            TinyTasks.task(5, 1, listener));
    assertThat(found.trace().total(0) - found.trace().total(1)).isCloseTo(0.4, within(0.01));
    assertThat(found.trace().steps()).isEqualTo(steps);
    assertThat(found.status()).isEqualTo(status);
    // The last step is told as all that are left.
    assertThat(told.get(told.size() - 1)).isEqualTo(12);
    assertThat(told).hasSize(steps);
  }

  @Test
  void fill_patienceOfSeveralStarts_endsWithTheLast() {
    SearchOptions patient = SHORT.toBuilder().patience(2).restarts(3).build();
    FoundLatent found =
        TinyTasks.find(search(new TinyGenerator(), patient, new Made(-1000, 1)), TinyTasks.task(5));
    assertThat(found.status()).isEqualTo(FillStatus.CONVERGED);
    assertThat(found.trace().steps()).isEqualTo(3);
    assertThat(found.bestStep()).isEqualTo(2);
  }

  /** The finalist has no step to take after the trial, and is shown all the same. */
  @Test
  void fill_patienceThatEndsInTheTrial_isTheFinalist() {
    SearchOptions patient = SHORT.toBuilder().patience(2).restarts(3).build();
    List<Integer> told = new ArrayList<>();
    FoundLatent found =
        TinyTasks.find(
            search(
                new TinyGenerator(), patient.toBuilder().finalists(1).build(), new Made(-1000, 1)),
            TinyTasks.task(5, 1, (step, all, loss) -> told.add(step)));
    FoundLatent expected =
        TinyTasks.find(search(new TinyGenerator(), patient, new Made(-1000, 1)), TinyTasks.task(5));
    assertThat(found.status()).isEqualTo(FillStatus.CONVERGED);
    assertThat(found.trace()).isEqualTo(expected.trace());
    assertThat(found.image().samples()).containsExactly(expected.image().samples());
    // Four steps of the trial, then all that are left.
    assertThat(told).containsExactly(1, 2, 4, 12);
  }

  /**
   * Adam lowers each loss by 0.8 in two steps, and a thousandth of it is more than that below -800:
   * the finalists with the lowest losses are over in the trial, the others are not.
   */
  @Test
  void fill_batchThatIsOverInTheTrial_isNotLeftOut() {
    SearchOptions patient = SHORT.toBuilder().patience(2).restarts(8).batchSize(2).build();
    Made loss = new Made(-800, 1);
    List<FoundLatent> found;
    try (LatentSearch search =
        search(new TinyGenerator(), patient.toBuilder().finalists(6).build(), loss)) {
      found = search.fill(TinyTasks.task(5, 6, FillListener.NONE));
    }
    assertThat(found).hasSize(6);
    assertThat(found.get(0).trace().steps()).isEqualTo(3);
    assertThat(found).anyMatch(start -> start.trace().steps() > 4);
    FoundLatent best =
        TinyTasks.find(search(new TinyGenerator(), patient, loss), TinyTasks.task(5));
    assertThat(found.get(0).trace()).isEqualTo(best.trace());
    assertThat(found.get(0).image().samples()).containsExactly(best.image().samples());
  }

  @Test
  void fill_cancelledAtTheLastStep_isCompleted() {
    assertThat(
            TinyTasks.find(search(SHORT), TinyTasks.task(5, 1, (step, all, loss) -> step < 12))
                .status())
        .isEqualTo(FillStatus.COMPLETED);
    assertThat(
            TinyTasks.find(search(SHORT), TinyTasks.task(5, 1, (step, all, loss) -> step < 11))
                .status())
        .isEqualTo(FillStatus.CANCELLED);
  }

  /** Six starts in batches of four: the second batch is never begun. */
  @Test
  void fill_cancelledInTheFirstBatch_isTheBestOfThatBatch() {
    SearchOptions six = SHORT.toBuilder().restarts(6).build();
    FoundLatent found =
        TinyTasks.find(search(six), TinyTasks.task(5, 1, (step, all, loss) -> step < 12));
    assertThat(found.status()).isEqualTo(FillStatus.CANCELLED);
    FoundLatent four =
        TinyTasks.find(search(SHORT.toBuilder().restarts(4).build()), TinyTasks.task(5));
    assertThat(found.trace()).isEqualTo(four.trace());
    assertThat(found.latent()).isEqualTo(four.latent());
  }

  /** What is announced is told: every step once, and no more. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 4",
    "1, 1, 5, 5, 4",
    "1, 9, 3, 3, 4",
    "1, 20, 8, 3, 4",
    "3, 1, 1, 1, 2",
    "3, 1, 3, 3, 4",
    "3, 7, 3, 2, 4",
    "4, 1, 5, 1, 8",
    "2, 16, 16, 5, 16"
  })
  void fillAll_progress_isEachStepOfEachImage(
      int images, int draws, int restarts, int finalists, int batchSize) {
    SearchOptions options =
        SHORT.toBuilder()
            .steps(7)
            .draws(draws)
            .restarts(restarts)
            .finalists(finalists)
            .batchSize(batchSize)
            .build();
    List<List<Integer>> told = new ArrayList<>();
    List<List<Integer>> announced = new ArrayList<>();
    List<FillTask> tasks = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      List<Integer> steps = new ArrayList<>();
      List<Integer> all = new ArrayList<>();
      told.add(steps);
      announced.add(all);
      tasks.add(
          TinyTasks.task(
              i,
              1,
              (step, steps1, loss) -> {
                steps.add(step);
                all.add(steps1);
                return Double.isFinite(loss);
              }));
    }
    try (LatentSearch search = search(options)) {
      assertThat(search.fillAll(tasks)).hasSize(images);
    }
    for (int i = 0; i < images; i++) {
      int last = announced.get(i).get(0);
      assertThat(told.get(i)).isEqualTo(IntStream.rangeClosed(1, last).boxed().toList());
      assertThat(announced.get(i)).containsOnly(last);
      assertThat(last).isGreaterThanOrEqualTo(7);
    }
    if (images == 1 && draws == 20) {
      // Five batches of draws, two of eight starts for three steps, one of three for four.
      assertThat(told.get(0)).hasSize(5 + 2 * 3 + 4);
    }
  }

  /** The loss that is told is the mean of the lowest ones of the starts that are worked on. */
  @Test
  void fill_listener_isToldTheMeanOfTheLowestLosses() {
    SearchOptions two = SHORT.toBuilder().restarts(2).steps(3).build();
    List<Double> told = new ArrayList<>();
    try (LatentSearch search = search(two)) {
      List<FoundLatent> found =
          search.fill(TinyTasks.task(5, 2, (step, all, loss) -> told.add(loss)));
      for (int step = 0; step < 3; step++) {
        double sum = 0;
        for (FoundLatent start : found) {
          double lowest = Double.POSITIVE_INFINITY;
          for (int s = 0; s <= step; s++) {
            lowest = Math.min(lowest, start.trace().total(s));
          }
          sum += lowest;
        }
        assertThat(told.get(step)).isCloseTo(sum / 2, within(1e-9));
      }
      assertThat(told).hasSize(3);
    }
  }

  @Test
  void fill_moreCandidatesThanFinalists_takesAsMany() {
    SearchOptions options = SHORT.toBuilder().restarts(6).finalists(2).draws(12).build();
    try (LatentSearch search = search(options)) {
      assertThat(search.fill(TinyTasks.task(5, 4, FillListener.NONE))).hasSize(4);
      assertThat(search.fill(TinyTasks.task(5, 9, FillListener.NONE))).hasSize(9);
      assertThat(search.fill(TinyTasks.task(5, 2, FillListener.NONE))).hasSize(2);
      assertThat(search.fill(TinyTasks.task(5))).hasSize(1);
    }
  }

  @Test
  void found_pixelWeights_areTheSumOverTheTerms() {
    SearchOptions one = SHORT.toBuilder().steps(1).build();
    FoundLatent twice =
        TinyTasks.find(
            search(new TinyGenerator(), one, TinyNetworks.L1, new Made(0, 0), TinyNetworks.L1),
            TinyTasks.task(5));
    for (int i = 0; i < 256; i++) {
      assertThat(twice.pixelWeights().get(i))
          .isEqualTo(TinyTasks.MASK.isHole(i % 16, i / 16) ? 0f : 2f);
    }
    assertThat(
            TinyTasks.find(search(new TinyGenerator(), one, new Made(0, 0)), TinyTasks.task(5))
                .pixelWeights())
        .isEmpty();
    // Terms of one name are numbered.
    assertThat(twice.terms()).containsOnlyKeys("l1", "made", "l1-2");
    assertThat(twice.terms().get("l1")).isEqualTo(twice.terms().get("l1-2"));
    assertThat(twice.loss()).isEqualTo(2 * twice.terms().get("l1"));
    assertThat(twice.trace().terms()).containsExactly("l1", "made", "l1");
    assertThat(twice.trace().value(1, 0)).isZero();
  }

  /** The same as {@link TinyNetworks#L1}, from inputs of its own. */
  private record OwnInputs() implements LossTerm {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public SDVariable add(LossInputs inputs) {
      SDVariable target =
          inputs.perImage("target", (image, mask) -> image.samples().clone(), 3, 16, 16);
      SDVariable known =
          inputs.perImage(
              "known",
              (image, mask) -> TinyNetworks.L1.pixelWeights(mask).orElseThrow(),
              1,
              16,
              16);
      // The second product needs no latent: it is computed once for each image.
      SDVariable difference = inputs.generated().mul(known).sub(target.mul(known));
      return inputs.graph().math().abs(difference).sum(1, 2, 3);
    }
  }

  @Test
  void perImage_inputs_areThoseOfEachImage() {
    SearchOptions two = SHORT.toBuilder().restarts(2).draws(5).build();
    List<FillTask> tasks = List.of(TinyTasks.task(1), TinyTasks.task(2), TinyTasks.task(3));
    try (LatentSearch own = search(new TinyGenerator(), two, new OwnInputs());
        LatentSearch l1 = search(two)) {
      List<FillOutcome> found = own.fillAll(tasks);
      List<FillOutcome> expected = l1.fillAll(tasks);
      for (int i = 0; i < 3; i++) {
        FoundLatent actual = (FoundLatent) found.get(i).fillings().get(0);
        FoundLatent wanted = (FoundLatent) expected.get(i).fillings().get(0);
        assertThat(actual.latent()).isEqualTo(wanted.latent());
        for (int step = 0; step < 12; step++) {
          assertThat(actual.trace().total(step)).isEqualTo(wanted.trace().total(step));
        }
      }
    }
  }

  /** G(z) of the latent that was found, from -1..1 to 0..1. */
  @Test
  void found_image_isThatOfTheLatent() {
    FoundLatent found = TinyTasks.find(search(SHORT), TinyTasks.task(5));
    double loss = 0;
    for (int i = 0; i < 768; i++) {
      if (!TinyTasks.MASK.isHole(i % 16, i / 16 % 16)) {
        loss += 2 * Math.abs(found.image().samples()[i] - TinyTasks.task(5).target().samples()[i]);
      }
    }
    assertThat(loss).isCloseTo(found.loss(), within(1e-4 * loss));
    assertThat(found.trace()).hasToString("trace of [l1] over 12 steps");
  }

  @Test
  void trace_equals_isByTermsAndValues() {
    LossTrace trace = new LossTrace(List.of("a", "b"), new double[][] {{1, 2}, {10, 20}});
    assertThat(trace.total(1)).isEqualTo(22);
    assertThat(trace.steps()).isEqualTo(2);
    assertThat(trace)
        .isEqualTo(new LossTrace(List.of("a", "b"), new double[][] {{1, 2}, {10, 20}}))
        .hasSameHashCodeAs(new LossTrace(List.of("a", "b"), new double[][] {{1, 2}, {10, 20}}))
        .isNotEqualTo(new LossTrace(List.of("a", "c"), new double[][] {{1, 2}, {10, 20}}))
        .isNotEqualTo(new LossTrace(List.of("a", "b"), new double[][] {{1, 2}, {10, 21}}))
        .isNotEqualTo("trace");
    assertThat(new LossTrace(List.of(), new double[0][]).steps()).isZero();
  }

  @Test
  void trace_constructor_copiesAndWantsARowForEachTerm() {
    double[][] values = {{1, 2}};
    LossTrace trace = new LossTrace(List.of("a"), values);
    values[0][1] = 7;
    assertThat(trace.value(0, 1)).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LossTrace(List.of("a", "b"), values))
        .withMessage("a loss trace must have a row for each term: expected 2, found 1");
  }
}
