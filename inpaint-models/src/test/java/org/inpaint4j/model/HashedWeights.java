package org.inpaint4j.model;

import java.nio.charset.StandardCharsets;

/**
 * Numbers that Java and make_stylegan_golden.py compute alike from a name and an index, so that
 * large networks can be compared without large files.
 */
public final class HashedWeights {

  private HashedWeights() {}

  /** Uniform numbers of mean 0 and variance 1. */
  public static float[] hashed(String name, int count) {
    int seed = 0x811c9dc5;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      seed = (seed ^ (b & 0xff)) * 16777619;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int x = i * 0x9e3779b9 + seed;
      x = (x ^ (x >>> 16)) * 0x85ebca6b;
      x = (x ^ (x >>> 13)) * 0xc2b2ae35;
      x ^= x >>> 16;
      values[i] = (float) ((2 * ((x >>> 8) * 0x1p-24) - 1) * Math.sqrt(3));
    }
    return values;
  }

  public static float[] scaled(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor);
    }
    return values;
  }

  /**
   * A generator as the port's training checkpoint holds it, with one block for each width.
   *
   * @param offset the magnitude of the biases of convolutions, or 0 for small ones
   */
  public static Weights generator(int[] channels, int style, float offset) {
    String prefix = "g_running.";
    Weights.Builder builder = Weights.builder();
    for (int i = 1; i <= 15; i += 2) {
      put(builder, offset, prefix + "style." + i + ".linear.weight_orig", style, style);
      put(builder, offset, prefix + "style." + i + ".linear.bias", style);
    }
    for (int i = 0; i < channels.length; i++) {
      String block = prefix + "generator.progression." + i + ".";
      int outputs = channels[i];
      int inputs = channels[Math.max(0, i - 1)];
      if (i == 0) {
        put(builder, offset, block + "conv1.input", 1, outputs, 4, 4);
      } else if (i < 5) {
        put(builder, offset, block + "conv1.1.conv.weight_orig", outputs, inputs, 3, 3);
        put(builder, offset, block + "conv1.1.conv.bias", outputs);
      } else {
        put(builder, offset, block + "conv1.0.weight", inputs, outputs, 3, 3);
        put(builder, offset, block + "conv1.0.bias", outputs);
      }
      put(builder, offset, block + "conv2.conv.weight_orig", outputs, outputs, 3, 3);
      put(builder, offset, block + "conv2.conv.bias", outputs);
      for (int layer = 1; layer <= 2; layer++) {
        put(builder, offset, block + "noise" + layer + ".weight_orig", 1, outputs, 1, 1);
        put(
            builder,
            offset,
            block + "adain" + layer + ".style.linear.weight_orig",
            2 * outputs,
            style);
        put(builder, offset, block + "adain" + layer + ".style.linear.bias", 2 * outputs);
      }
      String rgb = prefix + "generator.to_rgb." + i + ".conv.";
      put(builder, offset, rgb + "weight_orig", 3, outputs, 1, 1);
      put(builder, offset, rgb + "bias", 3);
    }
    return builder.build("hashed");
  }

  /** A discriminator, widths from 4 pixels upwards; fused where the image is 128 or more. */
  public static Weights discriminator(int[] channels) {
    String prefix = "discriminator.";
    Weights.Builder builder = Weights.builder();
    int count = channels.length;
    for (int i = 0; i < count; i++) {
      String block = prefix + "progression." + i + ".";
      int inputs = channels[count - 1 - i];
      int outputs = channels[Math.max(0, count - 2 - i)];
      boolean last = i == count - 1;
      put(builder, 0, block + "conv1.0.conv.weight_orig", outputs, inputs + (last ? 1 : 0), 3, 3);
      put(builder, 0, block + "conv1.0.conv.bias", outputs);
      if (last) {
        put(builder, 0, block + "conv2.0.conv.weight_orig", outputs, outputs, 4, 4);
        put(builder, 0, block + "conv2.0.conv.bias", outputs);
      } else if (count - 1 - i >= 5) {
        put(builder, 0, block + "conv2.1.weight", outputs, outputs, 3, 3);
        put(builder, 0, block + "conv2.1.bias", outputs);
      } else {
        put(builder, 0, block + "conv2.1.conv.weight_orig", outputs, outputs, 3, 3);
        put(builder, 0, block + "conv2.1.conv.bias", outputs);
      }
      put(builder, 0, prefix + "from_rgb." + i + ".conv.weight_orig", inputs, 3, 1, 1);
      put(builder, 0, prefix + "from_rgb." + i + ".conv.bias", inputs);
    }
    put(builder, 0, prefix + "linear.linear.weight_orig", 1, channels[0]);
    put(builder, 0, prefix + "linear.linear.bias", 1);
    return builder.build("hashed");
  }

  private static void put(Weights.Builder builder, float offset, String name, int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    float[] values = hashed(name, size);
    if (name.endsWith("bias")) {
      boolean style = name.contains("adain");
      boolean moved = offset != 0 && name.contains(".conv") && !name.contains("rgb");
      for (int i = 0; i < size; i++) {
        values[i] =
            moved
                ? offset * Math.signum(values[i])
                : values[i] * 0.1f + (style && i < size / 2 ? 1 : 0);
      }
    } else if (name.contains("noise")) {
      scaled(values, 4);
    }
    builder.put(name, shape, values);
  }
}
