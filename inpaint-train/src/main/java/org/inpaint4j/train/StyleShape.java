package org.inpaint4j.train;

import java.util.List;

/**
 * The parameters of the networks of a StyleGAN, as the port rosinality/style-based-gan-pytorch
 * names and shapes them.
 */
final class StyleShape {

  static final String GENERATOR = "generator.";

  private StyleShape() {}

  static Shape generator(StyleGanOptions.Networks networks) {
    Shape.Builder builder = new Shape.Builder();
    int style = networks.styleSize();
    List<Integer> channels = networks.generator();
    for (int i = 0; i < channels.size(); i++) {
      int count = channels.get(i);
      String block = GENERATOR + "progression." + i + ".";
      if (i == 0) {
        builder.add(block + "conv1.input", Shape.Kind.CONSTANT, 1, count, 4, 4);
      } else {
        convolution(
            builder, block + "conv1.1", Shape.Kind.ENLARGING, count, channels.get(i - 1), 3);
      }
      styled(builder, block, 1, count, style);
      convolution(builder, block + "conv2", Shape.Kind.KERNEL, count, count, 3);
      styled(builder, block, 2, count, style);
    }
    for (int i = 0; i < channels.size(); i++) {
      convolution(builder, GENERATOR + "to_rgb." + i, Shape.Kind.KERNEL, 3, channels.get(i), 1);
    }
    for (int i = 0; i < networks.mappingLayers(); i++) {
      linear(builder, mapping(i), Shape.Kind.BIAS, style, style);
    }
    return builder.build();
  }

  static Shape discriminator(StyleGanOptions.Networks networks) {
    Shape.Builder builder = new Shape.Builder();
    List<Integer> channels = networks.discriminator();
    int last = channels.size() - 1;
    for (int i = 0; i <= last; i++) {
      int inputs = channels.get(last - i);
      int outputs = channels.get(Math.max(0, last - i - 1));
      String block = "progression." + i + ".";
      int added = i == last ? 1 : 0;
      convolution(builder, block + "conv1.0", Shape.Kind.KERNEL, outputs, inputs + added, 3);
      String second = i == last ? "conv2.0" : "conv2.1";
      convolution(builder, block + second, Shape.Kind.KERNEL, outputs, outputs, i == last ? 4 : 3);
    }
    for (int i = 0; i <= last; i++) {
      convolution(builder, "from_rgb." + i + ".0", Shape.Kind.KERNEL, channels.get(last - i), 3, 1);
    }
    linear(builder, "linear", Shape.Kind.BIAS, 1, channels.get(0));
    return builder.build();
  }

  /**
   * Whether a parameter of the generator is a weight from w to a style, or from maps to colours.
   */
  static boolean isTowardsStyleOrColour(String name) {
    return name.endsWith(".weight_orig") && (name.contains(".style.") || name.contains("to_rgb."));
  }

  /** A layer from z to w, from 0. */
  static String mapping(int layer) {
    return "style." + (2 * layer + 1);
  }

  private static void styled(
      Shape.Builder builder, String block, int index, int channels, int style) {
    builder.add(block + "noise" + index + ".weight_orig", Shape.Kind.STRENGTH, 1, channels, 1, 1);
    linear(builder, block + "adain" + index + ".style", Shape.Kind.STYLE_BIAS, 2 * channels, style);
  }

  private static void convolution(
      Shape.Builder builder, String name, Shape.Kind kind, int outputs, int inputs, int kernel) {
    builder.add(name + ".conv.bias", Shape.Kind.BIAS, outputs);
    builder.add(name + ".conv.weight_orig", kind, outputs, inputs, kernel, kernel);
  }

  private static void linear(
      Shape.Builder builder, String name, Shape.Kind bias, int outputs, int inputs) {
    builder.add(name + ".linear.bias", bias, outputs);
    builder.add(name + ".linear.weight_orig", Shape.Kind.MATRIX, outputs, inputs);
  }
}
