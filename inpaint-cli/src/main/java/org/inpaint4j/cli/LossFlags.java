package org.inpaint4j.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code inpaint train} trains networks for that are searched. */
final class LossFlags {

  /** Of the gradient penalty (Gulrajani et al. 2017). */
  private static final double PENALTY = 10.0;

  @Option(
      names = "--loss",
      paramLabel = "logistic|r1|wasserstein",
      description =
          "What a DCGAN or a StyleGAN is trained for: the logistic (non-saturating) loss, of a"
              + " StyleGAN with R1, or the Wasserstein distance with a gradient penalty. Default:"
              + " logistic, of a StyleGAN r1.")
  private @Nullable String loss;

  @Option(
      names = "--penalty",
      paramLabel = "WEIGHT",
      split = ",",
      description =
          "Weight of R1 or of the gradient penalty; of a StyleGAN also one for each of 8, 16 ..."
              + " pixels. Default: of R1 0.01 at 8 pixels and twice as much at each larger size; of"
              + " the gradient penalty 10.")
  private @Nullable List<Double> penalty;

  /** One of these options that was given, if one was. */
  Optional<String> given() {
    return NetworkFlags.first(loss != null ? "--loss" : null, penalty != null ? "--penalty" : null);
  }

  /**
   * Whether the loss is the Wasserstein distance.
   *
   * @param other what this network's other loss is called
   * @throws IllegalArgumentException if the loss is neither
   */
  boolean isWasserstein(String other) {
    if (loss == null || loss.equals(other)) {
      return false;
    }
    if (!loss.equals("wasserstein")) {
      throw new IllegalArgumentException(
          "--loss must be " + other + " or wasserstein: found " + loss);
    }
    return true;
  }

  /** The weights of the penalty; empty for the network's own. */
  Optional<List<Double>> penalty() {
    return Optional.ofNullable(penalty);
  }

  /** The weights of the gradient penalty. */
  List<Double> gradientPenalty() {
    return penalty == null ? List.of(PENALTY) : penalty;
  }
}
