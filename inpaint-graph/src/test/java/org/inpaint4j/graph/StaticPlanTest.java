package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Plans against {@code SameDiff.calculateGradients} on the same graph, which is the oracle. */
class StaticPlanTest {

  /** Replaced ops sum in another order; 1e-5 of the largest value allows for that. */
  private static final double ALGEBRAICALLY_EQUAL = 1e-5;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void gradient_ofGeneratorLossesAndDiscriminator_equalsSameDiffs(int images) {
    INDArray z = TinyGraphs.weights(20, 1, images, TinyGraphs.LATENT);
    INDArray y = TinyGraphs.weights(21, 0.4, images, 3, 16, 16);
    Function<SameDiff, SDVariable> network =
        graph -> {
          SDVariable latent =
              graph.placeHolder("latent", DataType.FLOAT, images, TinyGraphs.LATENT);
          SDVariable target = graph.placeHolder("y", DataType.FLOAT, images, 3, 16, 16);
          SDVariable generated = TinyGraphs.generate(graph, latent);
          SDVariable logits = TinyGraphs.logits(graph, generated, images);
          SDVariable context = graph.math().abs(generated.sub(target)).sum(1, 2, 3);
          return context.add(graph.nn().softplus(logits).mul(-0.1)).sum();
        };
    assertSameGradient(network, "latent", Map.of("latent", z, "y", y));
  }

  /** Upsampling, blur, instance norm, style modulation: what StyleGAN is made of. */
  @Test
  void gradient_ofStyleGanOps_equalsSameDiffs() {
    INDArray w = TinyGraphs.weights(30, 1, 2, 6);
    Function<SameDiff, SDVariable> network =
        graph -> {
          SDVariable latent = graph.placeHolder("w", DataType.FLOAT, 2, 6);
          SDVariable start = graph.constant(TinyGraphs.weights(31, 1, 6, 4 * 4 * 4));
          SDVariable x = graph.reshape(graph.mmul(latent, start), 2, 4, 4, 4);
          x = graph.cnn().upsampling2d(x, 2, 2, true);
          SDVariable blur = graph.constant(Nd4j.ones(DataType.FLOAT, 3, 3, 4, 1).muli(1f / 9));
          x =
              graph
                  .cnn()
                  .depthWiseConv2d(
                      x,
                      blur,
                      org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig.builder()
                          .kH(3)
                          .kW(3)
                          .pH(1)
                          .pW(1)
                          .build());
          SDVariable mean = x.mean(true, 2, 3);
          SDVariable centred = x.sub(mean);
          SDVariable variance = graph.math().square(centred).mean(true, 2, 3);
          x = centred.div(graph.math().sqrt(variance.add(1e-5)));
          SDVariable affine = graph.constant(TinyGraphs.weights(32, 0.5, 6, 4));
          SDVariable style = graph.reshape(graph.mmul(latent, affine), 2, 4, 1, 1);
          x = graph.nn().leakyRelu(x.mul(style.add(1)), 0.2);
          return graph.math().square(x).mul(x).sum();
        };
    assertSameGradient(network, "w", Map.of("w", w));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void gradient_ofRandomSmallGraph_equalsSameDiffs(long seed) {
    INDArray x = TinyGraphs.weights(seed, 1, 3, 5);
    Function<SameDiff, SDVariable> network =
        graph -> {
          Random random = new Random(seed);
          SDVariable value = graph.placeHolder("x", DataType.FLOAT, 3, 5);
          SDVariable other = graph.constant(TinyGraphs.weights(seed + 50, 1, 3, 5));
          for (int i = 0; i < 8; i++) {
            SDVariable before = value;
            value =
                switch (random.nextInt(8)) {
                  case 0 -> value.mul(other);
                  case 1 -> other.sub(value.mul(0.5));
                  case 2 -> graph.math().tanh(value);
                  case 3 -> graph.nn().leakyRelu(value, 0.3);
                  case 4 -> graph.nn().relu(value, 0).add(value.mul(0.1));
                  case 5 -> graph.mmul(value, graph.constant(TinyGraphs.weights(i, 0.6, 5, 5)));
                  case 6 -> graph.nn().softplus(value);
                  default -> value.add(graph.math().sin(value));
                };
            if (random.nextInt(3) == 0) {
              value = value.add(before);
            }
          }
          return graph.math().abs(value).sum();
        };
    assertSameGradient(network, "x", Map.of("x", x));
  }

  @Test
  void gradient_whereNoOpWasReplaced_isBitwiseSameDiffs() {
    INDArray x = TinyGraphs.weights(40, 1, 4, 7);
    Function<SameDiff, SDVariable> network =
        graph -> {
          SDVariable value = graph.placeHolder("x", DataType.FLOAT, 4, 7);
          return graph.nn().softplus(graph.math().tanh(value)).sum();
        };
    INDArray expected = sameDiffGradient(network, "x", Map.of("x", x));
    try (Planned planned = Planned.of(network, "x", Map.of("x", x))) {
      assertThat(planned.gradient().toFloatVector())
          .isEqualTo(expected.reshape(28).toFloatVector());
    }
  }

  @Test
  void frozenWeights_keepNoWeightGradientAndNoDeadOp() {
    SameDiff graph = SameDiff.create();
    SDVariable latent = graph.placeHolder("latent", DataType.FLOAT, 2, TinyGraphs.LATENT);
    SDVariable target = graph.placeHolder("y", DataType.FLOAT, 2, 3, 16, 16);
    SDVariable mask = graph.placeHolder("mask", DataType.FLOAT, 2, 1, 16, 16);
    SDVariable generated = TinyGraphs.generate(graph, latent);
    SDVariable context = graph.math().abs(mask.mul(generated.sub(target))).sum(1, 2, 3);
    SDVariable prior = graph.nn().softplus(TinyGraphs.logits(graph, generated, 2)).mul(-0.1);
    SDVariable gradient = Backprop.gradient(graph, context.add(prior).sum(), latent);
    try (StaticPlan plan =
        StaticPlan.frozen(graph, stages(graph, "latent"), Set.of(gradient.name()))) {
      assertThat(plan.stage(1))
          .extracting(op -> op.op().name())
          .doesNotContain("conv2d_bp", "deconv2d_bp", "matmul_bp", "subtract_bp", "lrelu_bp");
    }
  }

  /** All other inputs first, then the one that changes at every step. */
  private static List<Set<String>> stages(SameDiff graph, String variable) {
    Set<String> others = new HashSet<>();
    for (SDVariable input : graph.variables()) {
      if (input.getVariableType() == VariableType.PLACEHOLDER && !input.name().equals(variable)) {
        others.add(input.name());
      }
    }
    return List.of(others, Set.of(variable));
  }

  private static void assertSameGradient(
      Function<SameDiff, SDVariable> network, String variable, Map<String, INDArray> inputs) {
    float[] expected =
        sameDiffGradient(network, variable, inputs).dup('c').reshape(-1).toFloatVector();
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as("the gradient must not vanish").isPositive();
    try (Planned planned = Planned.of(network, variable, inputs)) {
      float[] actual = planned.gradient().toFloatVector();
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) actual[i])
            .isCloseTo(expected[i], within(ALGEBRAICALLY_EQUAL * largest));
      }
    }
  }

  private static INDArray sameDiffGradient(
      Function<SameDiff, SDVariable> network, String variable, Map<String, INDArray> inputs) {
    SameDiff graph = SameDiff.create();
    graph.setLossVariables(network.apply(graph).name());
    graph.createGradFunction(variable);
    return graph.calculateGradients(new HashMap<>(inputs), variable).get(variable);
  }

  private record Planned(StaticPlan plan, String name) implements AutoCloseable {
    static Planned of(
        Function<SameDiff, SDVariable> network, String variable, Map<String, INDArray> inputs) {
      SameDiff graph = SameDiff.create();
      SDVariable loss = network.apply(graph);
      SDVariable gradient = Backprop.gradient(graph, loss, graph.getVariable(variable));
      StaticPlan plan = StaticPlan.frozen(graph, stages(graph, variable), Set.of(gradient.name()));
      // What an earlier step left in the memory must not show.
      for (double factor : new double[] {1.5, 1}) {
        inputs.forEach((name, value) -> plan.array(name).assign(value.mul(factor)));
        plan.run(0);
        plan.run(1);
      }
      return new Planned(plan, gradient.name());
    }

    INDArray gradient() {
      return plan.array(name).dup('c').reshape(-1);
    }

    @Override
    public void close() {
      plan.close();
    }
  }
}
