package org.inpaint4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SqueezeNetTest {

  @Test
  void features_ofHashedImages_equalTorchvision() throws IOException {
    Map<String, List<INDArray>> computed = new HashMap<>();
    int lines = 0;
    try (BufferedReader golden =
        new BufferedReader(
            new InputStreamReader(
                SqueezeNetTest.class.getResourceAsStream("squeezenet-golden.csv"),
                StandardCharsets.UTF_8))) {
      for (String line = golden.readLine(); line != null; line = golden.readLine(), lines++) {
        String[] fields = line.split(",", -1);
        int height = Integer.parseInt(fields[0]);
        int width = Integer.parseInt(fields[1]);
        List<INDArray> taps =
            computed.computeIfAbsent(height + "x" + width, size -> run(height, width));
        INDArray tap = taps.get(Integer.parseInt(fields[2]));
        long[] shape = tap.shape();
        assertThat(shape[0] + "x" + shape[1] + "x" + shape[2] + "x" + shape[3])
            .isEqualTo(fields[3]);
        float[] means = tap.mean(2, 3).toFloatVector();
        double largest = 0;
        for (int c = 0; c < means.length; c++) {
          largest = Math.max(largest, Double.parseDouble(fields[4 + c]));
        }
        for (int c = 0; c < means.length; c++) {
          // float32 sums in another order, relative to the largest channel
          assertThat((double) means[c])
              .as("channel %s of %s", c, fields[3])
              .isCloseTo(Double.parseDouble(fields[4 + c]), within(2e-5 * largest));
        }
      }
    }
    assertThat(lines).isEqualTo(8);
  }

  @Test
  void features_calledTwice_addTwoNetworks() {
    SameDiff graph = SameDiff.create();
    SDVariable images = graph.placeHolder("images", DataType.FLOAT, 1, 3, 32, 32);
    SqueezeNet network = SqueezeNet.load();
    assertThat(network.features(graph, images)).hasSize(4);
    assertThat(network.features(graph, images)).hasSize(4);
    assertThat(network.identity()).startsWith("squeezenet1_0 sha256:");
  }

  @Test
  void features_gradient_equalsCentralDifferences() {
    SameDiff graph = SameDiff.create();
    INDArray start = image(32, 32);
    SDVariable images = graph.var("images", start.dup());
    List<SDVariable> features = SqueezeNet.load().features(graph, images);
    SDVariable total = graph.math().square(features.get(3)).sum().mul(1e-4);
    graph.setLossVariables(total.name());
    INDArray gradient = graph.calculateGradients(Map.of(), "images").get("images");
    // Along the gradient itself, where the change is largest and float32 noise smallest.
    double norm = gradient.norm2Number().doubleValue();
    INDArray direction = gradient.div(norm);
    double step = 1e-2;
    double up = value(graph, total, start.add(direction.mul(step)));
    double down = value(graph, total, start.sub(direction.mul(step)));
    // Kinks of the rectifiers and poolings within the step: 2 %.
    assertThat((up - down) / (2 * step)).isCloseTo(norm, within(0.02 * norm));
  }

  @Test
  void of_weightsWithoutATensor_isRefused() {
    Weights weights =
        Weights.builder().put("features.0.bias", new int[] {96}, new float[96]).build("test");
    assertThatThrownBy(() -> SqueezeNet.of(weights))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("features.0.weight");
  }

  private static double value(SameDiff graph, SDVariable total, INDArray images) {
    graph.getVariable("images").setArray(images);
    return graph.output(Map.of(), total.name()).get(total.name()).getDouble(0);
  }

  private static List<INDArray> run(int height, int width) {
    SameDiff graph = SameDiff.create();
    SDVariable images = graph.placeHolder("images", DataType.FLOAT, 1, 3, height, width);
    List<String> names =
        SqueezeNet.load().features(graph, images).stream().map(SDVariable::name).toList();
    Map<String, INDArray> arrays = graph.output(Map.of("images", image(height, width)), names);
    return names.stream().map(arrays::get).toList();
  }

  /** The images of make_squeezenet_golden.py, from -1 to 1. */
  private static INDArray image(int height, int width) {
    float[] samples = new float[3 * height * width];
    for (int i = 0; i < samples.length; i++) {
      long z = (((long) height << 32) + i + 1) * 0x9E3779B97F4A7C15L;
      z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      samples[i] = (float) (((z ^ z >>> 31) >>> 40) / (double) (1 << 24) * 2 - 1);
    }
    return Nd4j.create(samples, new long[] {1, 3, height, width}, 'c');
  }
}
