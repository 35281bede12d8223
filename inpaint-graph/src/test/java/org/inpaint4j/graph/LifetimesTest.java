package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifetimesTest {

  private static final List<Set<String>> STAGES = List.of(Set.of("y"), Set.of("z"));

  private static PlanOp op(String name, String output, String... inputs) {
    return new PlanOp(PlanOp.custom(name), List.of(inputs), List.of(output));
  }

  private static Lifetimes of(PlanOp... ops) {
    return new Lifetimes(List.of(ops), STAGES, Set.of("wanted"));
  }

  @Test
  void chain_endsEachAfterItsReader() {
    Lifetimes lifetimes =
        of(op("tanh", "a", "z"), op("tanh", "b", "a"), op("multiply", "wanted", "a", "b"));

    assertThat(lifetimes.endingAfter(0)).isEmpty();
    assertThat(lifetimes.endingAfter(1)).isEmpty();
    assertThat(lifetimes.endingAfter(2)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void inputsConstantsAndWanted_stay() {
    Lifetimes lifetimes = of(op("tanh", "c", "weights"), op("multiply", "wanted", "c", "z"));

    assertThat(lifetimes.stage(0)).isEqualTo(Lifetimes.CONSTANT);
    assertThat(lifetimes.stage(1)).isEqualTo(1);
    assertThat(List.of("c", "z", "weights", "wanted")).noneMatch(lifetimes::isPassing);
    assertThat(lifetimes.endingAfter(1)).isEmpty();
  }

  @Test
  void whatALaterStageReads_stays() {
    Lifetimes lifetimes =
        of(
            op("tanh", "ofImage", "y"),
            op("tanh", "scratch", "y"),
            op("tanh", "kept", "scratch"),
            op("multiply", "both", "kept", "z"),
            op("multiply", "wanted", "both", "ofImage"));

    assertThat(lifetimes.isPassing("ofImage")).isFalse();
    assertThat(lifetimes.isPassing("kept")).isFalse();
    assertThat(lifetimes.endingAfter(2)).containsExactly("scratch");
    assertThat(lifetimes.endingAfter(4)).containsExactly("both");
  }

  @Test
  void view_keepsTheMemoryThatItShares() {
    Lifetimes lifetimes =
        of(
            op("tanh", "a", "z"),
            op("reshape", "row", "a"),
            op("tanh", "b", "z"),
            op("multiply", "c", "row", "b"),
            op("tanh", "d", "c"),
            op("reshape", "wanted", "d"));

    assertThat(lifetimes.endingAfter(0)).isEmpty();
    assertThat(lifetimes.endingAfter(1)).isEmpty();
    assertThat(lifetimes.endingAfter(3)).containsExactlyInAnyOrder("a", "b");
    assertThat(lifetimes.isPassing("d")).isFalse();
  }

  @Test
  void shapeOnlyInput_isNotRead() {
    Lifetimes lifetimes =
        of(
            op("tanh", "a", "z"),
            op("tanh", "b", "a"),
            op("reduce_sum_bp", "c", "a", "b"),
            op("tanh", "wanted", "c"));

    assertThat(lifetimes.endingAfter(1)).containsExactly("a");
    assertThat(lifetimes.endingAfter(2)).containsExactly("b");
  }

  @Test
  void outputThatNobodyReads_endsAtOnce() {
    Lifetimes lifetimes = of(op("tanh", "a", "z"), op("tanh", "wanted", "z"));

    assertThat(lifetimes.endingAfter(0)).containsExactly("a");
  }
}
