package org.inpaint4j.model;

import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.LossTerm;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** What the generators of both kinds of StyleGAN have in common: from a latent vector to styles. */
abstract class StyleGenerator implements Generator {

  private final StyleGan.Options options;
  private final ImageShape imageShape;
  private final StyleGanMapping mapping;
  private final StyleLatent latents;
  private final float @Nullable [] meanStyle;
  private final LatentSpace latentSpace;
  private final String weights;
  private final String identity;

  /**
   * Of a network.
   *
   * @param kind what its identity starts with
   * @param mapping from z to w
   * @param styles how many styles it takes
   * @param channels how many numbers it makes of a style, at each place where it makes some
   * @param noiseSides rows and columns of each map of noise
   * @param meanStyle the mean of many styles, or null to compute it if the options need it
   * @param weights as {@link Weights#identity}
   */
  StyleGenerator(
      String kind,
      StyleGan.Options options,
      StyleGanMapping mapping,
      int styles,
      List<Integer> channels,
      List<Integer> noiseSides,
      float @Nullable [] meanStyle,
      String weights) {
    this.options = options;
    this.imageShape = new ImageShape(3, new Size(options.size(), options.size()));
    this.mapping = mapping;
    this.latents = new StyleLatent(options, mapping.styleSize(), styles, channels, noiseSides);
    this.meanStyle =
        meanStyle == null && latents.needsMeanStyle() ? mapping.meanStyle() : meanStyle;
    this.latentSpace = latents.space(meanOrZero());
    this.weights = weights;
    this.identity =
        kind
            + " "
            + options.space()
            + " "
            + latentSpace.size()
            + "->"
            + imageShape
            + " truncation "
            + options.truncation()
            + (options.searchNoise() ? " noise searched " : " ")
            + weights;
  }

  /** What was made of the weights. */
  final StyleGan.Options options() {
    return options;
  }

  /** From z to w. */
  final StyleGanMapping mapping() {
    return mapping;
  }

  /** The mean of many styles, or null if it was neither given nor needed. */
  final float @Nullable [] meanStyle() {
    return meanStyle;
  }

  private float[] meanOrZero() {
    return meanStyle == null ? new float[mapping.styleSize()] : meanStyle;
  }

  /** As {@link Weights#identity}. */
  final String weights() {
    return weights;
  }

  /**
   * The same network.
   *
   * @param options of the same size
   */
  abstract StyleGenerator with(StyleGan.Options options);

  /** Whether a strength of the noise is not 0: else the images do not depend on it. */
  abstract boolean usesNoise();

  /** The loss that keeps the noise in the latent vector white. */
  final LossTerm noiseLoss(double weight) {
    return latents.noiseLoss(weight);
  }

  /** The mean of the styles of some z [count, style size]. */
  final float[] meanStyle(float[] z) {
    return mapping.meanStyle(z);
  }

  @Override
  public final LatentSpace latentSpace() {
    return latentSpace;
  }

  @Override
  public final ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public final String identity() {
    return identity;
  }

  @Override
  public final String toString() {
    return identity;
  }

  /** A graph with the styles and the noise of a latent vector. */
  final class Input {
    private final SameDiff graph;
    private final SDVariable latent;
    private final SDVariable common;

    Input(SameDiff graph, String scope, SDVariable latent) {
      this.graph = graph;
      this.latent = latent;
      SDVariable first = latents.first(graph, latent);
      this.common =
          options.space() == StyleGan.Space.Z
              ? mapping.add(graph, scope, first, options.truncation(), meanOrZero())
              : first;
    }

    /** The style of a number [N, style size]. */
    SDVariable style(int index) {
      return latents.style(graph, latent, common, index);
    }

    /** As {@link StyleLatent#affine}. */
    SDVariable affine(SDVariable style, int place, String name, float[] matrix, float[] bias) {
      return latents.affine(graph, latent, style, place, name, matrix, bias);
    }

    /** A map of noise, with a strength for each channel [N, channels, side, side]. */
    SDVariable noise(String name, int map, float[] strength) {
      return latents.noise(graph, latent, name, map, strength);
    }
  }
}
