package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One iteration: an update of the discriminator, then one of the generator, on the same generated
 * images (Goodfellow et al., <i>Generative Adversarial Nets</i>, NeurIPS 2014, algorithm 1 with the
 * non-saturating loss of its section 3), or by the {@link AdversarialLoss#WASSERSTEIN} loss. The
 * gradient of a {@link Reconstruction} may be added to that of the generator.
 *
 * <p>The generator runs forward once. After the update of the discriminator, the same images are
 * judged again with the new weights.
 */
final class Iteration implements AutoCloseable {

  /**
   * The losses of an iteration, each the mean over a batch, by an {@link AdversarialLoss}.
   *
   * @param real of the discriminator, of real images
   * @param generated of the discriminator, of generated images
   * @param generator of the generator, after the discriminator's update
   * @param reconstruction the mean absolute difference of images that are given back; 0 without an
   *     encoder
   * @param penalty the gradient penalty without its weight; 0 under the logistic loss
   */
  record Losses(float real, float generated, float generator, float reconstruction, float penalty) {

    static final int KINDS = 5;

    /** In the order of a {@link LossHistory}. */
    float[] inOrder() {
      return new float[] {real, generated, generator, reconstruction, penalty};
    }
  }

  private final Network generator;
  private final Network discriminator;
  private final GeneratorHalf generatorHalf;
  private final DiscriminatorHalf discriminatorHalf;
  private final Optional<Reconstruction> reconstruction;

  /**
   * Makes the plans.
   *
   * @param options what the networks are
   * @param generator updated by each iteration
   * @param discriminator updated by each iteration
   * @param encoder updated by each iteration; empty for a plain DCGAN
   */
  Iteration(
      TrainingOptions options,
      Network generator,
      Network discriminator,
      Optional<Network> encoder) {
    this.generator = generator;
    this.discriminator = discriminator;
    generatorHalf = new GeneratorHalf(options, generator, discriminator);
    discriminatorHalf =
        new DiscriminatorHalf(
            options, discriminator, generatorHalf.discriminator().arrays(), generatorHalf.images());
    reconstruction =
        encoder.map(
            some ->
                new Reconstruction(
                    options,
                    generator,
                    some,
                    generatorHalf.generator().arrays(),
                    generatorHalf.statisticsOfGenerator()));
    load();
  }

  /** Hands the values of all networks to the plans, after they were set from outside. */
  void load() {
    generatorHalf.generator().set(generator.values);
    generatorHalf.discriminator().set(discriminator.values);
    reconstruction.ifPresent(Reconstruction::load);
  }

  /**
   * Updates all networks.
   *
   * @param draw latents, images and what else is drawn
   * @param draws where augmentations come from
   * @param step the number of the update, from 1
   * @return the losses
   */
  Losses run(DcganDraw draw, Draws draws, int step) {
    generatorHalf.generate(draw.z());

    discriminatorHalf.judge(draw, draws, step);
    discriminator.adam.update(discriminator.values, discriminatorHalf.gradient(), step);
    generatorHalf.discriminator().set(discriminator.values);

    float loss = generatorHalf.judge(draws.random(Draws.Purpose.AUGMENTED_JUDGED, step));
    float[] gradient = generatorHalf.gradient();
    float difference = reconstruction.map(some -> some.run(draw.real(), gradient, step)).orElse(0f);
    generator.adam.update(generator.values, gradient, step);
    generatorHalf.generator().set(generator.values);
    return new Losses(
        discriminatorHalf.realLoss(),
        discriminatorHalf.generatedLoss(),
        loss,
        difference,
        discriminatorHalf.penalty());
  }

  /**
   * The statistics that a generator's batch norm layers have over several batches: what its running
   * statistics should be, for weights that were never trained themselves because they are an
   * average.
   *
   * @param values of the generator's parameters
   * @param latents a batch of latents each
   */
  ChannelStatistics calibrate(float[] values, List<float[]> latents) {
    generatorHalf.generator().set(values);
    List<ChannelStatistics> batches = new ArrayList<>();
    for (float[] z : latents) {
      batches.add(generatorHalf.statisticsOver(z));
    }
    generatorHalf.generator().set(generator.values);
    return ChannelStatistics.mean(batches);
  }

  @Override
  public void close() {
    reconstruction.ifPresent(Reconstruction::close);
    discriminatorHalf.close();
    generatorHalf.close();
  }
}
