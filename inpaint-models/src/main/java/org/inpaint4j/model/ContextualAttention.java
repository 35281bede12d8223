package org.inpaint4j.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;

/**
 * Contextual attention (Yu et al., CVPR 2018, section 3.2): the mean over all known places of a
 * map, weighted by {@code softmax(10 c)} with c the cosine between the 3x3 neighbourhoods of both
 * places. A place is known if all its 4x4 pixels are. If no place is known, all count.
 */
final class ContextualAttention {

  private static final int SIDE = 3;
  private static final double SHARPNESS = 10;

  /** More than any cosine can make up for; finite, as rows without a known place exist. */
  private static final double EXCLUDED = 1e4;

  private ContextualAttention() {}

  /**
   * Adds the attention to a graph.
   *
   * @param x [N, channels, size, size]
   * @param mask [N, 1, 4 size, 4 size], 1 where a pixel is known
   * @return [N, channels, size, size]
   */
  static SDVariable apply(SameDiff graph, SDVariable x, SDVariable mask, int channels, int size) {
    String scope = Graphs.freshScope(graph, "attention");
    int places = size * size;
    int patch = channels * SIDE * SIDE;
    SDVariable neighbourhoods =
        graph.reshape(patches(graph, scope, x, channels), -1, patch, places);
    SDVariable squares = graph.sum(neighbourhoods.mul(neighbourhoods), true, 1);
    SDVariable inverse = graph.math().reciprocal(graph.math().sqrt(squares.add(1e-6)));
    SDVariable directions = neighbourhoods.mul(inverse);
    SDVariable cosines = graph.mmul(graph.permute(directions, 0, 2, 1), directions);
    SDVariable excluded = graph.reshape(known(graph, mask).sub(1).mul(EXCLUDED), -1, 1, places);
    SDVariable weights = graph.nn().softmax(cosines.mul(SHARPNESS).add(excluded), 2);
    SDVariable values = graph.reshape(x, -1, channels, places);
    SDVariable means = graph.mmul(values, graph.permute(weights, 0, 2, 1));
    return graph.reshape(means, -1, channels, size, size);
  }

  /** [N, 9 C, H, W]: the 3x3 neighbourhood of each place, channel by channel; outside are zeros. */
  private static SDVariable patches(SameDiff graph, String scope, SDVariable x, int channels) {
    int area = SIDE * SIDE;
    float[] shifts = new float[area * channels * area];
    for (int k = 0; k < area; k++) {
      for (int c = 0; c < channels; c++) {
        shifts[(k * channels + c) * area + k] = 1;
      }
    }
    SDVariable kernel =
        Graphs.constant(graph, scope + "shifts", shifts, SIDE, SIDE, channels, area);
    Conv2DConfig same = Graphs.convolution(SIDE, 1, 1);
    return graph.cnn().depthWiseConv2d(x, kernel, same);
  }

  /** [N, 1, H, W]: 1 where all 4x4 pixels are known, else 0. Their mean is a sixteenth each. */
  private static SDVariable known(SameDiff graph, SDVariable mask) {
    SDVariable share = graph.cnn().avgPooling2d(mask, Graphs.means(4));
    return graph.nn().relu(share.mul(16).sub(15), 0);
  }
}
