package org.inpaint4j.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;

/**
 * A StyleGAN2 with the published channels (config F) and random weights, searched in z without
 * truncation. The peer computes what the port computes, layer by layer.
 */
final class StyleGan2Step extends StepCase {

  private static final int STYLE = 512;
  private static final int MAPPING = 8;
  private static final double MAPPING_RATE = 0.01;

  /** Of 4, 8, … 1024 pixels. */
  private static final int[] CHANNELS = {512, 512, 512, 512, 512, 256, 128, 64, 32};

  private final Random random = new Random(2);
  private final int size;
  private final int sizes;
  private final StepTensors networks;
  private final float[] latent;
  private final Weights built;

  /**
   * Draws the networks.
   *
   * @param size rows and columns of the images
   */
  StyleGan2Step(int batch, int size) {
    super(batch, size, new Random(1));
    this.size = size;
    this.sizes = Integer.numberOfTrailingZeros(size) - 1;
    this.networks = new StepTensors(batch);
    Weights.Builder weights = Weights.builder();
    addGenerator(weights);
    addDiscriminator(weights);
    this.built = weights.build("random StyleGAN2");
    int noise = 0;
    for (int i = 0; i < 2 * sizes - 1; i++) {
      noise += side(i) * side(i);
    }
    this.latent = gaussian(STYLE + noise, 1, 0);
    networks.putRepeated("z", Arrays.copyOf(latent, STYLE), STYLE);
    int from = STYLE;
    for (int i = 0; i < 2 * sizes - 1; i++) {
      int to = from + side(i) * side(i);
      networks.putRepeated("noise" + i, Arrays.copyOfRange(latent, from, to), 1, side(i), side(i));
      from = to;
    }
  }

  /** Rows and columns of a layer's maps: one layer at 4 pixels, two at each other size. */
  private static int side(int layer) {
    return 4 << ((layer + 1) / 2);
  }

  private float[] gaussian(int count, double factor, double mean) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (mean + factor * random.nextGaussian());
    }
    return values;
  }

  /**
   * Draws a weight: for us as the port's checkpoints have it, for the peer with its equalising
   * factor.
   */
  private void weight(
      Weights.Builder weights, String port, String peer, double rate, int... shape) {
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    int leading = shape.length == 5 ? shape[0] * shape[1] : shape[0];
    float[] values = gaussian(count, 1 / rate, 0);
    weights.put(port, shape, values);
    float[] scaled = values.clone();
    float factor = (float) (rate / Math.sqrt((double) count / leading));
    for (int i = 0; i < count; i++) {
      scaled[i] *= factor;
    }
    int[] plain = shape.length == 5 ? Arrays.copyOfRange(shape, 1, 5) : shape;
    networks.put(peer, scaled, plain);
  }

  private void bias(
      Weights.Builder weights, String port, String peer, double rate, double mean, int... shape) {
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = gaussian(count, 0.1 / rate, mean / rate);
    weights.put(port, shape, values);
    float[] scaled = values.clone();
    for (int i = 0; i < count; i++) {
      scaled[i] = (float) (scaled[i] * rate);
    }
    networks.put(peer, scaled, count);
  }

  private void linear(
      Weights.Builder weights,
      String port,
      String peer,
      double rate,
      double mean,
      int outputs,
      int inputs) {
    weight(weights, port + ".weight", peer + ".weight", rate, outputs, inputs);
    bias(weights, port + ".bias", peer + ".bias", rate, mean, outputs);
  }

  private void addGenerator(Weights.Builder weights) {
    String port = "g_ema.";
    for (int i = 0; i < MAPPING; i++) {
      linear(weights, port + "style." + (i + 1), "M" + i, MAPPING_RATE, 0, STYLE, STYLE);
    }
    float[] constant = gaussian(CHANNELS[0] * 16, 1, 0);
    weights.put(port + "input.input", new int[] {1, CHANNELS[0], 4, 4}, constant);
    networks.putRepeated("input", constant, CHANNELS[0], 4, 4);
    for (int i = 0; i < 2 * sizes - 1; i++) {
      int inputs = CHANNELS[i / 2];
      int outputs = CHANNELS[(i + 1) / 2];
      String name = port + (i == 0 ? "conv1" : "convs." + (i - 1));
      String peer = "C" + i;
      weight(weights, name + ".conv.weight", peer + ".weight", 1, 1, outputs, inputs, 3, 3);
      linear(weights, name + ".conv.modulation", peer + ".style", 1, 1, inputs, STYLE);
      float[] strength = gaussian(1, 0.1, 0);
      weights.put(name + ".noise.weight", new int[] {1}, strength);
      networks.put(peer + ".noise", strength, 1);
      bias(weights, name + ".activate.bias", peer + ".bias", 1, 0, outputs);
      if (i % 2 == 0) {
        String rgb = port + (i == 0 ? "to_rgb1" : "to_rgbs." + (i / 2 - 1));
        String colours = "R" + i / 2;
        weight(weights, rgb + ".conv.weight", colours + ".weight", 1, 1, 3, outputs, 1, 1);
        linear(weights, rgb + ".conv.modulation", colours + ".style", 1, 1, outputs, STYLE);
        bias(weights, rgb + ".bias", colours + ".bias", 1, 0, 1, 3, 1, 1);
      }
    }
  }

  private void addDiscriminator(Weights.Builder weights) {
    String port = "d.";
    int channels = CHANNELS[sizes - 1];
    convolution(weights, port + "convs.0.", 0, "from", channels, 3, 1);
    for (int i = 1; i < sizes; i++) {
      int outputs = CHANNELS[sizes - 1 - i];
      String block = port + "convs." + i + ".";
      convolution(weights, block + "conv1.", 0, "D" + i + ".one", channels, channels, 3);
      convolution(weights, block + "conv2.", 1, "D" + i + ".two", outputs, channels, 3);
      weight(
          weights, block + "skip.1.weight", "D" + i + ".skip.weight", 1, outputs, channels, 1, 1);
      channels = outputs;
    }
    convolution(weights, port + "final_conv.", 0, "last", CHANNELS[0], channels + 1, 3);
    linear(weights, port + "final_linear.0", "dense", 1, 0, CHANNELS[0], 16 * CHANNELS[0]);
    linear(weights, port + "final_linear.1", "linear", 1, 0, 1, CHANNELS[0]);
  }

  /** A convolution whose bias belongs to the activation behind it. */
  private void convolution(
      Weights.Builder weights,
      String port,
      int index,
      String peer,
      int outputs,
      int inputs,
      int k) {
    weight(weights, port + index + ".weight", peer + ".weight", 1, outputs, inputs, k, k);
    bias(weights, port + (index + 1) + ".bias", peer + ".bias", 1, 0, outputs);
  }

  @Override
  String peer() {
    return "stylegan2-" + size;
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
    return StyleGan.generator(built, new StyleGan.Options(size, StyleGan.Space.Z, 1, false));
  }

  @Override
  Discriminator discriminator() throws IOException {
    return StyleGan.discriminator(built, size);
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
