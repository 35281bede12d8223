package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Against what SameDiff itself computes of the same graph. */
class SumOfEachImageTest {

  /** A few values of about 1 may be summed in another order. */
  private static final float ROUNDING = 1e-5f;

  private static Arguments sum(boolean ofEachImage, long[] shape, int... axes) {
    return Arguments.of(ofEachImage, shape, axes);
  }

  private static long[] shape(long... sides) {
    return sides;
  }

  /** Of equal sides a shape does not say which axes were summed over. */
  static Stream<Arguments> sums() {
    return Stream.of(
        sum(true, shape(3, 3), 1),
        sum(true, shape(3, 3), -1),
        sum(false, shape(3, 3), 0),
        sum(false, shape(3, 3), -2),
        sum(true, shape(1, 1), 1),
        sum(false, shape(1, 1), 0),
        sum(true, shape(2, 2, 2), 1, 2),
        sum(true, shape(2, 2, 2), 2, 1),
        sum(true, shape(2, 2, 2), -1, -2),
        sum(false, shape(2, 2, 2), 0, 1),
        sum(false, shape(2, 2, 2), 0, 2),
        sum(false, shape(2, 2, 2), -3, -1),
        sum(false, shape(1, 4, 1), 0, 1),
        sum(true, shape(2, 3, 4, 5), 1, 2, 3));
  }

  @ParameterizedTest
  @MethodSource("sums")
  void replace_sum_isFastOverAllAxesButTheFirstAndRightOverAny(
      boolean ofEachImage, long[] shape, int[] axes) {
    INDArray x = TinyGraphs.weights(7, 1, shape);
    SameDiff graph = SameDiff.create();
    SDVariable in = graph.placeHolder("x", DataType.FLOAT, shape);
    SDVariable out = in.sum(axes);
    float[] expected =
        graph.outputSingle(Map.of("x", x), out.name()).dup('c').ravel().toFloatVector();
    float[] found = new float[expected.length];
    try (GraphPlan plan = GraphPlan.frozen(graph, List.of(Set.of("x")), Set.of(out.name()))) {
      plan.set("x", x.ravel().toFloatVector(), 0);
      plan.run(0);
      plan.get(out.name(), found, 0);
    }
    assertThat(found).containsExactly(expected, within(ROUNDING));
    try (StaticPlan plan = StaticPlan.frozen(graph, List.of(Set.of("x")), Set.of(out.name()))) {
      assertThat(plan.stage(0).stream().anyMatch(op -> op.op().name().equals("reduce_sum")))
          .isEqualTo(!ofEachImage);
    }
  }
}
