package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What a latent vector of a {@link StyleGan} holds.
 *
 * <pre>
 * [ z | noise ]   or   [ w | noise ]   or   [ w | a difference for each layer | noise ]
 * </pre>
 */
final class StyleLatent {

  private final StyleGan.Options options;
  private final int styleSize;
  private final int layers;
  private final List<Integer> noiseSides;

  /**
   * Of a network.
   *
   * @param options which of the three, and what a search moves
   * @param styleSize coordinates of z and of w
   * @param layers how many styles the network takes
   * @param noiseSides rows and columns of each map of noise
   */
  StyleLatent(StyleGan.Options options, int styleSize, int layers, List<Integer> noiseSides) {
    this.options = options;
    this.styleSize = styleSize;
    this.layers = layers;
    this.noiseSides = List.copyOf(noiseSides);
  }

  /** Where a map of noise starts, or where the last one ends. */
  private int noiseStart(int map) {
    int styles = options.space() == StyleGan.Space.W_PLUS ? 1 + layers : 1;
    return styles * styleSize
        + noiseSides.subList(0, map).stream().mapToInt(side -> side * side).sum();
  }

  /** Whether a mean style is needed to use or to draw latents. */
  boolean needsMeanStyle() {
    return options.space() != StyleGan.Space.Z || options.truncation() < 1;
  }

  /**
   * The space of these vectors.
   *
   * @param meanStyle where searches in w and w+ start. Not modified, not copied.
   */
  LatentSpace space(float[] meanStyle) {
    int size = noiseStart(noiseSides.size());
    int styles = noiseStart(0);
    List<Integer> stages = new ArrayList<>();
    if (options.space() == StyleGan.Space.W_PLUS) {
      stages.add(styleSize);
    }
    stages.add(options.searchNoise() ? size : styles);
    boolean random = options.space() == StyleGan.Space.Z;
    return new LatentSpace(
        size,
        (generator, latent) -> {
          int drawn = 0;
          if (!random) {
            System.arraycopy(meanStyle, 0, latent, 0, styleSize);
            Arrays.fill(latent, styleSize, styles, 0);
            drawn = styles;
          }
          for (int i = drawn; i < latent.length; i++) {
            latent[i] = (float) generator.nextGaussian();
          }
        },
        stages);
  }

  /** The loss that keeps the noise white. */
  LossTerm noiseLoss(double weight) {
    return new NoiseLoss(noiseStart(0), noiseSides, weight);
  }

  /** z, or the common w [N, style size]. */
  SDVariable first(SameDiff graph, SDVariable latent) {
    return Graphs.slice(graph, latent, 0, styleSize);
  }

  /**
   * The style of a layer.
   *
   * @param common the style that all layers have in common [N, style size]
   */
  SDVariable style(SameDiff graph, SDVariable latent, SDVariable common, int layer) {
    if (options.space() != StyleGan.Space.W_PLUS) {
      return common;
    }
    int start = (1 + layer) * styleSize;
    return common.add(Graphs.slice(graph, latent, start, start + styleSize));
  }

  /**
   * A map of noise, with a strength for each channel [N, channels, side, side].
   *
   * @param name what the name of the constant starts with
   * @param map its number
   * @param strength of each channel
   */
  SDVariable noise(SameDiff graph, SDVariable latent, String name, int map, float[] strength) {
    int side = noiseSides.get(map);
    SDVariable noise =
        graph.reshape(
            Graphs.slice(graph, latent, noiseStart(map), noiseStart(map + 1)), -1, 1, side, side);
    // A 1x1 convolution: the derivative of a broadcast product takes 360 ms at 256 pixels.
    return graph
        .cnn()
        .conv2d(
            noise,
            Graphs.constant(graph, name + "n", strength, 1, 1, 1, strength.length),
            Graphs.convolution(1, 1, 0));
  }
}
