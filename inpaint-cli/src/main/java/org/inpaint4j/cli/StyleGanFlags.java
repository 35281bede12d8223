package org.inpaint4j.cli;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.train.StyleGanOptions;
import org.inpaint4j.train.StyleGanTrainer;
import org.inpaint4j.train.Trainer;
import org.inpaint4j.train.TrainingImages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code inpaint train} that only a StyleGAN has. */
final class StyleGanFlags implements NetworkFlags {

  private static final int EPOCHS = 80;

  @Option(
      names = "--channels",
      paramLabel = "N",
      split = ",",
      description =
          "Channels of a StyleGAN's maps of 4, 8, 16 ... pixels, up to --size. Default: for 64"
              + " pixels 256,256,128,64,32.")
  private @Nullable List<Integer> channels;

  @Option(
      names = "--judge-channels",
      paramLabel = "N",
      split = ",",
      description =
          "The same of its discriminator. Default: three quarters, for 64 pixels"
              + " 256,192,96,48,24.")
  private @Nullable List<Integer> judge;

  @Option(
      names = "--style",
      paramLabel = "N",
      description = "Numbers of a StyleGAN's z and w. Default: 256.")
  private @Nullable Integer style;

  @Option(
      names = "--fade",
      paramLabel = "N",
      split = ",",
      description =
          "Images over which 8, 16 ... pixels fade in; 8 pixels do not. Default: 0,150000,150000"
              + " and so on.")
  private @Nullable List<Integer> fading;

  @Option(
      names = "--stable",
      paramLabel = "N",
      split = ",",
      description =
          "Images after that, before the next size; the last size has no end. Default:"
              + " 300000,250000 and so on.")
  private @Nullable List<Integer> stable;

  @Option(
      names = "--no-noise",
      description =
          "Add no noise in a StyleGAN's generator: a small one that is trained for hours may draw"
              + " dots with it.")
  private boolean noNoise;

  @Override
  public Optional<String> given() {
    return NetworkFlags.first(
        channels != null ? "--channels" : null,
        judge != null ? "--judge-channels" : null,
        style != null ? "--style" : null,
        fading != null ? "--fade" : null,
        stable != null ? "--stable" : null,
        noNoise ? "--no-noise" : null);
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public int epochs() {
    return EPOCHS;
  }

  @Override
  public boolean reconstructs() {
    return false;
  }

  @Override
  public Trainer.Builder<?> builder(TrainingImages images, Path file, Common common) {
    StyleGanOptions options = StyleGanOptions.of(common.size());
    StyleGanOptions.Networks networks = options.networks();
    StyleGanOptions.Schedule schedule = options.schedule();
    StyleGanOptions.Objective objective = options.objective();
    LossFlags loss = common.loss();
    boolean wasserstein = loss.isWasserstein("r1");
    int sizes = schedule.batches().size();
    return StyleGanTrainer.builder(images, file)
        .options(
            new StyleGanOptions(
                new StyleGanOptions.Networks(
                    requireNonNullElse(style, networks.styleSize()),
                    networks.mappingLayers(),
                    requireNonNullElse(channels, networks.generator()),
                    requireNonNullElse(judge, networks.discriminator()),
                    !noNoise,
                    networks.spread()),
                new StyleGanOptions.Objective(
                    wasserstein,
                    wasserstein
                        ? loss.gradientPenalty()
                        : loss.penalty().orElse(objective.penalty()),
                    objective.penaltyEvery(),
                    objective.deviation(),
                    objective.mixing()),
                new StyleGanOptions.Schedule(
                    common
                        .batch()
                        .map(size -> Collections.nCopies(sizes, size))
                        .orElse(schedule.batches()),
                    requireNonNullElse(fading, schedule.fading()),
                    requireNonNullElse(stable, schedule.stable()),
                    schedule.learningRate(),
                    schedule.discriminatorRate(),
                    schedule.mappingShare(),
                    common.average().orElse(schedule.averageDecay()),
                    schedule.beta1(),
                    schedule.beta2()),
                common.flips(),
                common.seed()));
  }
}
