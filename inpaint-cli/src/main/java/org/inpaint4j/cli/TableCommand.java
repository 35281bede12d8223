package org.inpaint4j.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.inpaint4j.eval.experiment.NamedMethods;
import org.inpaint4j.eval.experiment.TableBuilder;
import org.inpaint4j.eval.experiment.TableExperiment;
import org.inpaint4j.eval.experiment.TableProgress;
import org.inpaint4j.eval.mask.MaskSource;
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
      description =
          "The true images, of any size; they are taken in the order of their names. Methods that"
              + " search a model need aligned faces.")
  private @Nullable Path images;

  @Option(
      names = "--mask-files",
      paramLabel = "FOLDER",
      description =
          "Masks for these images: files NAME.KIND.png, white is hole; something may stand before"
              + " NAME with a hyphen. KIND is a name for --masks then, and images without a mask"
              + " are left out.")
  private @Nullable Path maskFiles;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take the first N images only. Default: all.")
  private @Nullable Integer limit;

  @Option(
      names = "--masks",
      paramLabel = "NAME",
      split = ",",
      description =
          "Kinds of masks, of ${COMPLETION-CANDIDATES}, noise-P (P %% of the pixels), parts (all"
              + " parts of the face) and the kinds of --mask-files. Default: all kinds of"
              + " --mask-files, or rectangle,noise,quickdraw.",
      completionCandidates = TableKinds.Names.class)
  private List<String> masks = new ArrayList<>();

  @Option(
      names = "--methods",
      paramLabel = "NAME",
      split = ",",
      description =
          "Methods, of ${COMPLETION-CANDIDATES}; model is the one of --model as it comes,"
              + " NAME=FILE the model in a file. Default: searches and fills, with --mask-files the"
              + " fills alone.",
      completionCandidates = TableColumns.Names.class)
  private List<String> methods = new ArrayList<>();

  @Option(
      names = "--peer",
      paramLabel = "NAME=FOLDER",
      description =
          "Measures what another program filled as the method NAME: files NAME-OF-IMAGE.KIND.png in"
              + " the folder, named as those of --mask-files. May be given several times.")
  private Map<String, Path> peers = new LinkedHashMap<>();

  @Option(
      names = "--fills",
      paramLabel = "N",
      description =
          "Fill at least N holes of each random kind, several in an image if need be: 2048 for FID"
              + " and KID. Default: one in each image.")
  private @Nullable Integer fills;

  @Option(
      names = "--one-by-one",
      description =
          "Fill one image at a time, and measure the processor time of each. For photographs.")
  private boolean oneByOne;

  @Option(
      names = "--sheets",
      paramLabel = "N",
      defaultValue = "24",
      description =
          "Show N fills of each kind of mask, enlarged, beside truth and hole in sheets/KIND.png."
              + " Default: ${DEFAULT-VALUE}.")
  private int sheets = 24;

  @Option(
      names = "--model",
      paramLabel = "faces64|FILE",
      defaultValue = "faces64",
      description =
          "The model that searches search, or the method model is, as in inpaint fill. Default:"
              + " ${DEFAULT-VALUE}.")
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
          "Where to write table.md, table.csv, images.csv, report.html, sheets and the filled"
              + " pictures."
              + " Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("out/table");

  @Override
  public Integer call() throws UserException, IOException {
    Path source = Pictures.given("--images", Objects.requireNonNull(images));
    Pictures.given("--out", out);
    check(source);
    TableKinds kinds = maskFiles == null ? TableKinds.generated() : TableKinds.withFiles(maskFiles);
    List<MaskSource> rows = kinds.named(masks);
    Backends.check();
    Interruption interruption = Interruption.watch(Thread.currentThread()::interrupt);
    try {
      return fill(source, kinds, rows);
    } finally {
      interruption.close();
    }
  }

  private int fill(Path source, TableKinds kinds, List<MaskSource> rows)
      throws UserException, IOException {
    TableProgress[] last = new TableProgress[1];
    Optional<String> table;
    try (ProgressBar bar = ProgressBars.startWithoutEstimate("filling")) {
      table = tableUnlessInterrupted(source, kinds, rows, bar, last);
    }
    if (table.isEmpty()) {
      System.err.printf(
          "inpaint table: interrupted%s; the same command goes on from there%n",
          last[0] == null ? "" : " after " + last[0].done() + " of " + last[0].total());
      return 1;
    }
    System.out.println(table.get());
    System.out.printf("table:  %s%n", out.resolve("table.md"));
    System.out.printf("report: %s%n", out.resolve("report.html"));
    if (sheets > 0) {
      System.out.printf("sheets: %s%n", out.resolve("sheets"));
    }
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
    if (fills != null && fills <= 0) {
      throw new UserException("--fills must be positive: found " + fills);
    }
    if (sheets < 0) {
      throw new UserException("--sheets must not be negative: found " + sheets);
    }
    for (Map.Entry<String, Path> peer : peers.entrySet()) {
      if (!Files.isDirectory(peer.getValue())) {
        throw new UserException("--peer must name a folder: found " + peer.getValue());
      }
    }
  }

  /** The table as text; nothing if the user has ended the work. */
  private Optional<String> tableUnlessInterrupted(
      Path source, TableKinds kinds, List<MaskSource> rows, ProgressBar bar, TableProgress[] last)
      throws UserException, IOException {
    try {
      run(source, kinds, rows, bar, last);
      return Optional.of(Files.readString(out.resolve("table.md")));
    } catch (IOException | UserException e) {
      // Heard; what follows must not stumble over the flag. A file that was read or written in that
      // moment was closed, and the error may be of it.
      if (Thread.interrupted() || e instanceof InterruptedIOException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void run(
      Path source, TableKinds kinds, List<MaskSource> rows, ProgressBar bar, TableProgress[] last)
      throws UserException, IOException {
    try (NamedMethods<UserException> columns = new NamedMethods<>(model, Models::load)) {
      List<String> names = methods.isEmpty() ? TableColumns.usual(maskFiles != null) : methods;
      for (String name : new LinkedHashSet<>(names)) {
        columns.add(name);
      }
      TableBuilder table =
          TableExperiment.builder()
              .images(source)
              .only(kinds::covers)
              .limit(limit == null ? Integer.MAX_VALUE : limit)
              .masks(rows)
              .methods(columns.methods())
              .features(ImageFeatures.squeezeNet())
              .seed(seed)
              .sheets(sheets)
              .output(out)
              .title("Inpainting: " + source.getFileName())
              .onProgress(
                  progress -> {
                    last[0] = progress;
                    bar.maxHint(progress.total());
                    bar.stepTo(progress.done());
                    bar.setExtraMessage(
                        " " + ProgressBars.clock(progress.left()) + " left, " + progress.doing());
                  });
      peers.forEach(table::peer);
      if (fills != null) {
        table.fills(fills);
      }
      if (oneByOne) {
        table.oneByOne();
      }
      table.build().run();
    } catch (IllegalArgumentException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } catch (PictureException e) {
      throw new UserException("--images: " + e.getMessage());
    } catch (InterruptedIOException | FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // A picture that is broken, or a folder with another experiment in it: the message says so.
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }
}
