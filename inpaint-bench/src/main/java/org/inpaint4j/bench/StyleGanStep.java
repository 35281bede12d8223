package org.inpaint4j.bench;

import java.io.IOException;
import java.util.Random;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;

/**
 * A StyleGAN of 256 pixels with the channels of the paper and random weights, searched in z without
 * truncation. The peer computes what the PyTorch port computes, layer by layer.
 */
final class StyleGanStep extends StepCase {

  private static final int SIZE = 256;
  private static final int STYLE = 512;
  private static final int MAPPING = 8;

  /** Of 4, 8, … 256 pixels. */
  private static final int[] CHANNELS = {512, 512, 512, 512, 256, 128, 64};

  /** Blocks from this on, 128 pixels, resample within their convolution. */
  private static final int FUSED = 5;

  private final Random random = new Random(2);
  private final StepTensors networks;
  private final float[] latent;
  private final Weights built;

  private StyleGanStep(int batch) {
    super(batch, SIZE, new Random(1));
    this.networks = new StepTensors(batch);
    Weights.Builder weights = Weights.builder();
    addGenerator(weights);
    addDiscriminator(weights);
    this.built = weights.build("random StyleGAN");
    int noise = 0;
    for (int i = 0; i < CHANNELS.length; i++) {
      noise += (4 << i) * (4 << i);
    }
    this.latent = gaussian(STYLE + noise, 1);
    int from = STYLE;
    networks.putRepeated("z", java.util.Arrays.copyOf(latent, STYLE), STYLE);
    for (int i = 0; i < CHANNELS.length; i++) {
      int side = 4 << i;
      float[] map = java.util.Arrays.copyOfRange(latent, from, from + side * side);
      networks.putRepeated("noise" + i, map, 1, side, side);
      from += side * side;
    }
  }

  static StyleGanStep of(int batch) {
    return new StyleGanStep(batch);
  }

  private float[] gaussian(int count, double factor) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (factor * random.nextGaussian());
    }
    return values;
  }

  /**
   * Draws a layer: for us as the port's checkpoints have it, for the peer with its equalising
   * factor.
   *
   * @param inner the name of the port's class within the layer
   */
  private void layer(
      Weights.Builder weights, String port, String inner, String peer, double bias, int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    float[] values = gaussian(size, 1);
    weights.put(port + inner + "weight_orig", shape, values);
    networks.put(peer + ".weight", scaled(values, Math.sqrt(2.0 * shape[0] / size)), shape);
    bias(weights, port + inner + "bias", peer, bias, shape[0]);
  }

  private void bias(Weights.Builder weights, String port, String peer, double mean, int count) {
    float[] values = gaussian(count, 0.1);
    for (int i = 0; i < count; i++) {
      values[i] += (float) mean;
    }
    weights.put(port, new int[] {count}, values);
    networks.put(peer + ".bias", values, count);
  }

  /** A layer that resamples: a 3x3 kernel in the file, a 4x4 kernel of its sums in the graph. */
  private void fused(
      Weights.Builder weights, String port, String peer, int a, int b, int inputs, int outputs) {
    float[] values = gaussian(a * b * 9, 1);
    weights.put(port + "weight", new int[] {a, b, 3, 3}, values);
    float factor = (float) (0.25 * Math.sqrt(2.0 / (inputs * 9)));
    float[] summed = new float[a * b * 16];
    for (int i = 0; i < values.length; i++) {
      int corner = i / 9 * 16 + i % 9 / 3 * 4 + i % 3;
      for (int offset : new int[] {0, 1, 4, 5}) {
        summed[corner + offset] += factor * values[i];
      }
    }
    networks.put(peer + ".weight", summed, a, b, 4, 4);
    bias(weights, port + "bias", peer, 0, outputs);
  }

  private static float[] scaled(float[] values, double factor) {
    float[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (factor * scaled[i]);
    }
    return scaled;
  }

  private void addGenerator(Weights.Builder weights) {
    String port = "g_running.";
    for (int i = 0; i < MAPPING; i++) {
      layer(weights, port + "style." + (2 * i + 1), ".linear.", "M" + i, 0, STYLE, STYLE);
    }
    for (int i = 0; i < CHANNELS.length; i++) {
      String block = port + "generator.progression." + i + ".";
      String peer = "G" + i;
      int outputs = CHANNELS[i];
      int inputs = CHANNELS[Math.max(0, i - 1)];
      if (i == 0) {
        float[] constant = gaussian(outputs * 16, 1);
        weights.put(block + "conv1.input", new int[] {1, outputs, 4, 4}, constant);
        networks.putRepeated("G0.input", constant, outputs, 4, 4);
      } else if (i < FUSED) {
        layer(weights, block + "conv1.1", ".conv.", peer + ".first", 0, outputs, inputs, 3, 3);
      } else {
        fused(weights, block + "conv1.0.", peer + ".first", inputs, outputs, inputs, outputs);
      }
      layer(weights, block + "conv2", ".conv.", peer + ".second", 0, outputs, outputs, 3, 3);
      for (int n = 1; n <= 2; n++) {
        float[] strength = gaussian(outputs, 0.1);
        weights.put(block + "noise" + n + ".weight_orig", new int[] {1, outputs, 1, 1}, strength);
        networks.put(
            peer + ".noise" + n, scaled(strength, Math.sqrt(2.0 / outputs)), 1, outputs, 1, 1);
        String style = block + "adain" + n + ".style";
        layer(weights, style, ".linear.", peer + ".style" + n, 0.5, 2 * outputs, STYLE);
      }
      blur(outputs);
    }
    int last = CHANNELS.length - 1;
    String rgb = port + "generator.to_rgb." + last;
    layer(weights, rgb, ".conv.", "rgb", 0, 3, CHANNELS[last], 1, 1);
  }

  private void addDiscriminator(Weights.Builder weights) {
    int count = CHANNELS.length;
    String port = "discriminator.";
    layer(weights, port + "from_rgb.0", ".conv.", "fromRgb", 0, CHANNELS[count - 1], 3, 1, 1);
    for (int i = 0; i < count; i++) {
      String block = port + "progression." + i + ".";
      String peer = "D" + i;
      int inputs = CHANNELS[count - 1 - i];
      int outputs = CHANNELS[Math.max(0, count - 2 - i)];
      boolean last = i == count - 1;
      int more = last ? 1 : 0;
      layer(weights, block + "conv1.0", ".conv.", peer + ".first", 0, outputs, inputs + more, 3, 3);
      if (last) {
        layer(weights, block + "conv2.0", ".conv.", peer + ".second", 0, outputs, outputs, 4, 4);
      } else if (count - 1 - i >= FUSED) {
        fused(weights, block + "conv2.1.", peer + ".second", outputs, outputs, outputs, outputs);
      } else {
        layer(weights, block + "conv2.1", ".conv.", peer + ".second", 0, outputs, outputs, 3, 3);
      }
    }
    layer(weights, port + "linear", ".linear.", "linear", 0, 1, CHANNELS[0]);
  }

  private void blur(int channels) {
    float[] line = {0.25f, 0.5f, 0.25f};
    float[] kernel = new float[9 * channels];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = line[i % 9 / 3] * line[i % 3];
    }
    networks.put("blur" + channels, kernel, channels, 1, 3, 3);
  }

  @Override
  String peer() {
    return "stylegan";
  }

  @Override
  int steps() {
    return 3;
  }

  @Override
  int rounds() {
    return 5;
  }

  @Override
  Generator generator() throws IOException {
    return StyleGan.generator(built, new StyleGan.Options(SIZE, StyleGan.Space.Z, 1, false));
  }

  @Override
  Discriminator discriminator() throws IOException {
    return StyleGan.discriminator(built, SIZE);
  }

  @Override
  float[] latent() {
    return latent;
  }

  @Override
  void addTo(StepTensors tensors) {
    tensors.takeAll(networks); // not to count in the memory of the search
  }
}
