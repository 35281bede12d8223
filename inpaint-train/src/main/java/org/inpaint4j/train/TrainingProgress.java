package org.inpaint4j.train;

/**
 * Where a training is, told after each iteration. Losses are means over the last 50 iterations.
 *
 * @param iteration how many iterations are done, over all runs
 * @param iterationsPerEpoch how many make an epoch
 * @param realLoss -log D(x), of the discriminator; 0.69 if it knows nothing
 * @param generatedLoss -log(1 - D(G(z))), of the discriminator; 0.69 if it knows nothing
 * @param generatorLoss -log D(G(z))
 * @param imagesPerSecond of this run
 */
public record TrainingProgress(
    int iteration,
    int iterationsPerEpoch,
    double realLoss,
    double generatedLoss,
    double generatorLoss,
    double imagesPerSecond) {

  /**
   * The loss of the discriminator.
   *
   * @return the sum of both parts
   */
  public double discriminatorLoss() {
    return realLoss + generatedLoss;
  }

  /**
   * The current epoch.
   *
   * @return from 1
   */
  public int epoch() {
    return (iteration - 1) / iterationsPerEpoch + 1;
  }
}
