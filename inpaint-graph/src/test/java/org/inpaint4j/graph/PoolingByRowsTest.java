package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** Against what SameDiff itself computes of the same graph. */
class PoolingByRowsTest {

  /** Means may be summed in another order. */
  private static final float ROUNDING = 1e-6f;

  /** Rows are divided into 10, 2 and 9 parts; 3 x 66 rows of windows of 3 into 3 parts. */
  @ParameterizedTest
  @CsvSource({"1, 2, 240, 320, 2", "3, 5, 100, 130, 2", "2, 1, 126, 1024, 2", "1, 3, 198, 99, 3"})
  void result_ofLargeMaps_isThatOfTheWholeMap(
      int images, int channels, int height, int width, int side) {
    INDArray x = TinyGraphs.weights(7, 1, images, channels, height, width);
    for (boolean largest : new boolean[] {true, false}) {
      SameDiff graph = SameDiff.create();
      SDVariable in = graph.placeHolder("x", DataType.FLOAT, images, channels, height, width);
      SDVariable out = pool(graph, in, side, side, largest);
      float[] expected =
          graph.outputSingle(Map.of("x", x), out.name()).dup('c').ravel().toFloatVector();
      float[] found = new float[expected.length];
      try (GraphPlan plan = GraphPlan.frozen(graph, List.of(Set.of("x")), Set.of(out.name()))) {
        plan.set("x", x.ravel().toFloatVector(), 0);
        plan.run(0);
        plan.get(out.name(), found, 0);
      }
      if (largest) {
        assertThat(found).isEqualTo(expected);
      } else {
        assertThat(found).containsExactly(expected, within(ROUNDING));
      }
    }
  }

  @Test
  void replace_ofLargeMaps_takesRowsForChannels() {
    assertThat(shapesOf(240, 320, 2, 2)).containsExactly(new long[] {1, 160, 12, 160});
  }

  @Test
  void replace_ofWhatIsFastOrOverlapsOrCannotBeDivided_keepsTheOp() {
    assertThat(shapesOf(90, 90, 2, 2)).containsExactly(new long[] {1, 16, 45, 45});
    assertThat(shapesOf(241, 320, 3, 2)).containsExactly(new long[] {1, 16, 120, 159});
    // 2 x 211 rows, and 211 is a prime: one row of windows would be a channel.
    assertThat(shapesOf(422, 9000, 2, 2)).containsExactly(new long[] {1, 16, 211, 4500});
  }

  /** Shapes of what is pooled in the plan of a graph that pools 16 channels. */
  private static List<long[]> shapesOf(int height, int width, int side, int stride) {
    SameDiff graph = SameDiff.create();
    SDVariable in = graph.placeHolder("x", DataType.FLOAT, 1, 16, height, width);
    SDVariable out = pool(graph, in, side, stride, true);
    try (StaticPlan plan = StaticPlan.frozen(graph, List.of(Set.of("x")), Set.of(out.name()))) {
      return plan.stage(0).stream()
          .filter(op -> op.op().name().equals("maxpool2d"))
          .map(op -> op.outputs().get(0).shape())
          .toList();
    }
  }

  private static SDVariable pool(
      SameDiff graph, SDVariable x, int side, int stride, boolean largest) {
    Pooling2DConfig windows =
        Pooling2DConfig.builder()
            .kH(side)
            .kW(side)
            .sH(stride)
            .sW(stride)
            .paddingMode(PaddingMode.VALID)
            .build();
    return largest ? graph.cnn().maxPooling2d(x, windows) : graph.cnn().avgPooling2d(x, windows);
  }
}
