package org.inpaint4j.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What a DCGAN is and how it is trained. Immutable.
 *
 * @param imageSize height and width of the images: 32, 64 or 128
 * @param channels 1 for gray, 3 for colour
 * @param latentSize how many numbers a latent has, from 1
 * @param filters the width of the networks: channels of the generator's last map and of the
 *     discriminator's first, from 1
 * @param batchSize images in a batch, from 2; batch norm wants many
 * @param learningRate of Adam, for both networks
 * @param beta1 of Adam: how much of the mean of the gradients is kept, 0 to 1
 * @param beta2 of Adam: how much of the mean of their squares is kept, 0 to 1
 * @param averageDecay how much of the moving average of the generator is kept at each iteration, 0
 *     to 1. While a training is young it is less, (1 + t) / (5 + t) at iteration t, so that the
 *     average is of its last quarter
 * @param flips whether each image is mirrored with probability 1/2 each time it is seen
 * @param augmented whether all that the discriminator sees is changed at random (differentiable
 *     augmentation), for sets of fewer than some ten thousand images
 * @param reconstruction the weight of the mean absolute difference, of values in -1 to 1, between
 *     images and what the generator makes of the latents that an encoder finds for them; from 0,
 *     for none. Against leaving out images (Larsen et al. 2016), at a third more time
 * @param gradientPenalty the weight of the gradient penalty of the Wasserstein loss (Arjovsky et
 *     al. 2017, Gulrajani et al. 2017), which then takes the place of the logistic loss; from 0,
 *     for the logistic loss. The penalty is of each image by itself. So the discriminator has
 *     instance norm where it has batch norm otherwise. An iteration takes about half as long again
 * @param seed of everything that is drawn: weights, latents, order of the images, flips
 */
public record TrainingOptions(
    int imageSize,
    int channels,
    int latentSize,
    int filters,
    int batchSize,
    double learningRate,
    double beta1,
    double beta2,
    double averageDecay,
    boolean flips,
    boolean augmented,
    double reconstruction,
    double gradientPenalty,
    long seed) {

  /**
   * Checks all values.
   *
   * @param imageSize height and width of the images
   * @param channels 1 for gray, 3 for colour
   * @param latentSize how many numbers a latent has
   * @param filters the width of the networks
   * @param batchSize images in a batch
   * @param learningRate of Adam
   * @param beta1 of Adam
   * @param beta2 of Adam
   * @param averageDecay how much of the moving average is kept
   * @param flips whether images are mirrored at random
   * @param augmented whether all that the discriminator sees is changed at random
   * @param reconstruction the weight of the difference of images that are given back
   * @param gradientPenalty the weight of the gradient penalty
   * @param seed of everything that is drawn
   */
  public TrainingOptions {
    checkArgument(
        imageSize == 32 || imageSize == 64 || imageSize == 128,
        "the image size must be one of 32, 64, 128: found %s",
        imageSize);
    checkArgument(channels == 1 || channels == 3, "channels must be 1 or 3: found %s", channels);
    checkArgument(latentSize >= 1, "the latent size must be positive: found %s", latentSize);
    checkArgument(filters >= 1, "filters must be positive: found %s", filters);
    checkArgument(batchSize >= 2, "the batch size must be at least 2: found %s", batchSize);
    checkArgument(
        learningRate > 0 && learningRate < 1,
        "the learning rate must be above 0 and below 1: found %s",
        learningRate);
    checkShare("beta1", beta1);
    checkShare("beta2", beta2);
    checkShare("the decay of the average", averageDecay);
    checkWeight("reconstruction", reconstruction);
    checkWeight("gradient penalty", gradientPenalty);
  }

  private static void checkWeight(String what, double weight) {
    checkArgument(
        weight >= 0 && weight < Double.POSITIVE_INFINITY,
        "the weight of the %s must be from 0: found %s",
        what,
        weight);
  }

  private static void checkShare(String what, double share) {
    checkArgument(share >= 0 && share < 1, "%s must be from 0 to below 1: found %s", what, share);
  }

  /**
   * The DCGAN paper's settings for images of 64 pixels in colour: latents of 100 numbers, 64
   * filters, batches of 64, Adam with 2e-4, 0.5 and 0.999; with mirrored images and an average of
   * the generator over about 2000 iterations, which the paper does not have. Fills by the average
   * of six epochs were 0.2 dB closer to the truth than by one of a single epoch.
   *
   * @return the options
   */
  public static TrainingOptions dcgan64() {
    return new TrainingOptions(64, 3, 100, 64, 64, 2e-4, 0.5, 0.999, 0.9995, true, false, 0, 0, 1);
  }

  AdversarialLoss loss() {
    return gradientPenalty > 0 ? AdversarialLoss.WASSERSTEIN : AdversarialLoss.LOGISTIC;
  }

  /** Whether the discriminator's norms are of each image, as its penalty is, or of the batch. */
  boolean hasInstanceNorm() {
    return gradientPenalty > 0;
  }

  Adam.Rates rates() {
    return new Adam.Rates(learningRate, beta1, beta2);
  }

  /**
   * Starts from these options.
   *
   * @return a builder with the values of these
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes options. */
  public static final class Builder {
    private int imageSize;
    private int channels;
    private int latentSize;
    private int filters;
    private int batchSize;
    private double learningRate;
    private double beta1;
    private double beta2;
    private double averageDecay;
    private boolean flips;
    private boolean augmented;
    private double reconstruction;
    private double gradientPenalty;
    private long seed;

    private Builder(TrainingOptions options) {
      imageSize = options.imageSize;
      channels = options.channels;
      latentSize = options.latentSize;
      filters = options.filters;
      batchSize = options.batchSize;
      learningRate = options.learningRate;
      beta1 = options.beta1;
      beta2 = options.beta2;
      averageDecay = options.averageDecay;
      flips = options.flips;
      augmented = options.augmented;
      reconstruction = options.reconstruction;
      gradientPenalty = options.gradientPenalty;
      seed = options.seed;
    }

    /**
     * Sets {@link TrainingOptions#imageSize}.
     *
     * @param size 32, 64 or 128
     * @return this builder
     */
    public Builder imageSize(int size) {
      imageSize = size;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#channels}.
     *
     * @param count 1 or 3
     * @return this builder
     */
    public Builder channels(int count) {
      channels = count;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#latentSize}.
     *
     * @param size from 1
     * @return this builder
     */
    public Builder latentSize(int size) {
      latentSize = size;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#filters}.
     *
     * @param count from 1
     * @return this builder
     */
    public Builder filters(int count) {
      filters = count;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#batchSize}.
     *
     * @param size from 2
     * @return this builder
     */
    public Builder batchSize(int size) {
      batchSize = size;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#learningRate}.
     *
     * @param rate above 0, below 1
     * @return this builder
     */
    public Builder learningRate(double rate) {
      learningRate = rate;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#beta1} and {@link TrainingOptions#beta2}.
     *
     * @param first from 0 to below 1
     * @param second from 0 to below 1
     * @return this builder
     */
    public Builder betas(double first, double second) {
      beta1 = first;
      beta2 = second;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#averageDecay}.
     *
     * @param decay from 0 (no average: the newest weights) to below 1
     * @return this builder
     */
    public Builder averageDecay(double decay) {
      averageDecay = decay;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#flips}.
     *
     * @param mirror whether images are mirrored at random
     * @return this builder
     */
    public Builder flips(boolean mirror) {
      flips = mirror;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#augmented}.
     *
     * @param augment whether all that the discriminator sees is changed at random
     * @return this builder
     */
    public Builder augmented(boolean augment) {
      augmented = augment;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#reconstruction}.
     *
     * @param weight from 0
     * @return this builder
     */
    public Builder reconstruction(double weight) {
      reconstruction = weight;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#gradientPenalty}. Its paper has 10, a learning rate of 1e-4 and
     * betas of 0 and 0.9.
     *
     * @param weight from 0
     * @return this builder
     */
    public Builder gradientPenalty(double weight) {
      gradientPenalty = weight;
      return this;
    }

    /**
     * Sets {@link TrainingOptions#seed}.
     *
     * @param number any number
     * @return this builder
     */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /**
     * The options.
     *
     * @return the options
     * @throws IllegalArgumentException if a value is out of its range
     */
    public TrainingOptions build() {
      return new TrainingOptions(
          imageSize,
          channels,
          latentSize,
          filters,
          batchSize,
          learningRate,
          beta1,
          beta2,
          averageDecay,
          flips,
          augmented,
          reconstruction,
          gradientPenalty,
          seed);
    }
  }
}
