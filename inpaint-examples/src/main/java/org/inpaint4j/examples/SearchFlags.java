package org.inpaint4j.examples;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.SearchOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that searches, and the search itself with its progress bar. */
final class SearchFlags {

  @Option(
      names = "--model",
      paramLabel = "faces64|FILE",
      defaultValue = "faces64",
      description =
          "The shipped model of faces, or a file with a DCGAN, a StyleGAN or a DL4J generator"
              + " (safetensors, PyTorch checkpoint, DL4J zip; see inpaint model info). Default:"
              + " ${DEFAULT-VALUE}.")
  private String modelName = "faces64";

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Gradient steps of each start. Default: the model's preset.")
  private @Nullable Integer steps;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description = "Starts, of which the best is taken. Default: the model's preset.")
  private @Nullable Integer restarts;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Chooses the starts; the same seed gives the same result. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /**
   * Fills the hole of an image, showing progress on standard error.
   *
   * @param task the image. Not modified.
   * @param framing what the model is shown; the model's own choice if null
   * @param interruption ends the search early
   * @return the result
   * @throws UserException if the image cannot be filled
   */
  InpaintResult fill(Inpainter.Task task, @Nullable Framing framing, Interruption interruption)
      throws UserException {
    checkPositive("--steps", steps);
    checkPositive("--restarts", restarts);
    Backends.check();
    InpaintModel model = Models.load(modelName);
    SearchOptions.Builder options = model.search().toBuilder();
    if (steps != null) {
      options.steps(steps);
    }
    if (restarts != null) {
      options.restarts(restarts);
    }
    // Made at the first step: before it the search may still refuse its input.
    ProgressBar[] bar = new ProgressBar[1];
    try (Inpainter inpainter =
        Inpainter.builder()
            .model(model)
            .search(options.build())
            .framing(framing == null ? model.framing() : framing)
            .seed(seed)
            .onProgress(
                progress -> {
                  if (bar[0] == null) {
                    bar[0] = bar(progress.steps());
                  }
                  bar[0].stepTo(progress.step());
                  bar[0].setExtraMessage(String.format(Locale.ROOT, " loss %.1f", progress.loss()));
                  if (interruption.asked()) {
                    progress.cancel();
                  }
                })
            .build()) {
      return inpainter.inpaint(task.image(), task.mask());
    } catch (IllegalArgumentException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } finally {
      if (bar[0] != null) {
        bar[0].close();
      }
    }
  }

  private static void checkPositive(String option, @Nullable Integer value) throws UserException {
    if (value != null && value <= 0) {
      throw new UserException(option + " must be positive: found " + value);
    }
  }

  private static ProgressBar bar(int steps) {
    // A width of its own, as asking the terminal for it takes longer than all the rest.
    return new ProgressBarBuilder()
        .setTaskName("searching")
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, 79))
        .build();
  }

  /** For people: {@code 8.4 s}. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
