package org.inpaint4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ImageFeaturesTest {

  @Test
  void inception_withHashedWeights_equalsTorchvisionInBothVariants() throws IOException {
    for (String line : lines("inception/features.csv")) {
      String[] fields = line.split(",", -1);
      boolean original = fields[0].equals("fid");
      InceptionV3 network = InceptionV3.of(hashedWeights(original ? 1008 : 1000));
      assertThat(network.distanceName())
          .isEqualTo(original ? "FID" : "FID (torchvision Inception-V3)");
      float[] features = run(network);
      assertThat(features).hasSize(2048);
      double largest = 0;
      for (int i = 0; i < features.length; i++) {
        largest = Math.max(largest, Double.parseDouble(fields[1 + i]));
      }
      for (int i = 0; i < features.length; i++) {
        // 94 layers of float32 sums in another order, relative to the largest feature
        assertThat((double) features[i])
            .as("%s feature %s", fields[0], i)
            .isCloseTo(Double.parseDouble(fields[1 + i]), within(1e-4 * largest));
      }
    }
  }

  @Test
  void inception_ofOtherWeights_isRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.safetensors");
    Weights.builder()
        .put("layer", new int[] {2}, new float[2])
        .build("test")
        .save(file, Weights.Precision.FLOAT32);
    assertThatThrownBy(() -> ImageFeatures.inception(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("fc.weight");
  }

  @Test
  void squeezeNet_ofBatches_doesNotDependOnBatchMates() throws IOException {
    ImageFeatures features = ImageFeatures.squeezeNet();
    assertThat(features.distanceName()).isEqualTo("FID (SqueezeNet)");
    ImagePlanes first = Pictures.resource("metrics/blurred-truth.png");
    ImagePlanes second = Pictures.resource("metrics/noisy-truth.png");
    float[][] both = features.of(List.of(first, second));
    assertThat(both).hasDimensions(2, 512);
    float[] alone = features.of(List.of(second))[0];
    for (int i = 0; i < 512; i++) {
      // The batch may choose another way through the same sums.
      assertThat(both[1][i]).isCloseTo(alone[i], within(1e-3f));
    }
    assertThat(Arrays.equals(both[0], both[1])).isFalse();
  }

  @Test
  void resize_upAndDown_equalsPyTorch() throws IOException {
    float[] samples = new float[20];
    for (int i = 0; i < 20; i++) {
      samples[i] = (float) uniform(5, i);
    }
    ImagePlanes image = new ImagePlanes(1, new Size(4, 5), samples);
    List<String> lines = lines("inception/resize.csv");
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      int height = Integer.parseInt(fields[0]);
      int width = Integer.parseInt(fields[1]);
      float[] out = new float[height * width + 1];
      Bilinear.resize(image, 0, height, width, out, 1);
      for (int i = 0; i < height * width; i++) {
        assertThat((double) out[1 + i]).isCloseTo(Double.parseDouble(fields[2 + i]), within(1e-6));
      }
    }
  }

  private static float[] run(InceptionV3 network) {
    SameDiff graph = SameDiff.create();
    SDVariable images = graph.placeHolder("images", DataType.FLOAT, 1, 3, 147, 147);
    List<SDVariable> features = network.features(graph, images);
    String mean = features.get(features.size() - 1).mean(2, 3).name();
    float[] samples = new float[3 * 147 * 147];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (2 * uniform(147, i) - 1);
    }
    INDArray input = Nd4j.create(samples, new long[] {1, 3, 147, 147}, 'c');
    return graph.output(Map.of("images", input), mean).get(mean).toFloatMatrix()[0];
  }

  /** The weights of inception_golden.py; the classifier only tells the variant. */
  private static Weights hashedWeights(int classes) throws IOException {
    Weights.Builder weights = Weights.builder();
    for (String line : lines("inception/shapes.csv")) {
      String name = line.substring(0, line.indexOf(','));
      int[] shape =
          Arrays.stream(line.substring(line.indexOf(',') + 1).split("x", -1))
              .mapToInt(Integer::parseInt)
              .toArray();
      CRC32 crc = new CRC32();
      crc.update(name.getBytes(StandardCharsets.UTF_8));
      long seed = crc.getValue() >> 1;
      int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      double bound = Math.sqrt(6.0 / ((double) size / shape[0]));
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        double u = uniform(seed, i);
        if (name.endsWith("conv.weight")) {
          values[i] = (float) ((2 * u - 1) * bound);
        } else if (name.endsWith("bn.bias") || name.endsWith("running_mean")) {
          values[i] = (float) ((u - 0.5) * 0.2);
        } else {
          values[i] = (float) (0.5 + u);
        }
      }
      weights.put(name, shape, values);
    }
    return weights.put("fc.weight", new int[] {classes, 1}, new float[classes]).build("hashed");
  }

  private static List<String> lines(String resource) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                ImageFeaturesTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static double uniform(long seed, long i) {
    long z = ((seed << 32) + i + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return ((z ^ z >>> 31) >>> 40) / (double) (1 << 24);
  }
}
