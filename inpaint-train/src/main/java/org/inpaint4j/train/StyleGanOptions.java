package org.inpaint4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a StyleGAN is and how it is trained. Immutable.
 *
 * @param networks the sizes of both networks
 * @param objective what they are trained for
 * @param schedule how long at each size, and how fast
 * @param flips whether each image is mirrored with probability 1/2 each time it is seen
 * @param seed of everything that is drawn: weights, latents, noise, order of the images
 */
public record StyleGanOptions(
    Networks networks, Objective objective, Schedule schedule, boolean flips, long seed) {

  private static final int WIDEST = 256;

  /**
   * The sizes of both networks.
   *
   * @param styleSize how many numbers z and w have, from 1
   * @param mappingLayers the layers from z to w, from 1
   * @param generator channels of its maps of 4, 8, 16 … pixels; the last are those of the images
   * @param discriminator channels of its maps, in the same order
   * @param noise whether the generator adds noise to its maps; if not, the strengths of the noise
   *     stay 0, as they begin. A small generator that is trained for hours, not days, may draw dots
   *     with it
   * @param spread the deviation that the weights towards styles and colours start with, above 0;
   *     all others have 1. With 1, as in the paper, images start with forty times the variance of
   *     photographs
   */
  public record Networks(
      int styleSize,
      int mappingLayers,
      List<Integer> generator,
      List<Integer> discriminator,
      boolean noise,
      double spread) {

    /**
     * Checks all values.
     *
     * @param styleSize how many numbers z and w have
     * @param mappingLayers the layers from z to w
     * @param generator channels of its maps
     * @param discriminator channels of its maps
     * @param noise whether the generator adds noise
     * @param spread the deviation that the weights towards styles and colours start with
     */
    public Networks {
      generator = List.copyOf(generator);
      discriminator = List.copyOf(discriminator);
      checkArgument(styleSize >= 1, "the style size must be positive: found %s", styleSize);
      checkArgument(mappingLayers >= 1, "mapping layers must be positive: found %s", mappingLayers);
      checkArgument(
          generator.size() >= 2 && generator.size() <= 9,
          "a StyleGAN must have channels for 4 pixels and for each size up to its own, 8 to 1024:"
              + " found %s",
          generator);
      checkArgument(
          discriminator.size() == generator.size(),
          "both networks must have channels for each size: expected %s, found %s",
          generator.size(),
          discriminator.size());
      checkArgument(
          IntStream.concat(
                  generator.stream().mapToInt(Integer::intValue),
                  discriminator.stream().mapToInt(Integer::intValue))
              .allMatch(count -> count >= 1),
          "channels must be positive: found %s and %s",
          generator,
          discriminator);
      checkArgument(
          spread > 0 && spread <= 1, "the spread must be above 0, at most 1: found %s", spread);
    }

    /** Height and width of the images. */
    int imageSize() {
      return 4 << (generator.size() - 1);
    }
  }

  /**
   * What the networks are trained for.
   *
   * <p>R1 and the gradient penalty want the derivative of a derivative, which the engine does not
   * have. Both are estimated by finite differences: s is the change of the discriminator under
   * Gaussian noise on images, over the deviation of the noise. The mean of s² is that of the
   * squared gradient, of s² - sqrt(2 π) |s| + 1 that of (|gradient| - 1)², but for the curvature of
   * the discriminator over so short a way.
   *
   * @param wasserstein the loss of Arjovsky et al. 2017 with a gradient penalty on mixtures of real
   *     and generated images (Gulrajani et al. 2017), in place of the non-saturating loss with R1
   *     on real images (Mescheder et al. 2018; the estimate of Lin et al. 2025)
   * @param penalty the weight of the penalty for images of 8, 16 … pixels, or one for all, from 0;
   *     R1 has half of it, as in its paper. Too much, and the discriminator tells nothing apart
   * @param penaltyEvery the iterations from one penalty, which has so many times its weight, to the
   *     next (Karras et al. 2020), from 1
   * @param deviation of the noise, for samples in -1 to 1
   * @param mixing the share of the images that have two styles
   */
  public record Objective(
      boolean wasserstein,
      List<Double> penalty,
      int penaltyEvery,
      double deviation,
      double mixing) {

    /**
     * Checks all values.
     *
     * @param wasserstein the loss
     * @param penalty the weight of the penalty
     * @param penaltyEvery the iterations from one penalty to the next
     * @param deviation of the noise
     * @param mixing the share of the images that have two styles
     */
    public Objective {
      penalty = List.copyOf(penalty);
      checkArgument(!penalty.isEmpty(), "a penalty must have a weight: found none");
      for (double weight : penalty) {
        checkArgument(
            weight >= 0 && weight < Double.POSITIVE_INFINITY,
            "the weight of the penalty must be from 0: found %s",
            weight);
      }
      checkArgument(
          penaltyEvery >= 1, "iterations between penalties must be from 1: found %s", penaltyEvery);
      checkArgument(
          deviation > 0 && deviation < 1,
          "the deviation must be above 0 and below 1: found %s",
          deviation);
      checkArgument(
          mixing >= 0 && mixing <= 1, "the share of mixing must be from 0 to 1: found %s", mixing);
    }

    AdversarialLoss loss() {
      return wasserstein ? AdversarialLoss.WASSERSTEIN : AdversarialLoss.LOGISTIC;
    }

    /** The weight of R1 or of the gradient penalty at an iteration that has one. */
    double weight(StylePlace place) {
      return penaltyEvery * (wasserstein ? penalty(place) : penalty(place) / 2);
    }

    private double penalty(StylePlace place) {
      return penalty.get(penalty.size() == 1 ? 0 : place.level() - 1);
    }

    boolean hasPenalty(StylePlace place, int iteration) {
      return penalty(place) > 0 && iteration % penaltyEvery == 0;
    }
  }

  /**
   * How long the networks learn at each size, and how fast. Both learn images of 8 pixels first; a
   * larger size is faded in over some images, and learned for some more. The largest has no end.
   *
   * @param batches images in a batch of 8, 16 … pixels, from 2
   * @param fading images over which each of these sizes fades in; the first is not faded
   * @param stable images after that
   * @param learningRate of the generator up to 64 pixels; 1.5 times as much at 128, twice above (as
   *     in the port)
   * @param discriminatorRate of the discriminator, likewise. A faster one follows what the
   *     generator does (Heusel et al. 2017)
   * @param mappingShare of it for the layers from z to w
   * @param averageDecay how much of the moving average of the generator is kept at each iteration,
   *     0 to 1; while a training is young it is less, (1 + t) / (10 + t) at iteration t
   * @param beta1 of Adam; 0 in the paper. With 0.5 a training of hours learned small sizes faster
   * @param beta2 of Adam
   */
  public record Schedule(
      List<Integer> batches,
      List<Integer> fading,
      List<Integer> stable,
      double learningRate,
      double discriminatorRate,
      double mappingShare,
      double averageDecay,
      double beta1,
      double beta2) {

    /**
     * Checks all values.
     *
     * @param batches images in a batch
     * @param fading images over which a size fades in
     * @param stable images after that
     * @param learningRate of the generator
     * @param discriminatorRate of the discriminator
     * @param mappingShare of it for the layers from z to w
     * @param averageDecay how much of the moving average is kept
     * @param beta1 of Adam
     * @param beta2 of Adam
     */
    public Schedule {
      batches = List.copyOf(batches);
      fading = List.copyOf(fading);
      stable = List.copyOf(stable);
      checkArgument(
          fading.size() == batches.size() && stable.size() == batches.size(),
          "a schedule must have batch, fading and stable images for each size: found %s, %s, %s",
          batches,
          fading,
          stable);
      checkArgument(
          batches.stream().allMatch(size -> size >= 2),
          "the batch size must be at least 2: found %s",
          batches);
      checkArgument(
          fading.stream().skip(1).allMatch(count -> count > 0)
              && stable.stream().allMatch(count -> count >= 0),
          "sizes must fade in over some images: found %s, and %s after that",
          fading,
          stable);
      for (double rate : new double[] {learningRate, discriminatorRate}) {
        checkArgument(
            rate > 0 && rate < 1, "a learning rate must be above 0 and below 1: found %s", rate);
      }
      checkArgument(
          mappingShare >= 0 && mappingShare <= 1,
          "the mapping's share of the learning rate must be from 0 to 1: found %s",
          mappingShare);
      checkArgument(
          averageDecay >= 0 && averageDecay < 1,
          "the decay of the average must be from 0 to below 1: found %s",
          averageDecay);
      checkArgument(beta1 >= 0 && beta1 < 1, "beta1 must be from 0 to below 1: found %s", beta1);
      checkArgument(beta2 >= 0 && beta2 < 1, "beta2 must be from 0 to below 1: found %s", beta2);
    }

    Adam.Rates generatorRates() {
      return new Adam.Rates(learningRate, beta1, beta2);
    }

    Adam.Rates discriminatorRates() {
      return new Adam.Rates(discriminatorRate, beta1, beta2);
    }

    /** The share of the learning rate for images of a size. */
    double share(int size) {
      return size <= 64 ? 1 : size == 128 ? 1.5 : 2;
    }

    /** How much of the average is kept at an iteration, from 0. */
    double decay(int iteration) {
      return Math.min(averageDecay, (1.0 + iteration) / (10 + iteration));
    }
  }

  /**
   * Checks that all is there for each size.
   *
   * @param networks the sizes of both networks
   * @param objective what they are trained for
   * @param schedule how long at each size, and how fast
   * @param flips whether images are mirrored at random
   * @param seed of everything that is drawn
   */
  public StyleGanOptions {
    checkArgument(
        schedule.batches().size() == networks.generator().size() - 1,
        "a schedule must be of 8 pixels and each size up to that of the images: expected %s sizes,"
            + " found %s",
        networks.generator().size() - 1,
        schedule.batches().size());
    int penalties = objective.penalty().size();
    checkArgument(
        penalties == 1 || penalties == schedule.batches().size(),
        "a penalty must have one weight, or one for each size: expected %s, found %s",
        schedule.batches().size(),
        penalties);
  }

  /**
   * Networks that two cores can train within hours: channels halve where the size doubles, 32 at 64
   * pixels in the generator, three quarters of it in the discriminator; styles of 256 numbers, two
   * layers from z to w; R1 with a weight of 0.01 at 8 pixels, twice as much at each larger size;
   * batches of 64, 32 and 16; Adam with 8e-4 for the generator, 2e-3 for the discriminator.
   *
   * @param imageSize 8, 16, … 1024
   * @return the options
   */
  public static StyleGanOptions of(int imageSize) {
    checkArgument(
        imageSize >= 8 && imageSize <= 1024 && Integer.bitCount(imageSize) == 1,
        "the image size must be a power of two from 8 to 1024: found %s",
        imageSize);
    int sizes = Integer.numberOfTrailingZeros(imageSize) - 2;
    List<Integer> generator =
        IntStream.rangeClosed(0, sizes)
            .map(i -> Math.min(WIDEST, 2048 >> (i + 2)))
            .boxed()
            .toList();
    List<Integer> discriminator =
        IntStream.rangeClosed(0, sizes)
            .map(i -> Math.min(WIDEST, (2048 >> (i + 2)) * 3 / 4))
            .boxed()
            .toList();
    List<Integer> batches =
        IntStream.range(0, sizes).map(i -> Math.max(16, 64 >> i)).boxed().toList();
    List<Integer> fading =
        IntStream.range(0, sizes).map(i -> i == 0 ? 0 : 150_000).boxed().toList();
    List<Integer> stable =
        IntStream.range(0, sizes).map(i -> i == 0 ? 300_000 : 250_000).boxed().toList();
    List<Double> penalty = IntStream.range(0, sizes).mapToObj(i -> 0.01 * (1 << i)).toList();
    return new StyleGanOptions(
        new Networks(256, 2, generator, discriminator, true, 0.25),
        new Objective(false, penalty, 4, 0.01, 0.5),
        new Schedule(batches, fading, stable, 8e-4, 2e-3, 0.1, 0.998, 0, 0.99),
        true,
        1);
  }
}
