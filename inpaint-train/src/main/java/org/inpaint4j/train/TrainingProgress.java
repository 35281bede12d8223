package org.inpaint4j.train;

/**
 * Where a training is, told after each iteration. Losses are means over the last 50 iterations.
 *
 * @param iteration how many iterations are done, over all runs
 * @param iterationsPerEpoch how many make an epoch
 * @param discriminatorLoss -log D(x) - log(1 - D(G(z))); 1.39 if the discriminator knows nothing
 * @param generatorLoss -log D(G(z))
 * @param imagesPerSecond of this run
 */
public record TrainingProgress(
    int iteration,
    int iterationsPerEpoch,
    double discriminatorLoss,
    double generatorLoss,
    double imagesPerSecond) {

  /**
   * The current epoch.
   *
   * @return from 1
   */
  public int epoch() {
    return (iteration - 1) / iterationsPerEpoch + 1;
  }
}
