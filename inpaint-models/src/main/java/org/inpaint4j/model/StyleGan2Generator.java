package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The generator of a StyleGAN2 (Karras et al. 2020).
 *
 * <pre>
 * latent   [ z | noise ]   or   [ w | noise ]   or   [ w | added for each layer | noise ]
 *              │ mapping network, towards the mean w     (Z only)
 *              │ w
 * layer:   x * s(w) ── conv 3x3, or deconv and FIR filter ── / demodulation ── + noise + bias ── leaky ReLU
 * colours: x * s(w) ── conv 1x1 + bias ── + the colours of the size before, enlarged by a FIR filter
 * </pre>
 *
 * <p>The paper multiplies the kernel by the style s and divides it by its norm over inputs and
 * taps. Here the input is multiplied and the output divided, which is the same, and one kernel
 * serves all images: the squared norm is a matrix product of s² with the sums of the squared taps.
 *
 * <p>A size has two layers and one layer of colours. The colours of a size and the first layer of
 * the next have their style in common.
 */
final class StyleGan2Generator extends StyleGenerator {

  private static final double LEAK = 0.2;

  /** In the demodulation. */
  private static final double EPSILON = 1e-8;

  private final float[] input;
  private final List<StyleGan2Layer> layers;
  private final List<StyleGan2Weights.ToRgb> colours;

  /**
   * Reads the weights.
   *
   * @param meanStyle the mean of many styles, or null to compute it if the options need it
   */
  static StyleGan2Generator of(
      StyleGan2Weights weights, StyleGan.Options options, float @Nullable [] meanStyle)
      throws ModelFormatException {
    int sizes = weights.sizes();
    int side = 4 << (sizes - 1);
    if (side != options.size()) {
      throw weights.problem(
          "a StyleGAN2 makes images of one size: expected " + options.size() + ", found " + side);
    }
    StyleGanMapping mapping = weights.mapping();
    float[] input = weights.input();
    List<StyleGan2Layer> layers = new ArrayList<>();
    List<StyleGan2Weights.ToRgb> colours = new ArrayList<>();
    int channels = input.length / 16;
    for (int i = 0; i < 2 * sizes - 1; i++) {
      StyleGan2Layer layer = weights.layer(i, channels, mapping.styleSize());
      channels = layer.outputs;
      layers.add(layer);
      if (i % 2 == 0) {
        colours.add(weights.toRgb(i / 2, channels, mapping.styleSize()));
      }
    }
    return new StyleGan2Generator(
        options, mapping, input, layers, colours, meanStyle, weights.identity());
  }

  private StyleGan2Generator(
      StyleGan.Options options,
      StyleGanMapping mapping,
      float[] input,
      List<StyleGan2Layer> layers,
      List<StyleGan2Weights.ToRgb> colours,
      float @Nullable [] meanStyle,
      String weights) {
    super(
        "stylegan2",
        options,
        mapping,
        layers.size() + 1,
        channels(layers, colours),
        IntStream.range(0, layers.size()).map(i -> 4 << ((i + 1) / 2)).boxed().toList(),
        meanStyle,
        weights);
    this.input = input;
    this.layers = layers;
    this.colours = colours;
  }

  @Override
  StyleGenerator with(StyleGan.Options options) {
    return new StyleGan2Generator(
        options, mapping(), input, layers, colours, meanStyle(), weights());
  }

  @Override
  boolean usesNoise() {
    return layers.stream().anyMatch(layer -> Graphs.hasNonZero(layer.noise));
  }

  @Override
  public SDVariable generate(SameDiff graph, SDVariable latent) {
    String scope = Graphs.freshScope(graph, "stylegan2G");
    Input styles = new Input(graph, scope, latent);
    SDVariable x = Graphs.constant(graph, scope + "input", input, 1, input.length / 16, 4, 4);
    SDVariable image = null;
    for (int i = 0; i < layers.size(); i++) {
      String name = scope + i + "/";
      StyleGan2Layer layer = layers.get(i);
      SDVariable grain = styles.noise(name, i, layer.noise);
      SDVariable modulation = modulation(styles, name, layer.modulation, i, i);
      x = layer(graph, name, layer, x, modulation, grain);
      if (i % 2 == 0) {
        StyleGan2Weights.ToRgb colour = colours.get(i / 2);
        modulation =
            modulation(styles, name + "rgb/", colour.modulation, i + 1, layers.size() + i / 2);
        SDVariable made = coloured(graph, name + "rgb/", colour, x, modulation);
        image = image == null ? made : made.add(enlarged(graph, name + "rgb/", image));
      }
    }
    if (image == null) {
      throw new IllegalStateException("a StyleGAN2 must have layers: found none");
    }
    return image;
  }

  private SDVariable layer(
      SameDiff graph,
      String name,
      StyleGan2Layer layer,
      SDVariable x,
      SDVariable modulation,
      SDVariable grain) {
    int inputs = layer.inputs;
    int outputs = layer.outputs;
    SDVariable shown = x.mul(graph.reshape(modulation, -1, inputs, 1, 1));
    SDVariable convolved =
        layer.enlarges
            ? FirFilter.filtered(
                graph,
                name,
                graph
                    .cnn()
                    .deconv2d(
                        shown,
                        Graphs.constant(graph, name + "w", layer.kernel, 3, 3, outputs, inputs),
                        Graphs.deconvolution(3, 2, 0)),
                outputs,
                4,
                1,
                1)
            : graph
                .cnn()
                .conv2d(
                    shown,
                    Graphs.constant(graph, name + "w", layer.kernel, 3, 3, inputs, outputs),
                    Graphs.convolution(3, 1, 1));
    // sqrt(2) times 1 / norm is 1 / sqrt(norm² / 2).
    SDVariable norm =
        graph
            .math()
            .sqrt(
                graph
                    .mmul(
                        graph.math().square(modulation),
                        Graphs.constant(graph, name + "w2", layer.squares, inputs, outputs))
                    .add(EPSILON / 2));
    SDVariable demodulated = convolved.div(graph.reshape(norm, -1, outputs, 1, 1));
    SDVariable bias = Graphs.constant(graph, name + "b", layer.bias, 1, outputs, 1, 1);
    return graph.nn().leakyRelu(demodulated.add(grain).add(bias), LEAK);
  }

  /** How many channels each layer modulates, and then each that makes colours. */
  private static List<Integer> channels(
      List<StyleGan2Layer> layers, List<StyleGan2Weights.ToRgb> colours) {
    return Stream.concat(
            layers.stream().map(layer -> layer.inputs), colours.stream().map(c -> c.inputs))
        .toList();
  }

  private static SDVariable modulation(
      Input styles, String name, StyleGan2Weights.Affine affine, int style, int place) {
    return styles.affine(styles.style(style), place, name + "s", affine.matrix, affine.bias);
  }

  private static SDVariable coloured(
      SameDiff graph,
      String name,
      StyleGan2Weights.ToRgb colours,
      SDVariable x,
      SDVariable modulation) {
    return Graphs.convolved(
        graph,
        x.mul(graph.reshape(modulation, -1, colours.inputs, 1, 1)),
        name + "w",
        colours.kernel,
        name + "b",
        colours.bias,
        Graphs.convolution(1, 1, 0));
  }

  private static SDVariable enlarged(SameDiff graph, String name, SDVariable image) {
    return graph
        .cnn()
        .deconv2d(
            image,
            Graphs.constant(graph, name + "up", FirFilter.colourKernel(), 4, 4, 3, 3),
            Graphs.deconvolution(4, 2, 1));
  }
}
