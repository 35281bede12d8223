package org.inpaint4j.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.eval.experiment.FillMethod;
import org.inpaint4j.eval.experiment.TableExperiment;
import org.inpaint4j.eval.experiment.TableProgress;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.files.PictureException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inpaint table}: how well each method fills each kind of hole. */
@Command(
    name = "table",
    description = {
      "Measures how well methods fill holes in real images: kinds of masks down, methods across.",
      "A second call with the same folder goes on where the first ended; images, masks and methods"
          + " can be added."
    })
final class TableCommand implements Callable<Integer> {

  @Option(
      names = "--images",
      required = true,
      paramLabel = "FOLDER|ZIP",
      description = "The true images; they are taken in the order of their names.")
  private @Nullable Path images;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take the first N images only. Default: all.")
  private @Nullable Integer limit;

  @Option(
      names = "--masks",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "rectangle,noise,quickdraw",
      description =
          "Kinds of masks, of ${COMPLETION-CANDIDATES} and noise-P (P %% of the pixels). Default:"
              + " ${DEFAULT-VALUE}.",
      completionCandidates = MaskNames.class)
  private List<String> masks = new ArrayList<>();

  @Option(
      names = "--methods",
      paramLabel = "NAME",
      split = ",",
      description =
          "Methods, of ${COMPLETION-CANDIDATES}, or files with models of any kind (ONNX, say). Default:"
              + " all of these names.",
      completionCandidates = MethodNames.class)
  private List<String> methods = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "faces64|FILE",
      defaultValue = "faces64",
      description =
          "The model that searches search, as in inpaint fill. Default: ${DEFAULT-VALUE}.")
  private String model = "faces64";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Chooses the masks and the starts of the searches. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "out/table",
      description =
          "Where to write table.md, table.csv, images.csv, report.html and the filled pictures."
              + " Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("out/table");

  /** What {@code --masks} knows. */
  static final class MaskNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    MaskNames() {
      super(MaskGenerator.names());
    }
  }

  /** What {@code --methods} knows. */
  static final class MethodNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    MethodNames() {
      super(FillMethod.names());
    }
  }

  @Override
  public Integer call() throws UserException, IOException {
    Path source = Pictures.given("--images", Objects.requireNonNull(images));
    Pictures.given("--out", out);
    check(source);
    Backends.check();
    Interruption interruption = Interruption.watch(Thread.currentThread()::interrupt);
    try {
      return fill(source);
    } finally {
      interruption.close();
    }
  }

  private int fill(Path source) throws UserException, IOException {
    TableProgress[] last = new TableProgress[1];
    try {
      run(source, last);
    } catch (InterruptedIOException e) {
      // Heard; what follows must not stumble over the flag.
      Thread.interrupted();
      System.err.printf(
          "inpaint table: interrupted%s; the same command goes on from there%n",
          last[0] == null ? "" : " after " + last[0].done() + " of " + last[0].total());
      return 1;
    }
    System.out.println(Files.readString(out.resolve("table.md")));
    System.out.printf("table:  %s%n", out.resolve("table.md"));
    System.out.printf("report: %s%n", out.resolve("report.html"));
    return 0;
  }

  private void check(Path source) throws UserException {
    if (!Files.exists(source)) {
      throw new UserException("--images must exist: found no " + source);
    }
    if (limit != null && limit <= 0) {
      throw new UserException("--limit must be positive: found " + limit);
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new UserException("--out must be a folder: found the file " + out);
    }
    for (String mask : masks) {
      try {
        MaskGenerator.named(mask);
      } catch (IllegalArgumentException e) {
        throw new UserException("--masks: " + e.getMessage());
      }
    }
  }

  /** A model with all that suits it, under the name of its file. */
  private static FillMethod ofFile(String file) throws UserException {
    String name = String.valueOf(Path.of(file).getFileName()).replaceAll("[^A-Za-z0-9.-]", "-");
    return new FillMethod(name, Inpainter.builder().model(Models.load(file)).build());
  }

  private void run(Path source, TableProgress[] last) throws UserException, IOException {
    List<FillMethod> fills = new ArrayList<>();
    try (ProgressBar bar = ProgressBars.startWithoutEstimate("filling")) {
      LatentModel searched = Models.loadLatent(model);
      for (String name :
          new LinkedHashSet<>(methods.isEmpty() ? FillMethod.names() : List.copyOf(methods))) {
        fills.add(
            Files.isRegularFile(Path.of(name)) ? ofFile(name) : FillMethod.named(name, searched));
      }
      TableExperiment.builder()
          .images(source)
          .limit(limit == null ? Integer.MAX_VALUE : limit)
          .masks(masks.stream().distinct().map(MaskGenerator::named).toList())
          .methods(fills)
          .features(ImageFeatures.squeezeNet())
          .seed(seed)
          .output(out)
          .title("Inpainting: " + source.getFileName())
          .onProgress(
              progress -> {
                last[0] = progress;
                bar.maxHint(progress.total());
                bar.stepTo(progress.done());
                bar.setExtraMessage(
                    " " + ProgressBars.clock(progress.left()) + " left, " + progress.doing());
              })
          .build()
          .run();
    } catch (IllegalArgumentException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } catch (PictureException e) {
      throw new UserException("--images: " + e.getMessage());
    } catch (InterruptedIOException | FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // A picture that is broken, or a folder with another experiment in it: the message says so.
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } finally {
      fills.forEach(FillMethod::close);
    }
  }
}
