package org.inpaint4j.model;

import java.util.Arrays;
import java.util.Locale;

/** The kinds of completion networks of one stage. All share the encoder and its bottleneck. */
public enum CompletionVariant {

  /**
   * The decoder sees the bottleneck alone: Pathak, Krähenbühl, Donahue, Darrell, Efros, <i>Context
   * Encoders: Feature Learning by Inpainting</i>, CVPR 2016. For comparison; its pictures are soft.
   */
  CONTEXT_ENCODER,

  /** The decoder also sees the encoder's map of each size. */
  SKIPS,

  /**
   * As {@link #SKIPS}, and each convolution of encoder and decoder is multiplied by a gate from 0
   * to 1 that it learns for each channel and pixel: Yu, Lin, Yang, Shen, Lu, Huang, <i>Free-Form
   * Image Inpainting with Gated Convolution</i>, ICCV 2019. About twice the arithmetic.
   */
  GATED,

  /**
   * As {@link #SKIPS}, and at a quarter of the size each place also sees the mean of the known
   * places, weighted by how alike their 3x3 neighbourhoods are: Yu, Lin, Yang, Shen, Lu, Huang,
   * <i>Generative Image Inpainting with Contextual Attention</i>, CVPR 2018. What is copied are
   * single places, where the paper copies overlapping patches.
   */
  ATTENTION,

  /**
   * Two networks as {@link #SKIPS}: the first, of half the channels, continues the edges of the
   * known pixels into the hole, the second sees these edges and makes the picture: Nazeri, Ng,
   * Joseph, Qureshi, Ebrahimi, <i>EdgeConnect: Structure Guided Image Inpainting using Edge
   * Prediction</i>, ICCV Workshops 2019. Edges are {@link EdgeMap}s, where the paper has Canny's,
   * and both networks are trained at once.
   */
  EDGES;

  /**
   * The name for commands: the constant in lower case, with hyphens.
   *
   * @return {@code context-encoder} and so on
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The variant of a name.
   *
   * @param label as {@link #label} gives it
   * @return the variant
   * @throws IllegalArgumentException if there is none of that name
   */
  public static CompletionVariant of(String label) {
    return Arrays.stream(values())
        .filter(variant -> variant.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a variant must be one of "
                        + Arrays.stream(values()).map(CompletionVariant::label).toList()
                        + ": found "
                        + label));
  }
}
