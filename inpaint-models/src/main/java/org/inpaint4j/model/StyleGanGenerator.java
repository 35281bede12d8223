package org.inpaint4j.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The generator of {@link StyleGan}.
 *
 * <pre>
 * latent   [ z 512 | noise ]   or   [ w 512 | noise ]   or   [ w 512 | L x 512 added | noise ]
 *              │
 *          pixel norm, 8 x (linear, leaky ReLU), towards the mean w     (Z only)
 *              │ w
 * block 0:          constant 4x4 ── + noise ── leaky ReLU ── AdaIN(w) ── conv ── + noise ── leaky ReLU ── AdaIN(w)
 * block i:  up 2x, conv, blur    ── + noise ── …
 * at the last block: to RGB, 1x1
 * </pre>
 *
 * <p>AdaIN(x, w) = gamma(w) * (x - mean(x)) / sqrt(variance(x) + 1e-5) + beta(w), with mean and
 * variance over the pixels of one channel of one image. The noise has one map for each block, used
 * by both of its layers, and each layer has a learned strength for each channel.
 */
final class StyleGanGenerator extends StyleGenerator {

  private static final double LEAK = 0.2;

  private final List<StyleGanLayer> layers;
  private final float[] toRgb;
  private final float[] toRgbBias;

  /**
   * Reads the weights.
   *
   * @param meanStyle the mean of many styles, or null to compute it if the options need it
   */
  static StyleGanGenerator of(
      StyleGanWeights weights, StyleGan.Options options, float @Nullable [] meanStyle)
      throws ModelFormatException {
    StyleGanMapping mapping = StyleGanMapping.of(weights);
    int styleSize = mapping.styleSize();
    int blocks = Integer.numberOfTrailingZeros(options.size()) - 1;
    List<StyleGanLayer> layers = layers(weights, blocks, styleSize);
    String rgb = "generator.to_rgb." + (blocks - 1);
    int channels = layers.get(layers.size() - 1).outputs;
    return new StyleGanGenerator(
        options,
        mapping,
        layers,
        weights.kernel(rgb, channels, 3, 1),
        weights.bias(rgb, 3),
        meanStyle,
        weights.identity());
  }

  private StyleGanGenerator(
      StyleGan.Options options,
      StyleGanMapping mapping,
      List<StyleGanLayer> layers,
      float[] toRgb,
      float[] toRgbBias,
      float @Nullable [] meanStyle,
      String weights) {
    super(
        "stylegan",
        options,
        mapping,
        layers.size(),
        layers.stream().flatMap(layer -> Stream.of(layer.outputs, layer.outputs)).toList(),
        IntStream.range(0, layers.size() / 2).map(block -> 4 << block).boxed().toList(),
        meanStyle,
        weights);
    this.layers = layers;
    this.toRgb = toRgb;
    this.toRgbBias = toRgbBias;
  }

  /** Two for each block. */
  private static List<StyleGanLayer> layers(StyleGanWeights weights, int blocks, int styleSize)
      throws ModelFormatException {
    List<StyleGanLayer> layers = new ArrayList<>();
    int channels = 0;
    for (int i = 0; i < blocks; i++) {
      String block = "generator.progression." + i + ".";
      if (i == 0) {
        int[] input = weights.shapeOf(block + "conv1.input");
        channels = input.length == 4 ? input[1] : 0;
        float[] constant = weights.raw(block + "conv1.input", 1, channels, 4, 4);
        layers.add(new StyleGanLayer(weights, block, 1, styleSize, 0, channels, null, constant));
      } else {
        String plain = block + "conv1.1";
        String fused = block + "conv1.0";
        int outputs = weights.upsamplingOutputs(plain, fused);
        layers.add(
            new StyleGanLayer(
                weights,
                block,
                1,
                styleSize,
                channels,
                outputs,
                weights.upsampling(plain, fused, channels, outputs),
                weights.upsamplingBias(plain, fused, outputs)));
        channels = outputs;
      }
      layers.add(
          new StyleGanLayer(
              weights,
              block,
              2,
              styleSize,
              channels,
              channels,
              weights.kernel(block + "conv2", channels, channels, 3),
              weights.bias(block + "conv2", channels)));
    }
    return layers;
  }

  @Override
  StyleGenerator with(StyleGan.Options options) {
    return new StyleGanGenerator(
        options, mapping(), layers, toRgb, toRgbBias, meanStyle(), weights());
  }

  @Override
  boolean usesNoise() {
    return layers.stream().anyMatch(layer -> Graphs.hasNonZero(layer.noise));
  }

  @Override
  public SDVariable generate(SameDiff graph, SDVariable latent) {
    String scope = Graphs.freshScope(graph, "styleganG");
    Input input = new Input(graph, scope, latent);
    SDVariable x = null;
    for (int i = 0; i < layers.size(); i++) {
      StyleGanLayer layer = layers.get(i);
      String name = scope + i + "/";
      boolean first = x == null;
      x = (x == null ? constantInput(graph, name, layer) : convolved(graph, name, layer, i, x));
      // The input is one for all latents until noise is added, be it none.
      if (first || Graphs.hasNonZero(layer.noise)) {
        x = x.add(input.noise(name, i / 2, layer.noise));
      }
      x = graph.nn().leakyRelu(x, LEAK);
      x = adaptiveInstanceNorm(graph, name, layer, x, input, i);
    }
    StyleGanLayer last = layers.get(layers.size() - 1);
    return graph
        .cnn()
        .conv2d(
            x,
            Graphs.constant(graph, scope + "rgb/w", toRgb, 1, 1, last.outputs, 3),
            Graphs.constant(graph, scope + "rgb/b", toRgbBias, 3),
            Graphs.convolution(1, 1, 0));
  }

  private static SDVariable constantInput(SameDiff graph, String name, StyleGanLayer layer) {
    return Graphs.constant(graph, name + "b", layer.bias, 1, layer.outputs, 4, 4);
  }

  private static SDVariable convolved(
      SameDiff graph, String name, StyleGanLayer layer, int index, SDVariable x) {
    float[] kernel = requireNonNull(layer.kernel, "only the input has no kernel");
    SDVariable bias = Graphs.constant(graph, name + "b", layer.bias, layer.outputs);
    if (index % 2 == 1) {
      SDVariable weights =
          Graphs.constant(graph, name + "w", kernel, 3, 3, layer.inputs, layer.outputs);
      return graph.cnn().conv2d(x, weights, bias, Graphs.convolution(3, 1, 1));
    }
    SDVariable weights =
        Graphs.constant(graph, name + "w", kernel, 4, 4, layer.outputs, layer.inputs);
    SDVariable larger = graph.cnn().deconv2d(x, weights, bias, Graphs.deconvolution(4, 2, 1));
    SDVariable blur =
        Graphs.constant(
            graph, name + "blur", StyleGanWeights.blur(layer.outputs), 3, 3, layer.outputs, 1);
    return graph.cnn().depthWiseConv2d(larger, blur, Graphs.convolution(3, 1, 1));
  }

  private static SDVariable adaptiveInstanceNorm(
      SameDiff graph, String name, StyleGanLayer layer, SDVariable x, Input input, int index) {
    int channels = layer.outputs;
    SDVariable style = input.style(index);
    SDVariable gamma = input.affine(style, 2 * index, name + "g", layer.gamma, layer.gammaBias);
    SDVariable beta = input.affine(style, 2 * index + 1, name + "h", layer.beta, layer.betaBias);
    SDVariable centred = x.sub(x.mean(true, 2, 3));
    SDVariable variance = graph.math().square(centred).mean(true, 2, 3);
    SDVariable factor =
        graph.reshape(gamma, -1, channels, 1, 1).div(graph.math().sqrt(variance.add(1e-5)));
    return centred.mul(factor).add(graph.reshape(beta, -1, channels, 1, 1));
  }
}
