package org.inpaint4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.inpaint4j.train.Trainer;
import org.inpaint4j.train.TrainingImages;
import org.inpaint4j.train.TrainingProgress;
import org.inpaint4j.train.TrainingResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inpaint train}: a model of one's own. */
@Command(
    name = "train",
    description =
        "Trains a model on a folder or a zip file of images: a DCGAN or a StyleGAN, which are"
            + " searched, or a completion network, which fills in one pass.",
    footer = {
      "",
      "Beside the model it writes MODEL.state (with --resume it goes on from there, bit for bit),"
          + " MODEL-samples-NNNN.png after each epoch, and MODEL-losses.png.",
      "Ctrl-C ends the training after the running iteration and saves."
    })
final class TrainCommand implements Callable<Integer> {

  private static final int SHOWN_SKIPPED = 10;
  private static final int LOG_EVERY = 50;

  @Option(
      names = {"--data", "--images"},
      required = true,
      paramLabel = "FOLDER|ZIP",
      description = "The images: of one kind, aligned, some thousands.")
  private @Nullable Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The model to write, a safetensors file that --model of the others reads.")
  private @Nullable Path out;

  @Option(
      names = "--network",
      paramLabel = "dcgan|stylegan|completion",
      defaultValue = "dcgan",
      description = "What is trained. Default: ${DEFAULT-VALUE}.")
  private String network = "dcgan";

  @Mixin private final DcganFlags dcgan = new DcganFlags();

  @Mixin private final StyleGanFlags styleGan = new StyleGanFlags();

  @Mixin private final LossFlags loss = new LossFlags();

  @Mixin private final CompletionFlags completion = new CompletionFlags();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often each image is seen, over all runs. Default: 25, of a StyleGAN 80.")
  private @Nullable Integer epochs;

  @Option(
      names = "--hours",
      paramLabel = "H",
      description = "Ends this run after so many hours. Default: no limit.")
  private @Nullable Double hours;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Images in a batch. Default: 64, of a completion network 32, of a StyleGAN 64 at 8"
              + " pixels, 32 at 16, then 16.")
  private @Nullable Integer batch;

  @Option(
      names = "--size",
      paramLabel = "8..1024",
      defaultValue = "64",
      description =
          "Height and width of the model's images: 32, 64 or 128, of a StyleGAN any power of two"
              + " from 8. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--average",
      paramLabel = "SHARE",
      description =
          "How much of the generator's moving average is kept at each iteration; 0 for none. May"
              + " change with --resume. Default: 0.9995, of a completion network 0.999, of a"
              + " StyleGAN 0.998.")
  private @Nullable Double average;

  @Option(names = "--no-flips", description = "Do not mirror images at random.")
  private boolean noFlips;

  @Option(
      names = "--start",
      paramLabel = "faces64|stylefaces64|facecompletion|FILE",
      description =
          "Begin with the networks of a model in place of random ones; its sizes must be those of"
              + " this training. Of facecompletion it is the first stage, of 64 pixels.")
  private @Nullable String start;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same model. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--resume", description = "Go on from the checkpoint beside the model.")
  private boolean resume;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "M",
      defaultValue = "5",
      description = "Minutes between checkpoints. Default: ${DEFAULT-VALUE}.")
  private double checkpointMinutes;

  @Option(
      names = "--plain",
      description = "Print a line every 50 iterations in place of the progress bar, for log files.")
  private boolean plain;

  private int iterations;
  private @Nullable ProgressBar bar;

  @Override
  public Integer call() throws UserException, IOException {
    Path file = Pictures.given("--out", Objects.requireNonNull(out));
    Path source = Pictures.given("--data", Objects.requireNonNull(data));
    checkFiles(file);
    Backends.check();
    try (Interruption interruption = Interruption.watch()) {
      NetworkFlags flags = flags();
      TrainingImages images = images(source, flags.channels());
      try (Trainer trainer = trainer(images, file, flags, interruption)) {
        iterations = trainer.iterationsIn(epochs == null ? flags.epochs() : epochs);
        TrainingResult result =
            trainer.train(
                iterations,
                hours == null
                    ? Duration.ofDays(36_500)
                    : Duration.ofSeconds((long) (3600 * hours)));
        report(result, file);
        flags.finish(trainer, file);
        return 0;
      } finally {
        if (bar != null) {
          bar.close();
        }
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  /** The options of the network that is trained; those of the others must not be given. */
  private NetworkFlags flags() throws UserException {
    NetworkFlags flags =
        switch (network) {
          case "dcgan" -> dcgan;
          case "stylegan" -> styleGan;
          case "completion" -> completion;
          default ->
              throw new UserException(
                  "--network must be dcgan, stylegan or completion: found " + network);
        };
    Stream<Optional<String>> wrong =
        Stream.concat(
            Stream.of(dcgan, styleGan, completion)
                .filter(other -> other != flags)
                .map(NetworkFlags::given),
            Stream.of(loss).filter(some -> !flags.hasLossFlags()).map(LossFlags::given));
    Optional<String> first = wrong.flatMap(Optional::stream).findFirst();
    if (first.isPresent()) {
      throw new UserException(first.get() + " must go with another --network: found " + network);
    }
    return flags;
  }

  private void checkFiles(Path file) throws UserException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UserException("--out must be in a folder that can be written: found " + file);
    }
    if (Files.isDirectory(file)) {
      throw new UserException("--out must be a file: found the folder " + file);
    }
    if (!resume && Trainer.canResume(file)) {
      throw new UserException(
          "--out must be new: " + file + " has a checkpoint beside it; add --resume to go on");
    }
    if (epochs != null && epochs <= 0) {
      throw new UserException("--epochs must be positive: found " + epochs);
    }
    if (hours != null && !(hours > 0)) {
      throw new UserException("--hours must be positive: found " + hours);
    }
    if (!(checkpointMinutes > 0)) {
      throw new UserException("--checkpoint-minutes must be positive: found " + checkpointMinutes);
    }
  }

  private TrainingImages images(Path source, int channels) throws UserException {
    TrainingImages images;
    try {
      images = TrainingImages.read(source, size, channels);
    } catch (IOException e) {
      throw new UserException("--data: " + Objects.requireNonNullElse(e.getMessage(), source));
    }
    System.out.printf(Locale.ROOT, "%d images of %s%n", images.count(), source);
    if (!images.skipped().isEmpty()) {
      int count = images.skipped().size();
      System.out.printf("%d %s skipped:%n", count, count == 1 ? "file" : "files");
      Stream<String> shown = images.skipped().stream().limit(SHOWN_SKIPPED);
      shown.forEach(name -> System.out.println("  " + name));
      if (count > SHOWN_SKIPPED) {
        System.out.printf("  and %d more%n", count - SHOWN_SKIPPED);
      }
    }
    return images;
  }

  private Trainer trainer(
      TrainingImages images, Path file, NetworkFlags flags, Interruption interruption)
      throws UserException {
    NetworkFlags.Common common =
        new NetworkFlags.Common(
            size, Optional.ofNullable(batch), Optional.ofNullable(average), !noFlips, loss, seed);
    Trainer.Builder<?> builder = flags.builder(images, file, common);
    if (start != null && !resume) {
      builder.start(Models.weights(start));
    }
    try {
      return builder
          .resume(resume)
          .checkpointEvery(Duration.ofMillis((long) (60_000 * checkpointMinutes)))
          .onProgress(
              progress -> {
                show(progress, flags.reconstructs());
                return !interruption.asked();
              })
          .build();
    } catch (IOException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  private void show(TrainingProgress progress, boolean reconstructs) {
    String losses =
        String.format(
            Locale.ROOT,
            "D %.2f G %.2f%s, %.0f images/s",
            progress.discriminatorLoss(),
            progress.generatorLoss(),
            reconstructs
                ? String.format(Locale.ROOT, " R %.4f", progress.reconstructionLoss())
                : "",
            progress.imagesPerSecond());
    if (plain) {
      if (progress.iteration() % LOG_EVERY == 0) {
        System.err.printf(
            Locale.ROOT,
            "epoch %d, iteration %d: %s%n",
            progress.epoch(),
            progress.iteration(),
            losses);
      }
      return;
    }
    if (bar == null) {
      bar = ProgressBars.startFrom("training", progress.iteration() - 1, iterations);
    }
    bar.stepTo(progress.iteration());
    bar.setExtraMessage(" " + losses);
  }

  private static void report(TrainingResult result, Path file) throws UserException {
    switch (result.status()) {
      case COLLAPSED ->
          throw new UserException(
              "the training has collapsed: "
                  + result.reason()
                  + "; "
                  + file
                  + (result.iteration() == 0
                      ? " was not written"
                      : " is of iteration " + result.iteration()));
      case STOPPED ->
          System.out.printf("Stopped at iteration %d; --resume goes on%n", result.iteration());
      case COMPLETED -> System.out.printf("Done: %d iterations%n", result.iteration());
    }
    System.out.printf("model: %s%n", file);
  }
}
