package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** The augmentation and its gradient against PyTorch ({@code make_augmentation_golden.py}). */
class AugmentationTest {

  private static final int BATCH = 3;

  /** Means over 3072 values in float32, of values up to 3. */
  private static final float ROUNDING = 5e-6f;

  private static TrainingOptions options() {
    return TrainingOptions.dcgan64().toBuilder().imageSize(32).batchSize(BATCH).build();
  }

  @Test
  void apply_drawnValues_isPyTorchsImageAndGradient() {
    Weights golden = Golden.tensors("augmentation.safetensors");
    Augmentation augmentation = new Augmentation("a.", options());
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, BATCH, 3, 32, 32);
    SDVariable t = graph.placeHolder("t", DataType.FLOAT, BATCH, 3, 32, 32);
    SDVariable out = augmentation.apply(x);
    SDVariable gradient = GraphPlan.addGradients(graph, out.mul(t).sum(), List.of(x)).get(0);
    Set<String> inputs = new HashSet<>(augmentation.inputs());
    inputs.addAll(List.of("x", "t"));
    Augmentation.Drawn drawn = new Augmentation.Drawn(BATCH);
    float[] values = golden.values("drawn");
    for (int n = 0; n < BATCH; n++) {
      drawn.brightness[n] = values[7 * n];
      drawn.saturation[n] = values[7 * n + 1];
      drawn.contrast[n] = values[7 * n + 2];
      drawn.shiftX[n] = (int) values[7 * n + 3];
      drawn.shiftY[n] = (int) values[7 * n + 4];
      drawn.cutX[n] = (int) values[7 * n + 5];
      drawn.cutY[n] = (int) values[7 * n + 6];
    }
    try (GraphPlan plan =
        GraphPlan.trainable(
            graph, List.of(inputs), Map.of(), Set.of(out.name(), gradient.name()))) {
      augmentation.set(plan, drawn);
      plan.set("x", golden.values("x"), 0);
      plan.set("t", golden.values("t"), 0);
      plan.run(0);
      assertClose(plan, out.name(), golden.values("out"));
      assertClose(plan, gradient.name(), golden.values("gradient"));
    }
  }

  private static void assertClose(GraphPlan plan, String name, float[] expected) {
    float[] actual = new float[expected.length];
    plan.get(name, actual, 0);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("%s %s", name, i).isCloseTo(expected[i], within(ROUNDING));
    }
  }

  /** The ranges of the paper's reference implementation, for 32 pixels. */
  @Test
  void draw_manyTimes_fillsItsRanges() {
    Augmentation augmentation = new Augmentation("a.", options());
    Set<Integer> shifts = new HashSet<>();
    Set<Integer> centres = new HashSet<>();
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      Augmentation.Drawn drawn = augmentation.draw(random);
      for (int n = 0; n < BATCH; n++) {
        assertThat(drawn.brightness[n]).isBetween(-0.5f, 0.5f);
        assertThat(drawn.saturation[n]).isBetween(0f, 2f);
        assertThat(drawn.contrast[n]).isBetween(0.5f, 1.5f);
        shifts.add(drawn.shiftX[n]);
        shifts.add(drawn.shiftY[n]);
        centres.add(drawn.cutX[n]);
        centres.add(drawn.cutY[n]);
      }
    }
    assertThat(shifts).containsExactlyInAnyOrder(-4, -3, -2, -1, 0, 1, 2, 3, 4);
    assertThat(centres).hasSize(32).allMatch(centre -> centre >= 0 && centre < 32);
  }
}
