package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Against what SameDiff itself computes of the same graph. */
class ReverseAsGatherTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, -1})
  void resultAndGradient_alongEachAxis_areSameDiffs(int axis) {
    INDArray x = TinyGraphs.weights(3, 1, 2, 3, 4, 5);
    SameDiff graph = SameDiff.create();
    SDVariable in = graph.placeHolder("x", DataType.FLOAT, 2, 3, 4, 5);
    SDVariable factor = graph.constant(TinyGraphs.weights(4, 1, 2, 3, 4, 5));
    SDVariable out = graph.reverse(in, axis);
    SDVariable gradient = GraphPlan.addGradients(graph, out.mul(factor).sum(), List.of(in)).get(0);
    Map<String, INDArray> expected = graph.output(Map.of("x", x), out.name(), gradient.name());
    Set<String> wanted = Set.of(out.name(), gradient.name());
    try (StaticPlan plan = StaticPlan.frozen(graph, List.of(Set.of("x")), wanted)) {
      plan.array("x").assign(x);
      plan.run(0);
      for (String name : wanted) {
        assertThat(plan.array(name)).isEqualTo(expected.get(name));
      }
      assertThat(plan.stage(0)).noneMatch(op -> op.op().name().equals("reverse"));
    }
  }
}
