package org.inpaint4j.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The way down of a completion network: convolutions 4x4 of stride 2, each with LeakyReLU. */
final class CompletionEncoder {

  static final double LEAK = 0.2;

  private static final int MAX_LEVELS = 7;

  private final List<CompletionLayer> layers = new ArrayList<>();

  /**
   * The encoder of a stage: as many levels as its weights have, at least one.
   *
   * @param inputs the planes that the first convolution sees
   */
  CompletionEncoder(Weights weights, int inputs) throws ModelFormatException {
    int channels = inputs;
    while (weights.has("down." + levels() + ".weight") && levels() < MAX_LEVELS) {
      int level = levels();
      String norm = level == 0 ? null : "down_norm." + level;
      layers.add(CompletionLayer.convolution(weights, "down." + level, norm, channels, 4));
      channels = layers.get(level).outputs();
    }
  }

  int levels() {
    return layers.size();
  }

  /** The channels of a level's map, from 0, the largest one. */
  int outputs(int level) {
    return layers.get(level).outputs();
  }

  /**
   * Adds the layers to a graph.
   *
   * @param scope of their constants, new in the graph
   * @param x [N, inputs, H, W]
   * @return the map of each level, the smallest first
   */
  Deque<SDVariable> apply(SameDiff graph, String scope, SDVariable x) {
    Deque<SDVariable> maps = new ArrayDeque<>();
    SDVariable map = x;
    for (int level = 0; level < levels(); level++) {
      map = layers.get(level).apply(graph, scope + "down" + level, map, 2);
      map = graph.nn().leakyRelu(map, LEAK);
      maps.push(map);
    }
    return maps;
  }
}
