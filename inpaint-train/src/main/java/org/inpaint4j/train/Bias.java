package org.inpaint4j.train;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** A bias for each channel. Its gradient is summed by products, as batch norm's are. */
final class Bias {

  private Bias() {}

  /**
   * Adds a bias.
   *
   * @param x [N, C, H, W]
   * @param shape of x
   * @param bias [C]
   */
  static SDVariable add(SDVariable x, int[] shape, SDVariable bias) {
    SameDiff graph = x.getSameDiff();
    SDVariable value = x.add(graph.reshape(bias, 1, shape[1], 1, 1));
    return CustomGradient.tie(
        value,
        List.of(x, bias),
        gradient ->
            List.of(gradient, graph.reshape(BatchNorm.channelSums(gradient, shape), shape[1])));
  }
}
