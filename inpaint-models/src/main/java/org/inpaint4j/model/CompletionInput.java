package org.inpaint4j.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What a completion network sees: known pixels, mask and perhaps edges, and if it was trained so,
 * all of them once more, mirrored.
 */
enum CompletionInput {
  PLAIN,
  MIRRORED;

  /**
   * The input that a network was trained with.
   *
   * @param once planes that are also seen mirrored, if any are
   * @param more planes that its first convolution sees besides
   */
  static CompletionInput of(Weights weights, int once, int more) throws ModelFormatException {
    int[] shape = weights.require("down.0.weight").shape();
    return of(shape.length == 4 && shape[1] == MIRRORED.planes(once) + more);
  }

  static CompletionInput of(boolean mirrored) {
    return mirrored ? MIRRORED : PLAIN;
  }

  /** How many planes are seen. */
  int planes(int once) {
    return this == MIRRORED ? 2 * once : once;
  }

  /**
   * Adds what is seen to a graph.
   *
   * @param once [N, C, H, W]
   * @return [N, planes(C), H, W]
   */
  SDVariable sides(SameDiff graph, SDVariable once) {
    return this == MIRRORED ? graph.concat(1, once, graph.reverse(once, 3)) : once;
  }
}
