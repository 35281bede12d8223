package org.inpaint4j.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What a completion network is trained for: the weights of its losses. A loss of weight 0 is not
 * computed. Immutable. Differences are of values in -1 to 1.
 *
 * @param hole the mean absolute difference in the hole, from 0
 * @param squared the mean squared difference in the hole, from 0
 * @param discount how much less a pixel of the hole counts for each pixel, of 64 of the image, that
 *     it is farther from known ones (Yu et al. 2018), above 0 up to 1
 * @param known the mean absolute difference of known pixels, from 0
 * @param adversarial the adversarial loss of the composited picture, -log D, from 0
 * @param matching the difference of the discriminator's features of the composited and of the true
 *     picture, relative to their size (Wang et al. 2018), from 0
 * @param features the squared distance of SqueezeNet's normalised features in the hole (Zhang et
 *     al. 2018), from 0
 * @param difference a reward for the mean absolute difference of two answers to one picture with
 *     two latents (Mao et al. 2019), from 0
 * @param differenceLimit the difference from which on there is no more reward, above 0
 * @param edges the mean absolute difference of the edges in the hole, for networks that expect
 *     some, from 0
 */
public record CompletionLosses(
    double hole,
    double squared,
    double discount,
    double known,
    double adversarial,
    double matching,
    double features,
    double difference,
    double differenceLimit,
    double edges) {

  /**
   * Checks all values.
   *
   * @param hole the weight of the mean absolute difference in the hole
   * @param squared the weight of the mean squared difference in the hole
   * @param discount how much less a pixel counts for each pixel of distance
   * @param known the weight of the difference of known pixels
   * @param adversarial the weight of the adversarial loss
   * @param matching the weight of the difference of the discriminator's features
   * @param features the weight of the distance of SqueezeNet's features
   * @param difference the weight of the difference of two answers
   * @param differenceLimit the difference from which on there is no more reward
   * @param edges the weight of the difference of the edges
   */
  public CompletionLosses {
    checkWeight("hole", hole);
    checkWeight("squared", squared);
    checkArgument(
        discount > 0 && discount <= 1, "discount must be above 0 up to 1: found %s", discount);
    checkWeight("known", known);
    checkWeight("adversarial", adversarial);
    checkWeight("matching", matching);
    checkWeight("features", features);
    checkWeight("difference", difference);
    checkWeight("edges", edges);
    checkArgument(
        differenceLimit > 0 && differenceLimit < Double.POSITIVE_INFINITY,
        "the limit of the difference must be positive: found %s",
        differenceLimit);
    checkArgument(hole + squared > 0, "a loss in the hole must have a weight: found none");
  }

  private static void checkWeight(String what, double weight) {
    checkArgument(
        weight >= 0 && weight < Double.POSITIVE_INFINITY,
        "the weight '%s' must be from 0: found %s",
        what,
        weight);
  }

  /**
   * The weights by which {@code FaceCompletion} was trained: all losses but the squared one.
   *
   * @return the weights
   */
  public static CompletionLosses believable() {
    return new CompletionLosses(10, 0, 0.95, 4, 0.6, 1.5, 4, 4, 0.12, 10);
  }

  /**
   * The weights of the context encoder (Pathak et al., CVPR 2016, section 3.3): .999 of the squared
   * difference and .001 of the adversarial loss.
   *
   * @return the weights
   */
  public static CompletionLosses contextEncoder() {
    return new CompletionLosses(0, 0.999, 1, 0, 0.001, 0, 0, 0, 0.12, 0);
  }
}
