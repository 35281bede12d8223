package org.inpaint4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.model.CompletionVariant;
import org.inpaint4j.train.CompletionLosses;
import org.inpaint4j.train.CompletionOptions;
import org.inpaint4j.train.CompletionTrainer;
import org.inpaint4j.train.Trainer;
import org.inpaint4j.train.TrainingImages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code inpaint train} that only a completion network has. */
final class CompletionFlags implements NetworkFlags {

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      description =
          "The completion network: context-encoder (Pathak et al. 2016), skips, gated (Yu et al."
              + " 2019), attention (Yu et al. 2018) or edges (Nazeri et al. 2019). Default: skips.")
  private @Nullable String variant;

  @Option(
      names = "--losses",
      paramLabel = "believable|paper",
      description =
          "What a completion network is trained for: all losses of facecompletion, or the context"
              + " encoder's (squared difference and discriminator). Default: believable; of the"
              + " context encoder paper.")
  private @Nullable String losses;

  @Option(
      names = "--halve-at",
      paramLabel = "N",
      split = ",",
      description = "Iterations at which a completion network's learning rate is halved.")
  private @Nullable List<Integer> halvings;

  @Override
  public Optional<String> given() {
    return NetworkFlags.first(
        variant != null ? "--variant" : null,
        losses != null ? "--losses" : null,
        halvings != null ? "--halve-at" : null);
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public boolean hasLossFlags() {
    return false;
  }

  @Override
  public boolean reconstructs() {
    return true;
  }

  @Override
  public Trainer.Builder<?> builder(TrainingImages images, Path file, Common common) {
    CompletionVariant network =
        variant == null ? CompletionVariant.SKIPS : CompletionVariant.of(variant);
    CompletionOptions options = CompletionOptions.of(network, common.size());
    boolean paper = losses == null ? network == CompletionVariant.CONTEXT_ENCODER : isPaper(losses);
    int size = common.batch().orElse(options.batch().size());
    int pairs = paper ? 0 : Math.max(1, size / 8);
    CompletionOptions.Schedule schedule = options.schedule();
    return CompletionTrainer.builder(images, file)
        .options(
            new CompletionOptions(
                options.design(),
                paper ? CompletionLosses.contextEncoder() : CompletionLosses.believable(),
                options.judge(),
                new CompletionOptions.Batch(size, pairs, common.flips(), true),
                new CompletionOptions.Schedule(
                    schedule.learningRate(),
                    common.average().orElse(schedule.averageDecay()),
                    halvings == null ? List.of() : halvings,
                    schedule.adversarialFrom(),
                    schedule.featuresFrom()),
                common.seed()));
  }

  private static boolean isPaper(String losses) {
    return switch (losses) {
      case "paper" -> true;
      case "believable" -> false;
      default ->
          throw new IllegalArgumentException(
              "--losses must be believable or paper: found " + losses);
    };
  }
}
