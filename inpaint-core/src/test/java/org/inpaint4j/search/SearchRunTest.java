package org.inpaint4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillOutcome;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.search.SearchOptions.Outcome;
import org.inpaint4j.search.TinyNetworks.TinyGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Draws, finalists, the mean, and a search that ends before its time. */
class SearchRunTest {

  private static final SearchOptions SHORT =
      SearchOptions.paperDcgan().toBuilder()
          .steps(12)
          .optimizer(Optimizer.adam(0.05))
          .batchSize(4)
          .build();

  /** No interrupt gets into another test. */
  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static LatentSearch search(SearchOptions options) {
    return new LatentSearch(
        new TinyGenerator(), Optional.empty(), List.of(TinyNetworks.L1), options, 0);
  }

  private static FoundLatent find(SearchOptions options, FillTask task) {
    return TinyTasks.find(search(options), task);
  }

  private static FillTask task(long seed) {
    return TinyTasks.task(seed);
  }

  private static FillTask task(long seed, FillListener listener) {
    return TinyTasks.task(seed, 1, listener);
  }

  private static List<Optional<FoundLatent>> findAll(SearchOptions options, FillTask... tasks) {
    try (LatentSearch search = search(options)) {
      List<Optional<FoundLatent>> found = new ArrayList<>();
      for (FillOutcome outcome : search.fillAll(List.of(tasks))) {
        assertThat(outcome.error()).isEmpty();
        found.add(outcome.fillings().stream().findFirst().map(FoundLatent.class::cast));
      }
      return found;
    }
  }

  private static void assertSame(FoundLatent actual, FoundLatent expected) {
    assertThat(actual.trace()).isEqualTo(expected.trace());
    assertThat(actual.latent()).isEqualTo(expected.latent());
    assertThat(actual.image().samples()).containsExactly(expected.image().samples());
    assertThat(actual.status()).isEqualTo(expected.status());
  }

  /**
   * The k-th draw is the same however many there are, so the best of 16 is the one of 16 starts
   * whose first loss is the lowest.
   */
  @Test
  void run_draws_areStartedBestFirst() {
    SearchOptions oneStep = SHORT.toBuilder().steps(1).build();
    for (long seed : new long[] {4, 5, 6}) {
      FoundLatent lowest = find(oneStep.toBuilder().restarts(16).build(), task(seed));
      FoundLatent drawn = find(oneStep.toBuilder().draws(16).build(), task(seed));
      assertThat(drawn.trace().total(0)).isEqualTo(lowest.trace().total(0));
      assertThat(drawn.latent()).isEqualTo(lowest.latent());
    }
    assertThat(find(oneStep, task(4)).trace().total(0))
        .isGreaterThan(find(oneStep.toBuilder().draws(16).build(), task(4)).trace().total(0));
    // No fewer than the starts are drawn.
    assertSame(
        find(SHORT.toBuilder().draws(2).restarts(5).build(), task(4)),
        find(SHORT.toBuilder().restarts(5).build(), task(4)));
  }

  /** The draws of each image are scored against that image. */
  @Test
  void run_drawsOfSeveralImages_areThoseOfEachAlone() {
    SearchOptions drawing = SHORT.toBuilder().draws(10).restarts(2).build();
    List<Optional<FoundLatent>> together = findAll(drawing, task(1), task(2), task(3));
    for (int i = 0; i < 3; i++) {
      assertSame(together.get(i).orElseThrow(), find(drawing, task(i + 1)));
    }
  }

  @Test
  void run_finalists_areThoseBestAfterAThirdOfTheSteps() {
    List<Integer> told = new ArrayList<>();
    FoundLatent result =
        find(
            SHORT.toBuilder().restarts(8).finalists(1).build(),
            task(
                5,
                (step, steps, loss) -> {
                  assertThat(steps).isEqualTo(2 * 4 + 8);
                  return told.add(step);
                }));
    // Two batches of four for the first four steps, then one start alone.
    assertThat(told).isEqualTo(IntStream.rangeClosed(1, 16).boxed().toList());
    assertThat(result.trace().steps()).isEqualTo(12);
    LossTrace best = find(SHORT.toBuilder().steps(4).restarts(8).build(), task(5)).trace();
    for (int step = 0; step < 4; step++) {
      assertThat(result.trace().total(step)).isEqualTo(best.total(step));
    }
    // With as many finalists as starts nothing is left out.
    assertSame(
        find(SHORT.toBuilder().restarts(3).finalists(3).build(), task(5)),
        find(SHORT.toBuilder().restarts(3).build(), task(5)));
  }

  @Test
  void run_meanOfStarts_isTheMeanOfTheCandidates() {
    SearchOptions three = SHORT.toBuilder().restarts(3).build();
    FoundLatent mean = find(three.toBuilder().outcome(Outcome.MEAN).build(), task(3));
    List<FoundLatent> candidates;
    try (LatentSearch search = search(three)) {
      candidates = search.fill(TinyTasks.task(3, 3, FillListener.NONE));
    }
    assertThat(candidates).hasSize(3);
    for (int i = 0; i < mean.image().samples().length; i++) {
      double sum = 0;
      for (FoundLatent candidate : candidates) {
        sum += candidate.image().samples()[i];
      }
      // Samples up to 1 are rounded at each of five operations.
      assertThat((double) mean.image().samples()[i]).isCloseTo(sum / 3, within(5e-7));
    }
    // Latent and losses are those of the best.
    assertThat(mean.latent()).isEqualTo(candidates.get(0).latent());
    assertThat(mean.trace()).isEqualTo(candidates.get(0).trace());
    // Candidates are starts by themselves, whatever the outcome.
    try (LatentSearch search = search(three.toBuilder().outcome(Outcome.MEAN).build())) {
      List<FoundLatent> two = search.fill(TinyTasks.task(3, 2, FillListener.NONE));
      assertThat(two).hasSize(2);
      assertSame(two.get(0), candidates.get(0));
    }
  }

  /** With steps that are too long the last is not the best. */
  @Test
  void run_bestStepThatIsNotTheLast_isTheOneThatIsShown() {
    SearchOptions wild = SHORT.toBuilder().optimizer(Optimizer.adam(3)).build();
    FoundLatent found = find(wild, task(5));
    assertThat(found.bestStep()).isLessThan(11);
    // As many steps as lead there end with it.
    SearchOptions short1 = wild.toBuilder().steps(found.bestStep() + 1).build();
    FoundLatent until = find(short1, task(5));
    assertThat(until.latent()).isEqualTo(found.latent());
    assertThat(until.image().samples()).containsExactly(found.image().samples());
    double lowest = Double.POSITIVE_INFINITY;
    for (int step = 0; step < 12; step++) {
      lowest = Math.min(lowest, found.trace().total(step));
    }
    assertThat(found.loss()).isEqualTo(lowest);
  }

  @Test
  void run_listenersOfOneBatch_areToldOfTheirOwnImage() {
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    findAll(
        SHORT,
        task(1, (step, steps, loss) -> first.add(loss)),
        task(2, (step, steps, loss) -> second.add(loss)));
    List<Double> alone = new ArrayList<>();
    find(SHORT, task(2, (step, steps, loss) -> alone.add(loss)));
    assertThat(second).isEqualTo(alone).hasSize(12);
    assertThat(first).isNotEqualTo(second).hasSize(12);
    assertThat(alone).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void run_cancelledInTheTrial_isTheBestSoFar() {
    FoundLatent found =
        find(
            SHORT.toBuilder().restarts(8).finalists(2).build(),
            task(1, (step, steps, loss) -> step < 2));
    assertThat(found.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(found.trace().steps()).isEqualTo(2);
  }

  /** The first four starts have taken the four steps of the trial, the others one. */
  @Test
  void run_cancelledInTheSecondBatchOfTheTrial_isTheBestOfBoth() {
    SearchOptions quick = SHORT.toBuilder().optimizer(Optimizer.adam(0.3)).build();
    SearchOptions two = quick.toBuilder().restarts(8).finalists(2).build();
    FillListener untilFive = (step, steps, loss) -> step < 5;
    FoundLatent found = find(two, task(1, untilFive));
    assertThat(found.status()).isEqualTo(FillStatus.CANCELLED);
    List<FoundLatent> first;
    try (LatentSearch search = search(quick.toBuilder().steps(4).restarts(4).build())) {
      first = search.fill(TinyTasks.task(1, 4, FillListener.NONE));
    }
    assertThat(found.trace()).isEqualTo(first.get(0).trace());
    assertThat(found.latent()).isEqualTo(first.get(0).latent());
    assertThat(found.image().samples()).containsExactly(first.get(0).image().samples());
    try (LatentSearch search = search(two)) {
      List<FoundLatent> candidates = search.fill(TinyTasks.task(1, 2, untilFive));
      assertThat(candidates).hasSize(2);
      assertSame(candidates.get(0), found);
      assertThat(candidates.get(1).loss()).isLessThanOrEqualTo(first.get(1).loss());
    }
  }

  /** One of the two finalists has taken all steps, the other those of the trial. */
  @Test
  void run_cancelledBeforeTheSecondFinalist_isCancelled() {
    SearchOptions two = SHORT.toBuilder().restarts(4).finalists(2).batchSize(1).build();
    int steps = 4 * 4 + 8;
    try (LatentSearch search = search(two)) {
      List<FoundLatent> found =
          search.fill(TinyTasks.task(1, 2, (step, all, loss) -> step < steps));
      assertThat(found.stream().map(start -> start.trace().steps())).containsExactly(12, 4);
      assertThat(found.get(0).status()).isEqualTo(FillStatus.CANCELLED);
    }
  }

  @Test
  void run_cancelledWhileDrawing_isTheBestDrawSoFar() {
    SearchOptions drawing = SHORT.toBuilder().draws(20).build();
    List<Double> told = new ArrayList<>();
    FillTask task =
        task(
            1,
            (step, steps, loss) -> {
              assertThat(steps).isEqualTo(20 / 4 + 12);
              told.add(loss);
              return step < 3;
            });
    FoundLatent found = find(drawing, task);
    assertThat(told).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(found.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(found.trace().steps()).isEqualTo(1);
    assertThat(found.loss()).isEqualTo(told.get(2));
    // The best of the first twelve.
    FoundLatent twelve = find(drawing.toBuilder().draws(12).steps(1).build(), task(1));
    assertThat(found.latent()).isEqualTo(twelve.latent());
    assertThat(found.image().samples()).containsExactly(twelve.image().samples());
    // The others of its batch go on.
    List<Optional<FoundLatent>> both = findAll(drawing, task, task(2));
    assertSame(both.get(1).orElseThrow(), find(drawing, task(2)));
    assertThat(both.get(0).orElseThrow().latent()).isEqualTo(found.latent());
  }

  @Test
  void run_interruptedBefore_givesTheFirstImageAlone() {
    Thread.currentThread().interrupt();
    List<Optional<FoundLatent>> found = findAll(SHORT, task(1), task(2));
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(found.get(1)).isEmpty();
    FoundLatent first = found.get(0).orElseThrow();
    assertThat(first.status()).isEqualTo(FillStatus.CANCELLED);
    FoundLatent one = find(SHORT.toBuilder().steps(1).build(), task(1));
    assertThat(first.trace()).isEqualTo(one.trace());
    assertThat(first.image().samples()).containsExactly(one.image().samples());
  }

  @Test
  void run_interruptedWhileItDraws_beginsNoOther() {
    SearchOptions drawing = SHORT.toBuilder().draws(8).build();
    FillListener interrupting =
        (step, steps, loss) -> {
          Thread.currentThread().interrupt();
          return true;
        };
    List<Optional<FoundLatent>> found = findAll(drawing, task(1, interrupting), task(2));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(found.get(0).orElseThrow().status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(found.get(1)).isEmpty();
  }

  /** Images of one batch end together; those of the next are not begun. */
  @Test
  void run_interruptedWhileItSteps_endsTheBatch() {
    FillListener interrupting =
        (step, steps, loss) -> {
          if (step == 3) {
            Thread.currentThread().interrupt();
          }
          return true;
        };
    List<Optional<FoundLatent>> found =
        findAll(SHORT.toBuilder().batchSize(2).build(), task(1), task(2, interrupting), task(3));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(found.get(1).orElseThrow().status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(found.get(1).orElseThrow().trace().steps()).isEqualTo(3);
    assertThat(found.get(0).orElseThrow().trace().steps()).isBetween(3, 4);
    assertThat(found.get(2)).isEmpty();
  }

  /** The first image is through with its trial, the second is in it, the third is not begun. */
  @Test
  void run_interruptedInTheTrialOfAnother_givesTheBestOfTheTrial() {
    SearchOptions trying = SHORT.toBuilder().restarts(4).finalists(2).build();
    FillListener interrupting =
        (step, steps, loss) -> {
          if (step == 2) {
            Thread.currentThread().interrupt();
          }
          return true;
        };
    List<Optional<FoundLatent>> found = findAll(trying, task(1), task(2, interrupting), task(3));
    assertThat(Thread.interrupted()).isTrue();
    FoundLatent first = found.get(0).orElseThrow();
    FoundLatent trial = find(SHORT.toBuilder().steps(4).restarts(4).build(), task(1));
    assertThat(first.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(first.bestStep()).isEqualTo(3);
    assertThat(first.loss()).isEqualTo(trial.loss());
    assertThat(first.trace()).isEqualTo(trial.trace());
    assertThat(first.latent()).isEqualTo(trial.latent());
    assertThat(first.image().samples()).containsExactly(trial.image().samples());
    assertThat(found.get(1).orElseThrow().trace().steps()).isEqualTo(2);
    assertThat(found.get(2)).isEmpty();
  }

  /** Both images are through with their trials; the finalists of the first go on alone. */
  @Test
  void run_interruptedAfterTheTrial_givesTheOthersTheBestOfTheTrial() {
    SearchOptions two = SHORT.toBuilder().restarts(4).finalists(2).batchSize(2).build();
    FillListener interrupting =
        (step, steps, loss) -> {
          if (step == 2 * 4 + 3) {
            Thread.currentThread().interrupt();
          }
          return true;
        };
    List<Optional<FoundLatent>> found = findAll(two, task(1, interrupting), task(2));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(found.get(0).orElseThrow().trace().steps()).isEqualTo(4 + 3);
    FoundLatent second = found.get(1).orElseThrow();
    FoundLatent trial = find(SHORT.toBuilder().steps(4).restarts(4).build(), task(2));
    assertThat(second.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(second.trace()).isEqualTo(trial.trace());
    assertThat(second.image().samples()).containsExactly(trial.image().samples());
  }

  /** Those with several candidates are searched by themselves, and in their turn. */
  @Test
  void fillAll_interrupted_beginsNoOtherSearchOfItsOwn() {
    FillTask two = TinyTasks.task(1, 2, FillListener.NONE);
    try (LatentSearch search = search(SHORT)) {
      for (List<FillTask> tasks :
          List.of(
              List.of(two, two, two),
              List.of(two, task(2), task(3)),
              List.of(task(2), two, task(3), two))) {
        Thread.currentThread().interrupt();
        List<FillOutcome> outcomes = search.fillAll(tasks);
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(outcomes).hasSameSizeAs(tasks);
        for (int i = 0; i < tasks.size(); i++) {
          assertThat(outcomes.get(i).error()).isEmpty();
          assertThat(outcomes.get(i).fillings()).hasSize(i == 0 ? 1 : 0);
        }
      }
    }
  }
}
