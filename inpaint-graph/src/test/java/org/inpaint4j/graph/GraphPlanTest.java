package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/** Against {@code SameDiff.calculateGradients} of the same graph. */
class GraphPlanTest {

  /** Leaky ReLU and its derivative are other ops, which round in the same way. */
  private static final double ALGEBRAICALLY_EQUAL = 1e-5;

  /** x*x for one number: 6 at 3. */
  @Test
  void gradient_ofSquare_isTwice() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 1);
    SDVariable gradient = GraphPlan.addGradients(graph, x.mul(x).sum(), List.of(x)).get(0);
    try (GraphPlan plan =
        GraphPlan.trainable(graph, List.of(Set.of("x")), Map.of(), Set.of(gradient.name()))) {
      plan.set("x", new float[] {0, 3}, 1);
      plan.run(0);
      float[] result = new float[2];
      plan.get(gradient.name(), result, 1);
      assertThat(result).containsExactly(0, 6);
      plan.set("x", new float[] {-5}, 0);
      plan.run(0);
      plan.get(gradient.name(), result, 1);
      assertThat(result).containsExactly(0, -10);
    }
  }

  /** The loss of a small network, whose inputs are in the graph already. */
  private static SDVariable network(SameDiff graph) {
    SDVariable x = graph.getVariable("x");
    SDVariable kernel = graph.getVariable("kernel");
    SDVariable matrix = graph.getVariable("matrix");
    SDVariable bias = graph.getVariable("bias");
    Conv2DConfig halving =
        Conv2DConfig.builder()
            .kH(4)
            .kW(4)
            .sH(2)
            .sW(2)
            .pH(1)
            .pW(1)
            .paddingMode(PaddingMode.VALID)
            .build();
    SDVariable y = graph.nn().leakyRelu(graph.cnn().conv2d(x, kernel, halving), 0.2);
    SDVariable logits = graph.mmul(graph.reshape(y, 2, 80), matrix).add(bias);
    return graph.math().log1p(graph.math().exp(logits)).mean();
  }

  private static Map<String, INDArray> inputs(long seed) {
    Map<String, INDArray> inputs = new HashMap<>();
    inputs.put("x", TinyGraphs.weights(seed, 1, 2, 3, 8, 8));
    inputs.put("kernel", TinyGraphs.weights(seed + 1, 0.3, 4, 4, 3, 5));
    inputs.put("matrix", TinyGraphs.weights(seed + 2, 0.3, 80, 1));
    inputs.put("bias", TinyGraphs.weights(seed + 3, 0.3, 1));
    return inputs;
  }

  @Test
  void gradients_ofWeightsAndData_equalSameDiffsAtEachRun() {
    List<String> names = List.of("kernel", "matrix", "bias", "x");
    SameDiff graph = SameDiff.create();
    inputs(0)
        .forEach((name, array) -> graph.placeHolder(name, DataType.FLOAT, array.shape().clone()));
    SDVariable loss = network(graph);
    List<SDVariable> variables = names.stream().map(graph::getVariable).toList();
    List<String> gradients =
        GraphPlan.addGradients(graph, loss, variables).stream().map(SDVariable::name).toList();
    try (GraphPlan plan =
        GraphPlan.trainable(graph, List.of(Set.copyOf(names)), Map.of(), Set.copyOf(gradients))) {
      for (long seed : new long[] {100, 200}) {
        Map<String, INDArray> inputs = inputs(seed);
        // SameDiff only differentiates graphs that hold variables.
        SameDiff oracle = SameDiff.create();
        inputs.forEach((name, array) -> oracle.var(name, array));
        oracle.setLossVariables(network(oracle).name());
        Map<String, INDArray> expected = oracle.calculateGradients(Map.of(), names);
        inputs.forEach((name, array) -> plan.set(name, flat(array), 0));
        plan.run(0);
        for (int i = 0; i < names.size(); i++) {
          assertClose(plan, gradients.get(i), flat(expected.get(names.get(i))));
        }
      }
    }
  }

  private static float[] flat(INDArray array) {
    return array.dup('c').reshape(-1).toFloatVector();
  }

  private static void assertClose(GraphPlan plan, String name, float[] expected) {
    float[] actual = new float[expected.length];
    plan.get(name, actual, 0);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(ALGEBRAICALLY_EQUAL * largest));
    }
  }

  /** y = a x, z = b y: the second stage must see the first one's y, also after a has changed. */
  @Test
  void run_laterStage_reusesWhatEarlierOnesComputed() {
    SameDiff graph = SameDiff.create();
    SDVariable a = graph.placeHolder("a", DataType.FLOAT, 1);
    SDVariable b = graph.placeHolder("b", DataType.FLOAT, 1);
    SDVariable y = a.mul(2);
    SDVariable z = b.mul(y);
    try (GraphPlan plan =
        GraphPlan.trainable(
            graph, List.of(Set.of("a"), Set.of("b")), Map.of(), Set.of(y.name(), z.name()))) {
      plan.set("a", new float[] {3}, 0);
      plan.set("b", new float[] {5}, 0);
      plan.run(0);
      plan.run(1);
      assertThat(plan.array(z.name()).getFloat(0)).isEqualTo(30);
      plan.set("a", new float[] {100}, 0);
      plan.set("b", new float[] {7}, 0);
      plan.run(1);
      assertThat(plan.array(z.name()).getFloat(0)).isEqualTo(42);
      plan.run(0);
      assertThat(plan.array(z.name()).getFloat(0)).isEqualTo(42);
      plan.run(1);
      assertThat(plan.array(z.name()).getFloat(0)).isEqualTo(1400);
    }
  }

  @Test
  void compile_sharedArray_isReadInPlaceAndOutlivesThePlan() {
    SameDiff first = SameDiff.create();
    SDVariable made = first.placeHolder("x", DataType.FLOAT, 2).add(1);
    SameDiff second = SameDiff.create();
    SDVariable used = second.placeHolder("in", DataType.FLOAT, 2).mul(10);
    try (GraphPlan maker =
        GraphPlan.trainable(first, List.of(Set.of("x")), Map.of(), Set.of(made.name()))) {
      GraphPlan user =
          GraphPlan.trainable(
              second,
              List.of(Set.of("in")),
              Map.of("in", maker.array(made.name())),
              Set.of(used.name()));
      maker.set("x", new float[] {1, 2}, 0);
      maker.run(0);
      user.run(0);
      assertThat(user.array(used.name()).toFloatVector()).containsExactly(20, 30);
      user.close();
      maker.set("x", new float[] {4, 5}, 0);
      maker.run(0);
      assertThat(maker.array(made.name()).toFloatVector()).containsExactly(5, 6);
    }
  }

  /** Products of a batch stay one product, though one of the factors never changes. */
  @Test
  void compile_constantFactor_isNotTakenImageByImage() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 16, 4);
    SDVariable product = graph.mmul(x, graph.constant(TinyGraphs.weights(1, 1, 4, 3)));
    try (GraphPlan plan =
        GraphPlan.trainable(graph, List.of(Set.of("x")), Map.of(), Set.of(product.name()))) {
      assertThat(plan.ops(0)).hasSize(1);
      assertThat(plan.ops(0).get(0).op().name()).isEqualTo("matmul");
      assertThat(plan.ops(0).get(0).outputs().get(0).shape()).containsExactly(16, 3);
    }
  }

  /** Rows of two and three numbers: each item has its own place, in a copy. */
  @Test
  void setItemsAndGetItem_areOneRowEach() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2, 3);
    SDVariable y = x.mul(10);
    try (GraphPlan plan = GraphPlan.frozen(graph, List.of(Set.of("x")), Set.of(y.name(), "x"))) {
      float[] first = {1, 2, 3};
      plan.setItems("x", List.of(first, new float[] {4, 5, 6}));
      first[0] = 99;
      plan.run(0);
      float[] item = new float[3];
      plan.getItem(y.name(), 1, item);
      assertThat(item).containsExactly(40, 50, 60);
      plan.getItem(y.name(), 0, item);
      assertThat(item).containsExactly(10, 20, 30);
      item[0] = 99;
      plan.getItem("x", 0, item);
      assertThat(item).containsExactly(1, 2, 3);
      // What is set is seen at the next run alone.
      plan.setItems("x", List.of(new float[] {7, 8, 9}, new float[3]));
      plan.getItem(y.name(), 0, item);
      assertThat(item).containsExactly(10, 20, 30);
      plan.run(0);
      plan.getItem(y.name(), 0, item);
      assertThat(item).containsExactly(70, 80, 90);
      plan.getItem(y.name(), 1, item);
      assertThat(item).containsExactly(0, 0, 0);
    }
  }

  @Test
  void setItems_whatDoesNotFit_saysSo() {
    SameDiff graph = SameDiff.create();
    SDVariable y = graph.placeHolder("x", DataType.FLOAT, 2, 3).mul(10);
    try (GraphPlan plan = GraphPlan.frozen(graph, List.of(Set.of("x")), Set.of(y.name()))) {
      assertThatThrownBy(() -> plan.setItems("x", List.of(new float[3])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the input 'x' must be given all its items: expected 2, found 1");
      assertThatThrownBy(() -> plan.setItems("x", List.of(new float[3], new float[4])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("an input must have the length of its shape: expected 3, found 4");
      assertThatThrownBy(() -> plan.setItems("none", List.of(new float[3])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** z = 2 a b with y = 2 a in the first stage; u = z + 1 and v = z * 3 beside each other. */
  @Test
  void part_ofAStage_computesWhatTheNamesNeedAlone() {
    SameDiff graph = SameDiff.create();
    SDVariable a = graph.placeHolder("a", DataType.FLOAT, 1);
    SDVariable b = graph.placeHolder("b", DataType.FLOAT, 1);
    SDVariable y = a.mul(2);
    SDVariable z = b.mul(y);
    SDVariable u = z.add(1);
    SDVariable v = z.mul(3);
    try (GraphPlan plan =
        GraphPlan.frozen(
            graph, List.of(Set.of("a"), Set.of("b")), Set.of(y.name(), u.name(), v.name()))) {
      Runnable onlyU = plan.part(1, Set.of(u.name()));
      Runnable both = plan.part(1, Set.of(u.name(), v.name()));
      plan.set("a", new float[] {3}, 0);
      plan.set("b", new float[] {5}, 0);
      plan.run(0);
      plan.run(1);
      assertThat(plan.array(u.name()).getFloat(0)).isEqualTo(31);
      assertThat(plan.array(v.name()).getFloat(0)).isEqualTo(90);
      plan.set("a", new float[] {100}, 0);
      plan.set("b", new float[] {7}, 0);
      onlyU.run();
      // The first stage has not run again, and v is of no concern to u.
      assertThat(plan.array(y.name()).getFloat(0)).isEqualTo(6);
      assertThat(plan.array(u.name()).getFloat(0)).isEqualTo(43);
      assertThat(plan.array(v.name()).getFloat(0)).isEqualTo(90);
      both.run();
      assertThat(plan.array(v.name()).getFloat(0)).isEqualTo(126);
      plan.part(0, Set.of(y.name())).run();
      assertThat(plan.array(y.name()).getFloat(0)).isEqualTo(200);
      assertThat(plan.array(u.name()).getFloat(0)).isEqualTo(43);
    }
  }

  @Test
  void compile_whatDoesNotFit_saysSo() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2);
    SDVariable y = x.add(1);
    Set<String> wanted = Set.of(y.name());
    assertThatThrownBy(() -> GraphPlan.trainable(graph, List.of(), Map.of(), wanted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stages must hold all inputs of the graph: expected [x], found []");
    assertThatThrownBy(
            () -> GraphPlan.trainable(graph, List.of(Set.of("x"), Set.of("x")), Map.of(), wanted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an input must be in one stage: found 'x' twice");
    Map<String, INDArray> wrong = new HashMap<>();
    wrong.put("x", TinyGraphs.weights(1, 1, 3));
    assertThatThrownBy(() -> GraphPlan.trainable(graph, List.of(Set.of("x")), wrong, wanted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the shared array 'x' must fit its input: expected dense FLOAT [2]");
    SDVariable apart = graph.placeHolder("apart", DataType.FLOAT, 2);
    List<SDVariable> both = new ArrayList<>(List.of(x, apart));
    assertThatThrownBy(() -> GraphPlan.addGradients(graph, y.sum(), both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the loss must depend on 'apart'");
  }

  @Test
  void close_freesItsArraysAndNotTheShared_andEndsUse() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 1, 1, 2, 2);
    SDVariable weights = graph.placeHolder("weights", DataType.FLOAT, 1, 1, 2, 2);
    SDVariable y = x.mul(weights).add(1);
    INDArray shared = TinyGraphs.weights(1, 1, 1, 1, 2, 2);
    GraphPlan plan =
        GraphPlan.trainable(
            graph, List.of(Set.of("x", "weights")), Map.of("weights", shared), Set.of(y.name()));
    INDArray input = plan.array("x");
    INDArray result = plan.array(y.name());
    Runnable part = plan.part(0, Set.of(y.name()));
    plan.close();
    plan.close();
    assertThat(input.wasClosed()).isTrue();
    assertThat(result.wasClosed()).isTrue();
    assertThat(shared.wasClosed()).isFalse();
    float[] values = new float[4];
    List<Runnable> uses =
        List.of(
            part,
            () -> plan.run(0),
            () -> plan.array("x"),
            () -> plan.set("x", values, 0),
            () -> plan.get(y.name(), values, 0));
    for (Runnable use : uses) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a plan must not be used after close()");
    }
  }
}
