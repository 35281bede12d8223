package org.inpaint4j.spark;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inpaint4j.files.MaskConvention;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The program for {@code spark-submit}: fills each photo of a folder, as {@code inpaint fill} does,
 * on the machines of a cluster. {@code ./inpaint spark-fill} starts it.
 *
 * <p>Exit codes: 0 for success, 2 for wrong arguments, 1 for anything else, also if a photo failed.
 */
@Command(
    name = "inpaint spark-fill",
    description =
        "Fills the hole of each photo of a folder on the machines of a Spark cluster. The results are"
            + " those of inpaint fill, byte for byte. Folders can be on any file system that Spark"
            + " knows.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 success; 2 wrong arguments; 1 anything else."})
public final class SparkFill implements Callable<Integer> {

  private static final int WRONG_INPUT = 2;

  /** A task that is lost costs no more pictures than this. */
  private static final int MOST_IN_A_TASK = 16;

  /** So many tasks for each core, or more: pictures take unequal times. */
  private static final int TASKS_FOR_A_CORE = 4;

  @Option(names = "--in", required = true, paramLabel = "FOLDER", description = "The photos.")
  private String images = "";

  @Option(
      names = "--masks",
      required = true,
      paramLabel = "MASK|FOLDER",
      description =
          "A mask for all photos, or a folder with one for each, of the same name without its ending.")
  private String masks = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description =
          "Where the results go: a .png for each photo, which appears whole or not at all. Not for two"
              + " jobs at once.")
  private String results = "";

  @Option(
      names = "--resume",
      description = "Leave out what has been written already: goes on with a folder.")
  private boolean resume;

  @Option(
      names = "--mask-convention",
      paramLabel = "white|black|alpha",
      defaultValue = "white",
      description = "What is the hole in the masks. Default: ${DEFAULT-VALUE}.")
  private MaskConvention hole = MaskConvention.WHITE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The same seed gives the same results. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--pictures-per-task",
      paramLabel = "N",
      description =
          "What is done again if an executor is lost. Default: four tasks for each core, of 16 photos"
              + " at most.")
  private @Nullable Integer perTask;

  @Spec private @Nullable CommandSpec spec;

  private SparkFill() {}

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
    return run(new SparkFill(), args);
  }

  /** Runs a program; returns its exit code. */
  static int run(Callable<Integer> program, String... args) {
    return new CommandLine(program)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (exception, line, parsed) -> {
              boolean input = exception instanceof IllegalArgumentException;
              line.getErr()
                  .printf(
                      "%s: %s%s%n",
                      line.getCommandName(),
                      input ? "" : "failed: ",
                      FillPartition.sentence(exception));
              return input ? WRONG_INPUT : 1;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws IOException {
    checkArgument(
        perTask == null || perTask > 0, "--pictures-per-task must be positive: found %s", perTask);
    try (SparkSession spark = SparkSession.builder().appName("inpaint spark-fill").getOrCreate()) {
      return fill(spark);
    }
  }

  private int fill(SparkSession spark) throws IOException {
    long start = System.nanoTime();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Path out = new Path(results);
    FillPlan plan = FillPlan.of(new Path(images), new Path(masks), out, resume, hadoop);
    WholeFiles files = new WholeFiles(out, hadoop);
    files.clean();
    try {
      List<Row> told = plan.rows().isEmpty() ? List.of() : run(spark, plan, hadoop);
      return summary(told, plan, (System.nanoTime() - start) / 1e9);
    } finally {
      files.clean();
    }
  }

  private List<Row> run(SparkSession spark, FillPlan plan, Configuration hadoop) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int photos = plan.rows().size();
    int each =
        perTask != null
            ? perTask
            : Math.min(
                MOST_IN_A_TASK,
                Math.max(1, photos / (TASKS_FOR_A_CORE * context.defaultParallelism())));
    int tasks = (photos + each - 1) / each;
    // Not shuffled: a shuffle would keep files on executors, and an executor may be lost.
    Dataset<Row> pictures =
        spark.createDataFrame(context.parallelize(plan.rows(), tasks), FillPlan.SCHEMA);
    SparkFillOptions options = SparkFillOptions.automatic().withSeed(seed).withHole(hole);
    return SparkInpainting.fill(pictures, options)
        .mapPartitions(
            new WritePartition(results, new SerializableConfiguration(hadoop)),
            Encoders.row(WritePartition.SCHEMA))
        .collectAsList();
  }

  private int summary(List<Row> told, FillPlan plan, double seconds) {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    PrintWriter err = line.getErr();
    long filled = 0;
    long failed = 0;
    Map<String, Long> pixels = new TreeMap<>();
    for (Row row : told) {
      String name = row.getAs("name");
      long count = row.<Long>getAs("count");
      switch (row.<String>getAs("kind")) {
        case WritePartition.FAILED -> {
          err.printf("inpaint spark-fill: failed: %s: %s%n", name, row.<String>getAs("message"));
          failed++;
        }
        case WritePartition.WARNING ->
            err.printf("inpaint spark-fill: %s: %s%n", name, row.<String>getAs("message"));
        case WritePartition.PIXELS -> pixels.merge(Objects.requireNonNull(name), count, Long::sum);
        default -> filled += count;
      }
    }
    line.getOut()
        .printf(
            Locale.ROOT,
            "Filled %d photos in %.1f s%s, %d failed: %s%n",
            filled,
            seconds,
            plan.skipped() > 0 ? ", skipped " + plan.skipped() + " that were there" : "",
            failed,
            results);
    if (pixels.size() > 1) {
      line.getOut()
          .printf(
              "Pixels: %s%n",
              String.join(
                  ", ",
                  pixels.entrySet().stream()
                      .map(share -> share.getValue() + " by " + share.getKey())
                      .toList()));
    }
    err.flush();
    line.getOut().flush();
    return failed == 0 ? 0 : 1;
  }
}
