package org.inpaint4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.inpaint4j.search.SearchOptions.ALL;
import static org.inpaint4j.search.SearchOptions.NEVER;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.inpaint4j.search.Optimizer.Adam;
import org.inpaint4j.search.Optimizer.Lbfgs;
import org.inpaint4j.search.Optimizer.NormalizedGradientDescent;
import org.inpaint4j.search.Optimizer.Schedule;
import org.inpaint4j.search.SearchOptions.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the presets set, what can be changed, and what is refused. */
class SearchOptionsTest {

  private static final LatentBound BALL = new LatentBound(Double.POSITIVE_INFINITY, 1);
  private static final Optimizer DECAYED = new Adam(0.5, 0.9, 0.999, 1e-8, new Schedule(0.05, 0.5));

  @Test
  void presets_setWhatTheySay() {
    assertThat(SearchOptions.paperDcgan())
        .isEqualTo(
            new SearchOptions(
                1500,
                1,
                1,
                ALL,
                Outcome.BEST,
                16,
                new Adam(1e-3, 0.9, 0.999, 1e-8, Schedule.CONSTANT),
                LatentBound.NONE,
                NEVER));
    assertThat(SearchOptions.paperStyleGan())
        .isEqualTo(SearchOptions.paperDcgan().toBuilder().steps(3000).batchSize(1).build());
    assertThat(SearchOptions.balanced())
        .isEqualTo(new SearchOptions(64, 64, 4, ALL, Outcome.MEAN, 16, DECAYED, BALL, NEVER));
    assertThat(SearchOptions.fast())
        .isEqualTo(new SearchOptions(34, 32, 2, ALL, Outcome.MEAN, 16, DECAYED, BALL, NEVER));
    assertThat(SearchOptions.quality())
        .isEqualTo(new SearchOptions(64, 256, 16, 8, Outcome.MEAN, 16, DECAYED, BALL, NEVER));
  }

  @Test
  void toBuilder_changesOneOptionAndKeepsTheOthers() {
    Map<SearchOptions, UnaryOperator<SearchOptions.Builder>> changed = new LinkedHashMap<>();
    Optimizer other = new Lbfgs(5, 0.1);
    changed.put(
        new SearchOptions(9, 32, 2, 2, Outcome.MEAN, 16, DECAYED, BALL, 7), b -> b.steps(9));
    changed.put(
        new SearchOptions(34, 9, 2, 2, Outcome.MEAN, 16, DECAYED, BALL, 7), b -> b.draws(9));
    changed.put(
        new SearchOptions(34, 32, 9, 2, Outcome.MEAN, 16, DECAYED, BALL, 7), b -> b.restarts(9));
    changed.put(
        new SearchOptions(34, 32, 2, 9, Outcome.MEAN, 16, DECAYED, BALL, 7), b -> b.finalists(9));
    changed.put(
        new SearchOptions(34, 32, 2, 2, Outcome.BEST, 16, DECAYED, BALL, 7),
        b -> b.outcome(Outcome.BEST));
    changed.put(
        new SearchOptions(34, 32, 2, 2, Outcome.MEAN, 9, DECAYED, BALL, 7), b -> b.batchSize(9));
    changed.put(
        new SearchOptions(34, 32, 2, 2, Outcome.MEAN, 16, other, BALL, 7), b -> b.optimizer(other));
    changed.put(
        new SearchOptions(34, 32, 2, 2, Outcome.MEAN, 16, DECAYED, LatentBound.NONE, 7),
        b -> b.bound(LatentBound.NONE));
    changed.put(
        new SearchOptions(34, 32, 2, 2, Outcome.MEAN, 16, DECAYED, BALL, 9), b -> b.patience(9));
    SearchOptions base = SearchOptions.fast().toBuilder().finalists(2).patience(7).build();
    changed.forEach(
        (expected, change) ->
            assertThat(change.apply(base.toBuilder()).build()).isEqualTo(expected));
    assertThat(base.toBuilder().build()).isEqualTo(base);
  }

  @Test
  void build_outOfRange_saysWhich() {
    Map<String, UnaryOperator<SearchOptions.Builder>> wrong = new LinkedHashMap<>();
    wrong.put("steps", b -> b.steps(0));
    wrong.put("draws", b -> b.draws(0));
    wrong.put("restarts", b -> b.restarts(0));
    wrong.put("finalists", b -> b.finalists(0));
    wrong.put("batchSize", b -> b.batchSize(0));
    wrong.put("patience", b -> b.patience(0));
    wrong.forEach(
        (what, change) -> {
          SearchOptions.Builder builder = change.apply(SearchOptions.balanced().toBuilder());
          assertThatIllegalArgumentException()
              .isThrownBy(builder::build)
              .withMessage(what + " must be positive: found 0");
        });
    Map<String, UnaryOperator<SearchOptions.Builder>> missing = new LinkedHashMap<>();
    missing.put("outcome", b -> b.outcome(null));
    missing.put("optimizer", b -> b.optimizer(null));
    missing.put("bound", b -> b.bound(null));
    missing.forEach(
        (what, change) -> {
          SearchOptions.Builder builder = change.apply(SearchOptions.balanced().toBuilder());
          assertThatNullPointerException().isThrownBy(builder::build).withMessage(what);
        });
    SearchOptions least =
        new SearchOptions(1, 1, 1, 1, Outcome.BEST, 1, DECAYED, LatentBound.NONE, 1);
    assertThat(least.toBuilder().build()).isEqualTo(least);
  }

  @Test
  void toString_saysAllOfThem() {
    assertThat(SearchOptions.balanced())
        .hasToString(
            "64 steps, 64 draws, 4 restarts, all of them finalists, outcome MEAN, batches of 16, "
                + DECAYED
                + ", "
                + BALL
                + ", patience without end");
    assertThat(SearchOptions.quality().toBuilder().patience(30).build().toString())
        .contains("16 restarts, 8 of them finalists")
        .endsWith(", patience 30");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void optimizer_rateOutOfRange_isRefused(double rate) {
    String message = "learning rate must be positive and finite: found " + rate;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.adam(rate))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NormalizedGradientDescent(rate, Schedule.CONSTANT))
        .withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> new Lbfgs(5, rate)).withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(1, 0.9, 0.999, rate, Schedule.CONSTANT))
        .withMessage("epsilon must be positive and finite: found " + rate);
  }

  @Test
  void optimizer_otherSettingsOutOfRange_areRefused() {
    for (double beta : new double[] {-0.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Adam(1, beta, 0.999, 1e-8, Schedule.CONSTANT))
          .withMessage("beta1 must be in [0, 1): found " + beta);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Adam(1, 0.9, beta, 1e-8, Schedule.CONSTANT))
          .withMessage("beta2 must be in [0, 1): found " + beta);
    }
    for (double part : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Schedule(part, 0))
          .withMessage("warmUp must be in [0, 1]: found " + part);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Schedule(0, part))
          .withMessage("decay must be in [0, 1]: found " + part);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lbfgs(0, 1))
        .withMessage("history must be positive: found 0");
    assertThat(new Adam(1, 0, 0, 1e-8, new Schedule(1, 1)).schedule(Schedule.PROJECTOR))
        .isEqualTo(new Adam(1, 0, 0, 1e-8, new Schedule(0.05, 0.25)));
    assertThat(new Schedule(0, 0)).isEqualTo(Schedule.CONSTANT);
    assertThat(new Lbfgs(1, 1).history()).isEqualTo(1);
  }
}
