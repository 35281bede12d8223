package org.inpaint4j.spark;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The program for {@code spark-submit}: makes a table as {@code inpaint table} does, on the
 * machines of a cluster. {@code ./inpaint spark-table} starts it.
 *
 * <p>Exit codes: 0 for success, 2 for wrong arguments, 1 for anything else.
 */
@Command(
    name = "inpaint spark-table",
    description = {
      "Measures how well methods fill holes in real images, as inpaint table does, on the machines of"
          + " a Spark cluster. Images, masks, model and results must have the same path on all of"
          + " them.",
      "A second call with the same folder goes on where the first ended, also where inpaint table did."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 success; 2 wrong arguments; 1 anything else."})
public final class SparkTableCommand implements Callable<Integer> {

  @Option(
      names = "--images",
      required = true,
      paramLabel = "FOLDER|ZIP",
      description = "The true images; they are taken in the order of their names.")
  private Path images = Path.of("");

  @Option(
      names = "--mask-files",
      paramLabel = "FOLDER",
      description = "Masks for these images: files NAME.KIND.png, white is hole.")
  private @Nullable Path maskFiles;

  @Option(
      names = "--masks",
      paramLabel = "NAME",
      split = ",",
      description = "Kinds of masks, as in inpaint table. Default: as there.")
  private List<String> masks = new ArrayList<>();

  @Option(
      names = "--methods",
      required = true,
      paramLabel = "NAME",
      split = ",",
      description =
          "Methods, as in inpaint table; model is the one of --model as it comes,"
              + " NAME=FILE the model in a file.")
  private List<String> methods = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "faces64|FILE",
      defaultValue = "faces64",
      description = "The model that searches search. Default: ${DEFAULT-VALUE}.")
  private String model = "faces64";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take the first N images only. Default: all.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--fills",
      paramLabel = "N",
      description = "Fill at least N holes of each random kind. Default: one in each image.")
  private @Nullable Integer fills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Chooses the masks and the starts of the searches. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--sheets",
      paramLabel = "N",
      defaultValue = "24",
      description = "Show N fills of each kind of mask in sheets. Default: ${DEFAULT-VALUE}.")
  private int sheets;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the table, the report, the sheets and the filled pictures go.")
  private Path out = Path.of("");

  @Spec private @Nullable CommandSpec spec;

  private SparkTableCommand() {}

  /**
   * Runs the program; ends the virtual machine if it does not succeed.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    int code = run(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs the program; returns its exit code. */
  static int run(String... args) {
    return SparkFill.run(new SparkTableCommand(), args);
  }

  @Override
  public Integer call() throws IOException {
    checkArgument(Files.exists(images), "--images must exist: found no %s", images);
    checkArgument(
        maskFiles == null || Files.isDirectory(maskFiles),
        "--mask-files must be a folder: found %s",
        maskFiles);
    checkArgument(fills == null || fills > 0, "--fills must be positive: found %s", fills);
    checkArgument(
        !Files.exists(out) || Files.isDirectory(out), "--out must be a folder: found %s", out);
    TableRecipe recipe =
        new TableArguments(
            images.toAbsolutePath().toString(),
            out.toAbsolutePath().toString(),
            maskFiles == null ? null : maskFiles.toAbsolutePath().toString(),
            List.copyOf(masks),
            methods.stream().map(SparkTableCommand::absoluteMethod).toList(),
            absoluteFile(model),
            limit,
            fills == null ? 0 : fills,
            seed,
            sheets);
    try (SparkSession spark = SparkSession.builder().appName("inpaint spark-table").getOrCreate()) {
      SparkTable.run(spark, recipe);
    }
    PrintWriter text = Objects.requireNonNull(spec).commandLine().getOut();
    text.println(Files.readString(out.resolve("table.md")));
    text.printf("table:  %s%n", out.resolve("table.md"));
    text.printf("report: %s%n", out.resolve("report.html"));
    text.flush();
    return 0;
  }

  /** A method, with the absolute path of its file if it is NAME=FILE. */
  private static String absoluteMethod(String method) {
    int start = method.indexOf('=') + 1;
    return method.substring(0, start)
        + (start == 0 ? method : absoluteFile(method.substring(start)));
  }

  /** The name of a model, or the absolute path of its file. */
  private static String absoluteFile(String model) {
    Path file = Path.of(model);
    return Files.isRegularFile(file) ? file.toAbsolutePath().toString() : model;
  }
}
