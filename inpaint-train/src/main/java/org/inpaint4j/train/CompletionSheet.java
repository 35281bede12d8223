package org.inpaint4j.train;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.network.CompletionNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Pictures of the training with holes: for each the known pixels, two answers with two latents, and
 * the truth. Pictures, holes and latents are the same each time.
 */
final class CompletionSheet {

  private static final int PICTURES = 16;
  private static final int COLUMNS = 8;
  private static final int CHANNELS = 3;

  private CompletionSheet() {}

  static BufferedImage of(CompletionNetwork network, TrainingImages images, Draws draws) {
    int side = network.imageShape().width();
    int area = side * side;
    int samples = CHANNELS * area;
    float[] truth = new float[PICTURES * samples];
    float[] holes = new float[PICTURES * area];
    for (int n = 0; n < PICTURES; n++) {
      int index = (int) ((long) n * images.count() / PICTURES);
      images.copy(index, false, truth, n * samples);
      TrainingHoles.draw(draws.random(Draws.Purpose.HOLES, -1 - n), side, holes, n * area);
    }
    float[] known = known(truth, holes, area);
    float[] mask = HoleWeights.mask(holes);
    float[] first = new float[PICTURES * network.latentSize()];
    float[] second = new float[first.length];
    draws.normal(Draws.Purpose.SAMPLES, 0, first);
    draws.normal(Draws.Purpose.SAMPLES, 1, second);
    float[][] columns = {known, known, known, truth};
    SameDiff graph = Engine.newGraph();
    SDVariable k = graph.placeHolder("known", DataType.FLOAT, PICTURES, CHANNELS, side, side);
    SDVariable m = graph.placeHolder("mask", DataType.FLOAT, PICTURES, 1, side, side);
    SDVariable z = graph.placeHolder("z", DataType.FLOAT, PICTURES, network.latentSize());
    SDVariable answer = network.complete(graph, k, m, z);
    Set<String> inputs = Set.of("known", "mask", "z");
    try (GraphPlan plan =
        GraphPlan.trainable(graph, List.of(inputs), Map.of(), Set.of(answer.name()))) {
      plan.set("known", known, 0);
      plan.set("mask", mask, 0);
      for (int column = 1; column <= 2; column++) {
        plan.set("z", column == 1 ? first : second, 0);
        plan.run(0);
        float[] answers = new float[truth.length];
        plan.get(answer.name(), answers, 0);
        columns[column] = composited(known, answers, holes, area);
      }
    }
    float[] sheet = new float[columns.length * truth.length];
    for (int n = 0; n < PICTURES; n++) {
      for (int column = 0; column < columns.length; column++) {
        int to = (n * columns.length + column) * samples;
        System.arraycopy(columns[column], n * samples, sheet, to, samples);
      }
    }
    return SampleSheet.draw(sheet, CHANNELS, side, COLUMNS);
  }

  private static float[] known(float[] truth, float[] holes, int area) {
    return composited(truth, new float[truth.length], holes, area);
  }

  private static float[] composited(float[] known, float[] answers, float[] holes, int area) {
    float[] samples = Arrays.copyOf(known, known.length);
    for (int i = 0; i < samples.length; i++) {
      if (holes[i / (CHANNELS * area) * area + i % area] > 0) {
        samples[i] = answers[i];
      }
    }
    return samples;
  }
}
