package org.inpaint4j.model;

import java.util.List;
import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Keeps the noise of a {@link StyleGan} white, so that it cannot encode the image: Karras et al.,
 * <i>Analyzing and Improving the Image Quality of StyleGAN</i>, CVPR 2020, appendix D, as in its
 * projector.
 *
 * <pre>
 * Σ over maps n of 4 pixels and more, Σ over n and its 2x2 means down to 8 pixels:
 *     mean(n · n moved by a row)² + mean(n · n moved by a column)²
 * + Σ over maps: mean(n)² + (mean(n²) - 1)²
 * </pre>
 *
 * <p>Maps are moved cyclically. The last line stands for the projector's rescaling of each map
 * after each step, which a search does not do.
 *
 * @param start where the noise starts in a latent vector
 * @param sides rows and columns of each map, powers of two
 * @param weight what the sum is multiplied with
 */
record NoiseLoss(int start, List<Integer> sides, double weight) implements LossTerm {

  private static final int SMALLEST_MEAN = 8;

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public String identity() {
    return "noise(" + weight + ")";
  }

  @Override
  public SDVariable add(LossInputs inputs) {
    SameDiff graph = inputs.graph();
    SDVariable sum = null;
    int from = start;
    for (int side : sides) {
      int to = from + side * side;
      SDVariable map =
          graph.reshape(Graphs.slice(graph, inputs.latent(), from, to), -1, 1, side, side);
      SDVariable term = ofMap(graph, map, side);
      sum = sum == null ? term : sum.add(term);
      from = to;
    }
    if (sum == null) {
      throw new IllegalStateException("a StyleGAN must have noise: found none");
    }
    return sum.mul(weight);
  }

  private static SDVariable ofMap(SameDiff graph, SDVariable map, int side) {
    SDVariable power = graph.math().square(map).mean(1, 2, 3);
    SDVariable sum = graph.math().square(map.mean(1, 2, 3)).add(graph.math().square(power.sub(1)));
    SDVariable means = map;
    for (int size = side; ; size /= 2) {
      for (int dimension = 2; dimension <= 3; dimension++) {
        SDVariable product = means.mul(moved(graph, means, dimension, size)).mean(1, 2, 3);
        sum = sum.add(graph.math().square(product));
      }
      if (size <= SMALLEST_MEAN) {
        return sum;
      }
      means = graph.cnn().avgPooling2d(means, Graphs.means(2));
    }
  }

  /** A map moved cyclically by one along a dimension. */
  private static SDVariable moved(SameDiff graph, SDVariable map, int dimension, int size) {
    int[] last = {0, 0, 0, 0};
    last[dimension] = size - 1;
    boolean rows = dimension == 2;
    SDVariable end = graph.slice(map, last, -1, 1, rows ? 1 : size, rows ? size : 1);
    SDVariable rest =
        graph.slice(
            map, new int[] {0, 0, 0, 0}, -1, 1, rows ? size - 1 : size, rows ? size : size - 1);
    return graph.concat(dimension, end, rest);
  }
}
