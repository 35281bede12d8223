package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.LatentSpace.Stage;
import org.inpaint4j.network.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What a latent vector of a {@link StyleGan} holds.
 *
 * <pre>
 * [ z | noise ]   or   [ w | noise ]   or   [ w | a difference for each layer | noise ]
 * or   [ w | a difference for each layer | a difference for each channel | noise ]
 * </pre>
 */
final class StyleLatent {

  private final StyleGan.Options options;
  private final int styleSize;
  private final int layers;
  private final List<Integer> channels;
  private final List<Integer> noiseSides;

  /**
   * Of a network.
   *
   * @param options which of the three, and what a search moves
   * @param styleSize coordinates of z and of w
   * @param layers how many styles the network takes
   * @param channels how many numbers it makes of a style, at each place where it makes some
   * @param noiseSides rows and columns of each map of noise
   */
  StyleLatent(
      StyleGan.Options options,
      int styleSize,
      int layers,
      List<Integer> channels,
      List<Integer> noiseSides) {
    this.options = options;
    this.styleSize = styleSize;
    this.layers = layers;
    this.channels = List.copyOf(channels);
    this.noiseSides = List.copyOf(noiseSides);
  }

  private boolean eachLayer() {
    return options.space() == StyleGan.Space.W_PLUS || eachChannel();
  }

  private boolean eachChannel() {
    return options.space() == StyleGan.Space.W_PLUS_PLUS;
  }

  /** Where the differences of the channels start, if there are some. */
  private int layersEnd() {
    return (eachLayer() ? 1 + layers : 1) * styleSize;
  }

  /** Where the differences of a place start, or where the last ones end. */
  private int channelStart(int place) {
    return layersEnd() + channels.subList(0, place).stream().mapToInt(Integer::intValue).sum();
  }

  /** Where a map of noise starts, or where the last one ends. */
  private int noiseStart(int map) {
    return (eachChannel() ? channelStart(channels.size()) : layersEnd())
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
    List<Stage> stages = new ArrayList<>();
    if (eachLayer()) {
      stages.add(Stage.leading(styleSize));
    }
    if (eachChannel()) {
      stages.add(new Stage(styleSize, layersEnd(), styleSize));
      stages.add(new Stage(layersEnd(), options.searchNoise() ? size : styles, 1));
    } else {
      stages.add(Stage.leading(options.searchNoise() ? size : styles));
    }
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
    if (!eachLayer()) {
      return common;
    }
    int start = (1 + layer) * styleSize;
    return common.add(Graphs.slice(graph, latent, start, start + styleSize));
  }

  /**
   * What a layer makes of a style [N, outputs].
   *
   * @param style [N, style size]
   * @param place which of the places where the network makes numbers of a style
   * @param name what the names of the constants start with
   * @param matrix [style size, outputs]. Not modified, not copied.
   * @param bias [outputs]. Not modified, not copied.
   */
  SDVariable affine(
      SameDiff graph,
      SDVariable latent,
      SDVariable style,
      int place,
      String name,
      float[] matrix,
      float[] bias) {
    int outputs = bias.length;
    SDVariable made =
        graph
            .mmul(style, Graphs.constant(graph, name, matrix, styleSize, outputs))
            .add(Graphs.constant(graph, name + "b", bias, outputs));
    if (!eachChannel()) {
      return made;
    }
    SDVariable apart = Graphs.slice(graph, latent, channelStart(place), channelStart(place + 1));
    return made.add(
        apart.mul(Graphs.constant(graph, name + "l", lengths(matrix, outputs), 1, outputs)));
  }

  /** Of the columns of a matrix. */
  private static float[] lengths(float[] matrix, int columns) {
    double[] squares = new double[columns];
    for (int i = 0; i < matrix.length; i++) {
      squares[i % columns] += (double) matrix[i] * matrix[i];
    }
    float[] lengths = new float[columns];
    for (int c = 0; c < columns; c++) {
      lengths[c] = (float) Math.sqrt(squares[c]);
    }
    return lengths;
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
