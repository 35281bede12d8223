package org.inpaint4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.inpaint4j.dl4j.Dl4j;
import org.inpaint4j.train.DcganTrainer;
import org.inpaint4j.train.Trainer;
import org.inpaint4j.train.TrainingImages;
import org.inpaint4j.train.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code inpaint train} that only a DCGAN has. */
final class DcganFlags implements NetworkFlags {

  @Option(names = "--gray", description = "Train on grays. Default: colours.")
  private boolean gray;

  @Option(
      names = "--filters",
      paramLabel = "N",
      description = "Width of the networks. Default: 64.")
  private @Nullable Integer filters;

  @Option(names = "--latent", paramLabel = "N", description = "Numbers in a latent. Default: 100.")
  private @Nullable Integer latent;

  @Option(
      names = "--augment",
      description =
          "Change all that the discriminator sees at random (colour, place, a part cut out), for"
              + " sets of fewer than some ten thousand images.")
  private boolean augment;

  @Option(
      names = "--reconstruction",
      paramLabel = "WEIGHT",
      description =
          "Also train the generator to give back images whose latents an encoder finds, against"
              + " leaving out images; 100 is a good weight. Default: 0, off.")
  private @Nullable Double reconstruction;

  @Option(
      names = "--dl4j",
      description =
          "Also save both networks as DL4J zips, MODEL-generator.zip and MODEL-discriminator.zip, to"
              + " go on with in DL4J.")
  private boolean dl4j;

  @Override
  public Optional<String> given() {
    return NetworkFlags.first(
        gray ? "--gray" : null,
        filters != null ? "--filters" : null,
        latent != null ? "--latent" : null,
        augment ? "--augment" : null,
        reconstruction != null ? "--reconstruction" : null,
        dl4j ? "--dl4j" : null);
  }

  @Override
  public int channels() {
    return gray ? 1 : 3;
  }

  @Override
  public boolean reconstructs() {
    return reconstruction != null && reconstruction > 0;
  }

  @Override
  public Trainer.Builder<?> builder(TrainingImages images, Path file, Common common) {
    TrainingOptions options =
        common.loss().isWasserstein("logistic")
            ? wasserstein(common.loss())
            : logistic(common.loss());
    return DcganTrainer.builder(images, file)
        .options(
            options.toBuilder()
                .imageSize(common.size())
                .channels(channels())
                .latentSize(latent == null ? options.latentSize() : latent)
                .filters(filters == null ? options.filters() : filters)
                .batchSize(common.batch().orElse(options.batchSize()))
                .averageDecay(common.average().orElse(options.averageDecay()))
                .flips(common.flips())
                .augmented(augment)
                .reconstruction(reconstruction == null ? 0 : reconstruction)
                .seed(common.seed())
                .build());
  }

  private static TrainingOptions logistic(LossFlags loss) {
    if (loss.penalty().isPresent()) {
      throw new IllegalArgumentException(
          "--penalty of a DCGAN must go with --loss wasserstein: found the logistic loss");
    }
    return TrainingOptions.dcgan64();
  }

  /** With the rates of the gradient penalty's paper. */
  private TrainingOptions wasserstein(LossFlags loss) {
    if (dl4j) {
      throw new IllegalArgumentException(
          "--dl4j must go with --loss logistic: found wasserstein, whose discriminator has instance"
              + " norm, which DL4J has not");
    }
    if (loss.gradientPenalty().size() != 1) {
      throw new IllegalArgumentException(
          "--penalty of a DCGAN must be one weight: found " + loss.gradientPenalty());
    }
    double weight = loss.gradientPenalty().get(0);
    if (!(weight > 0)) {
      throw new IllegalArgumentException(
          "--penalty of the Wasserstein loss must be above 0: found " + weight);
    }
    return TrainingOptions.dcgan64().toBuilder()
        .gradientPenalty(weight)
        .learningRate(1e-4)
        .betas(0, 0.9)
        .build();
  }

  @Override
  public void finish(Trainer trainer, Path file) throws IOException {
    if (dl4j) {
      for (Path network : Dl4j.saveNetworks(trainer.weights(), file)) {
        System.out.printf("DL4J:  %s%n", network);
      }
    }
  }
}
