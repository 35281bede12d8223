package org.inpaint4j.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What a completion network sees: known pixels and mask, and if it was trained so, both once more,
 * mirrored.
 */
enum CompletionInput {
  PLAIN,
  MIRRORED;

  private static final int CHANNELS = 3;

  /**
   * The input that a network was trained with.
   *
   * @param more planes that its first convolution sees besides
   */
  static CompletionInput of(Weights weights, int more) throws ModelFormatException {
    int[] shape = weights.require("down.0.weight").shape();
    boolean mirrored = shape.length == 4 && shape[1] == MIRRORED.planes() + more;
    return mirrored ? MIRRORED : PLAIN;
  }

  int planes() {
    return this == MIRRORED ? 2 * (CHANNELS + 1) : CHANNELS + 1;
  }

  /**
   * Adds the input to a graph.
   *
   * @param known [N, 3, H, W]
   * @param mask [N, 1, H, W]
   * @return [N, planes, H, W]
   */
  SDVariable apply(SameDiff graph, SDVariable known, SDVariable mask) {
    SDVariable seen = graph.concat(1, known, mask);
    return this == MIRRORED ? graph.concat(1, seen, graph.reverse(seen, 3)) : seen;
  }
}
