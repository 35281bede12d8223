package org.inpaint4j.train;

import java.util.Arrays;
import java.util.List;

/** Means and variances of the channels of all batch norm layers of a network, in flat arrays. */
final class ChannelStatistics {

  /** Of the newest batch in running statistics, as in PyTorch. */
  private static final float MOMENTUM = 0.1f;

  final float[] mean;
  final float[] variance;

  /** Those that PyTorch starts with: 0 and 1. */
  ChannelStatistics(int channels) {
    mean = new float[channels];
    variance = new float[channels];
    Arrays.fill(variance, 1);
  }

  /** Moves running statistics towards those of a batch. */
  void track(ChannelStatistics batch) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] += MOMENTUM * (batch.mean[i] - mean[i]);
      variance[i] += MOMENTUM * (batch.variance[i] - variance[i]);
    }
  }

  /** The mean of several batches' statistics. */
  static ChannelStatistics mean(List<ChannelStatistics> batches) {
    ChannelStatistics all = new ChannelStatistics(batches.get(0).mean.length);
    for (int i = 0; i < all.mean.length; i++) {
      double mean = 0;
      double variance = 0;
      for (ChannelStatistics batch : batches) {
        mean += batch.mean[i];
        variance += batch.variance[i];
      }
      all.mean[i] = (float) (mean / batches.size());
      all.variance[i] = (float) (variance / batches.size());
    }
    return all;
  }
}
