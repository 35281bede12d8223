package org.inpaint4j.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Batch norm with the statistics of what it is given, as in training (Ioffe and Szegedy, <i>Batch
 * Normalization</i>, 2015, algorithm 1): {@code y = gamma (x - mean) / sqrt(variance + 1e-5) +
 * beta}, mean and biased variance over the pixels of a channel, of one image or of the batch.
 */
final class DcganNorm {

  private final float[] gamma;
  private final float[] beta;
  private final boolean overBatch;

  /**
   * A norm of as many channels as there are values.
   *
   * @param affine gamma and beta
   * @param overBatch whether statistics are of the batch, or of each image
   */
  DcganNorm(float[][] affine, boolean overBatch) {
    this.gamma = affine[0];
    this.beta = affine[1];
    this.overBatch = overBatch;
  }

  /**
   * Adds the norm to a graph.
   *
   * @param name what names of variables begin with
   * @param x [N, C, H, W]
   * @return [N, C, H, W]
   */
  SDVariable add(SameDiff graph, String name, SDVariable x) {
    int channels = gamma.length;
    SDVariable centred = x.sub(mean(x));
    SDVariable variance = mean(graph.math().square(centred));
    SDVariable factor =
        Graphs.constant(graph, name + "gamma", gamma, 1, channels, 1, 1)
            .div(graph.math().sqrt(variance.add(DcganWeights.BATCH_NORM_EPSILON)));
    return centred.mul(factor).add(Graphs.constant(graph, name + "beta", beta, 1, channels, 1, 1));
  }

  /** [N, C, 1, 1] or [1, C, 1, 1]: pixels first, then images, which are all of one size. */
  private SDVariable mean(SDVariable x) {
    SDVariable ofImages = x.mean(true, 2, 3);
    return overBatch ? ofImages.mean(true, 0) : ofImages;
  }
}
