package org.inpaint4j.train;

/**
 * Where a training is, told after each iteration. Losses are means over the last 50 iterations.
 *
 * @param iteration how many iterations are done, over all runs
 * @param epoch the current one, from 1
 * @param realLoss -log D(x), of the discriminator; 0.69 if it knows nothing. Under the Wasserstein
 *     loss these three are -D(x), D(G(z)) and -D(G(z)), of either sign
 * @param generatedLoss -log(1 - D(G(z))), of the discriminator; 0.69 if it knows nothing
 * @param generatorLoss -log D(G(z))
 * @param reconstructionLoss the mean absolute difference, of values in -1 to 1, between images and
 *     what the generator makes of their latents; 0 if {@link TrainingOptions#reconstruction} is 0
 * @param imagesPerSecond of this run
 */
public record TrainingProgress(
    int iteration,
    int epoch,
    double realLoss,
    double generatedLoss,
    double generatorLoss,
    double reconstructionLoss,
    double imagesPerSecond) {

  /**
   * The loss of the discriminator.
   *
   * @return the sum of both parts
   */
  public double discriminatorLoss() {
    return realLoss + generatedLoss;
  }
}
