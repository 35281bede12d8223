package org.inpaint4j.train;

import java.util.HashSet;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The generator of a StyleGAN in a graph, at one place of its schedule: Karras, Laine, Aila, <i>A
 * Style-Based Generator Architecture for Generative Adversarial Networks</i>, CVPR 2019, as the
 * port rosinality/style-based-gan-pytorch has it.
 *
 * <pre>
 * block 0:          constant 4x4 ── + noise ── leaky ReLU ── AdaIN(w) ── conv ── + noise ── leaky ReLU ── AdaIN(w)
 * block i:  up 2x, conv, blur    ── + noise ── …
 * at the last block: to RGB, 1x1; while it fades in, mixed with the RGB of the block before
 * </pre>
 */
final class StyleSynthesis {

  /** Latents, normalised to a mean square of 1: the first style of each image, then the second. */
  static final String LATENTS = "z";

  /** The share of the newest block. */
  static final String ALPHA = "alpha";

  private final StyleGanOptions.Networks networks;
  private final StylePlace place;
  private final StyleLayers layers;
  private final SameDiff graph;

  /** Of a generator whose parameters are inputs of the graph. */
  StyleSynthesis(StyleGanOptions.Networks networks, StylePlace place, StyleLayers layers) {
    this.networks = networks;
    this.place = place;
    this.layers = layers;
    this.graph = layers.graph();
  }

  /** The noise of a block, [N, 1, side, side]. */
  static String noise(int block) {
    return "noise." + block;
  }

  /** Which style each image has in a block: [N, 2 N] of a single 1 in each row. */
  static String choice(int block) {
    return "choice." + block;
  }

  /** The names of the inputs that are not parameters. */
  static Set<String> inputs(StylePlace place) {
    Set<String> names = new HashSet<>(Set.of(LATENTS));
    for (int i = 0; i <= place.level(); i++) {
      names.add(noise(i));
      names.add(choice(i));
    }
    if (place.fading()) {
      names.add(ALPHA);
    }
    return names;
  }

  /** Adds the network: images [N, 3, side, side], of samples about -1 to 1. */
  SDVariable images() {
    int batch = place.batch();
    SDVariable w = graph.placeHolder(LATENTS, DataType.FLOAT, 2L * batch, networks.styleSize());
    for (int i = 0; i < networks.mappingLayers(); i++) {
      w = layers.leaky(layers.linear(StyleShape.mapping(i), w, 2 * batch));
    }
    SDVariable x = input();
    SDVariable before = x;
    for (int i = 0; i <= place.level(); i++) {
      before = x;
      x = block(i, x, w);
    }
    SDVariable images = toRgb(place.level(), x);
    if (!place.fading()) {
      return images;
    }
    SDVariable old = graph.cnn().upsampling2d(toRgb(place.level() - 1, before), 2, 2, true);
    return layers.faded(old, images, graph.placeHolder(ALPHA, DataType.FLOAT, 1));
  }

  /** The constant, for each image. */
  private SDVariable input() {
    int batch = place.batch();
    int channels = networks.generator().get(0);
    SDVariable constant = layers.parameter(StyleShape.GENERATOR + "progression.0.conv1.input");
    SDVariable row = graph.reshape(constant, 1, 16L * channels);
    return graph.reshape(graph.mmul(BatchNorm.ones(graph, batch, 1), row), batch, channels, 4, 4);
  }

  private SDVariable block(int index, SDVariable before, SDVariable w) {
    int batch = place.batch();
    int side = 4 << index;
    String name = StyleShape.GENERATOR + "progression." + index + ".";
    int channels = networks.generator().get(index);
    SDVariable map = graph.placeHolder(noise(index), DataType.FLOAT, batch, 1, side, side);
    SDVariable choice = graph.placeHolder(choice(index), DataType.FLOAT, batch, 2L * batch);
    SDVariable style = graph.mmul(choice, w);
    int[] shape = {batch, channels, side, side};
    SDVariable x =
        index == 0
            ? before
            : layers.blurred(layers.enlarged(name + "conv1.1", before, side / 2), channels);
    x = styled(name, 1, x, map, style, shape);
    return styled(name, 2, layers.convolution(name + "conv2", x, side), map, style, shape);
  }

  private SDVariable styled(
      String block, int index, SDVariable x, SDVariable map, SDVariable style, int[] shape) {
    SDVariable grain = layers.noise(block + "noise" + index, map);
    SDVariable affine = layers.linear(block + "adain" + index + ".style", style, shape[0]);
    return StyleNorm.of(layers.leaky(x.add(grain)), shape, affine);
  }

  private SDVariable toRgb(int level, SDVariable x) {
    return layers.convolution(StyleShape.GENERATOR + "to_rgb." + level, x, 4 << level);
  }
}
