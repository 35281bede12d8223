package org.inpaint4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.inpaint4j.Framing;
import org.inpaint4j.Inpainter;
import org.inpaint4j.eval.experiment.FillMethod;
import org.inpaint4j.eval.experiment.TableBuilder;
import org.inpaint4j.eval.experiment.TableCell;
import org.inpaint4j.eval.experiment.TableExperiment;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.faces.FaceCompletion;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.model.Models;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkTableTest {

  private static final int IMAGES = 7;

  @TempDir private static Path folder;
  private static SparkSession spark;

  @TempDir private Path outputs;

  /** What a command has printed on either stream. */
  private String printed = "";

  @BeforeAll
  static void open() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    for (int i = 0; i < IMAGES; i++) {
      Files.write(
          folder.resolve("images/wave " + i + ".png"), TestPictures.png(TestPictures.photo(i)));
    }
    spark = TestSparks.open(folder);
  }

  @AfterAll
  static void close() throws IOException {
    spark.close();
  }

  @BeforeEach
  void forget() {
    Tone.SEEDS.clear();
    Tone.failing = Set.of();
  }

  @AfterEach
  void closeShares() {
    // Nobody has borrowed a worker any more.
    ExecutorShares.closeIdle();
    assertThat(ExecutorShares.open()).isZero();
  }

  /** Fills with a tone that depends on the seed; tells which seeds it was given. */
  private static final class Tone implements Filler {

    static final Set<Long> SEEDS = new ConcurrentSkipListSet<>();
    static volatile Set<Long> failing = Set.of();

    @Override
    public List<Filling> fill(FillTask task) {
      if (failing.contains(task.seed())) {
        throw new IllegalStateException("out of luck");
      }
      assertThat(SEEDS.add(task.seed())).as("an image is filled once").isTrue();
      ImagePlanes image = ImagePlanes.zeros(task.target().channels(), task.target().size());
      Arrays.fill(image.samples(), Math.floorMod(task.seed(), 256) / 255f);
      return List.of(Filling.of(image, FillStatus.COMPLETED));
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("filler", "tone");
    }
  }

  private static TableBuilder experiment(String output) {
    return TableExperiment.builder()
        .images(folder.resolve("images"))
        .masks(List.of(MaskGenerator.rectangle(), MaskGenerator.noise()))
        .methods(List.of(FillMethod.of("tone", new Tone())))
        .output(Path.of(output))
        .batchSize(3)
        .sheets(2)
        .seed(5);
  }

  private static TableBuilder searches(String output) {
    SearchOptions few = SearchOptions.fast().toBuilder().steps(4).build();
    return TableExperiment.builder()
        .images(folder.resolve("images"))
        .masks(List.of(MaskGenerator.rectangle(), MaskGenerator.noise()))
        .methods(
            List.of(
                FillMethod.of("harmonic", FillMethod.filler("harmonic").orElseThrow()),
                new FillMethod(
                    "few",
                    Inpainter.builder()
                        .model(Faces64.load())
                        .search(few)
                        .framing(Framing.centeredSquare())
                        .build())))
        .features(ImageFeatures.squeezeNet())
        .output(Path.of(output))
        .batchSize(3)
        .sheets(2)
        .seed(5);
  }

  private List<TableCell> ordinary(TableBuilder builder) throws IOException {
    TableExperiment experiment = builder.build();
    // Closes the methods.
    try (var worker = experiment.worker()) {
      return worker.experiment().run();
    }
  }

  private String output(String name) {
    return outputs.resolve(name).toString();
  }

  /** The lines of a file without their last two columns, which are times, in order. */
  private List<String> lines(String output, String file) throws IOException {
    return Files.readAllLines(outputs.resolve(output).resolve(file)).stream()
        .map(line -> line.replaceAll(",[^,]*,[^,]*$", ""))
        .sorted()
        .toList();
  }

  private Map<String, byte[]> pictures(String output) throws IOException {
    Path pictures = outputs.resolve(output).resolve("pictures");
    Map<String, byte[]> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(pictures)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(pictures.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return all;
  }

  private void assertSame(String one, String other, int fills) throws IOException {
    assertThat(lines(other, "images.csv")).hasSize(1 + fills).isEqualTo(lines(one, "images.csv"));
    Map<String, byte[]> expected = pictures(one);
    Map<String, byte[]> found = pictures(other);
    assertThat(expected).hasSize(fills);
    assertThat(found).containsOnlyKeys(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
    assertThat(outputs.resolve(other)).isDirectoryNotContaining("glob:**/.inpaint-parts");
    assertThat(outputs.resolve(other))
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/sheets");
  }

  @Test
  void run_searchesAndFills_givesRowsPicturesAndDistancesOfOneMachine() throws IOException {
    List<TableCell> expected = ordinary(searches(output("one")));
    String many = output("many");
    List<TableCell> found = SparkTable.run(spark, () -> searches(many));
    assertSame("one", "many", 2 * 2 * IMAGES);
    // Losses of the searches; their rows have no times.
    assertThat(sorted("many", "traces.csv"))
        .hasSizeGreaterThan(2 * IMAGES)
        .isEqualTo(sorted("one", "traces.csv"));
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      TableCell cell = found.get(i);
      assertThat(cell.metrics()).isEqualTo(expected.get(i).metrics());
      assertThat(cell.figures()).isEqualTo(expected.get(i).figures());
      // The network has seen the pictures in other batches.
      double frechet = expected.get(i).distances().frechet();
      assertThat(frechet).isPositive();
      assertThat(cell.distances().frechet()).isCloseTo(frechet, within(1e-4 * frechet));
      double around = expected.get(i).distancesAround().frechet();
      assertThat(cell.distancesAround().frechet()).isCloseTo(around, within(1e-4 * around));
      double kernel = expected.get(i).distances().kernel();
      assertThat(cell.distances().kernel()).isCloseTo(kernel, within(1e-5));
    }
  }

  private List<String> sorted(String output, String file) throws IOException {
    return Files.readAllLines(outputs.resolve(output).resolve(file)).stream().sorted().toList();
  }

  @Test
  void run_onAFolderThatOneMachineHasBegun_fillsTheRestAndTheOtherWayRound() throws IOException {
    ordinary(experiment(output("one")));
    forget();
    String many = output("many");
    ordinary(experiment(many).limit(2));
    assertThat(Tone.SEEDS).hasSize(2 * 2);
    Set<Long> begun = new TreeSet<>(Tone.SEEDS);
    Path first = outputs.resolve("many/pictures/noise/tone/wave_0.png");
    Object written = Files.getLastModifiedTime(first);
    SparkTable.run(spark, () -> experiment(many));
    assertThat(Tone.SEEDS).hasSize(2 * IMAGES).containsAll(begun);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
    assertSame("one", "many", 2 * IMAGES);
    // Nothing is left for either: Tone does not take a seed twice.
    SparkTable.run(spark, () -> experiment(many));
    ordinary(experiment(many));
    assertSame("one", "many", 2 * IMAGES);
  }

  @Test
  void run_anImageThatCannotBeFilled_endsAsOnOneMachineAndGoesOn() throws IOException {
    ordinary(experiment(output("one")));
    List<String> row =
        Files.readAllLines(outputs.resolve("one/images.csv")).stream()
            .filter(line -> line.startsWith("wave_4,noise,"))
            .toList();
    assertThat(row).hasSize(1);
    Set<Long> seed = Set.of(Long.valueOf(Splitter.on(',').splitToList(row.get(0)).get(3)));
    forget();
    Tone.failing = seed;
    String many = output("many");
    String sentence =
        "the method tone must fill every image: found that wave_4 failed, out of luck";
    assertThatThrownBy(() -> ordinary(experiment(output("failing"))))
        .isInstanceOf(IOException.class)
        .hasMessage(sentence);
    forget();
    Tone.failing = seed;
    assertThatThrownBy(() -> SparkTable.run(spark, () -> experiment(many)))
        .isInstanceOf(IOException.class)
        .hasMessage(sentence);
    // Parts that other tasks had at that time are not kept, and filled again.
    forget();
    List<String> kept = lines("many", "images.csv");
    assertThat(kept).hasSizeLessThanOrEqualTo(1 + 2 * IMAGES - 3);
    SparkTable.run(spark, () -> experiment(many));
    assertThat(Tone.SEEDS).hasSize(2 * IMAGES - (kept.size() - 1));
    assertSame("one", "many", 2 * IMAGES);
  }

  /** A kind of mask that no image has. */
  private record NoMask() implements MaskSource {

    @Override
    public String name() {
      return "none";
    }

    @Override
    public boolean covers(String image) {
      return false;
    }

    @Override
    public Mask maskOf(String image, int width, int height, long seed) {
      throw new IllegalArgumentException("no image is covered");
    }
  }

  @Test
  void run_kindOfMaskThatNoImageHas_hasEmptyCells() throws IOException {
    String many = output("many");
    ordinary(experiment(output("one")).masks(List.of(new NoMask())));
    forget();
    List<TableCell> cells =
        SparkTable.run(
            spark,
            () ->
                experiment(many).masks(List.of(new NoMask())).features(ImageFeatures.squeezeNet()));
    assertThat(cells.stream().map(TableCell::images)).containsExactly(IMAGES, IMAGES, 0);
    assertSame("one", "many", 2 * IMAGES);
  }

  /** Its session stays open for the other tests: spark-submit ends with the program. */
  private int command(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      return SparkTableCommand.run(args);
    } finally {
      System.setOut(out);
      System.setErr(err);
      printed = bytes.toString(StandardCharsets.UTF_8);
      spark = TestSparks.open(folder);
    }
  }

  @Test
  void command_names_areThoseOfTheExperiment() throws IOException {
    ordinary(
        experiment(output("one"))
            .methods(List.of(FillMethod.of("thin", FillMethod.filler("thin").orElseThrow()))));
    String images = folder.resolve("images").toString();
    String[] args = {
      "--images",
      images,
      "--masks",
      "rectangle,noise",
      "--methods",
      "thin",
      "--seed",
      "5",
      "--sheets",
      "0",
      "--out",
      output("many")
    };
    assertThat(command(args)).as(printed).isZero();
    assertThat(printed).contains("| rectangle | FID (SqueezeNet) |").contains("report: ");
    Map<String, byte[]> expected = pictures("one");
    Map<String, byte[]> found = pictures("many");
    assertThat(found).hasSize(2 * IMAGES);
    found.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    assertThat(lines("one", "images.csv")).containsAll(lines("many", "images.csv"));

    args[5] = "thin,mine=nowhere.onnx";
    assertThat(command(args)).isEqualTo(2);
    assertThat(printed)
        .contains("--methods mine must be a shipped model or a model file: found no file nowhere");

    args[5] = "thin,thinner";
    assertThat(command(args)).isEqualTo(2);
    assertThat(printed)
        .contains("inpaint spark-table: the name of a method must be known")
        .contains("found thinner");
    args[5] = "fast";
    assertThat(command(args(args, "--model", "none.pth"))).isEqualTo(2);
    assertThat(printed).contains("--model must be a shipped model or a model file: found no file");
    args[1] = folder.resolve("none").toString();
    assertThat(command(args)).isEqualTo(2);
    assertThat(printed).contains("--images must exist: found no");
  }

  @Test
  void command_aModelInAFile_isTheMethodOfThatName() throws IOException {
    Path file = outputs.resolve("completion.safetensors");
    // The square that the network is shown is the whole image.
    Path squares = Files.createDirectory(outputs.resolve("squares"));
    int count = 3;
    for (int i = 0; i < count; i++) {
      BufferedImage square =
          TestPictures.photo(i).getSubimage(0, 0, TestPictures.SIZE, TestPictures.SIZE);
      Files.write(squares.resolve(i + ".png"), TestPictures.png(square));
    }
    try (InputStream weights =
        FaceCompletion.class.getResourceAsStream("face-completion.safetensors")) {
      Files.copy(weights, file);
    }
    ordinary(
        TableExperiment.builder()
            .images(squares)
            .masks(List.of(MaskGenerator.rectangle(), MaskGenerator.noise()))
            .output(Path.of(output("one")))
            .sheets(2)
            .seed(5)
            .methods(
                List.of(
                    new FillMethod(
                        "mine",
                        Inpainter.builder()
                            .model(Models.load(file))
                            .framing(Framing.centeredSquare())
                            .build()))));
    int code =
        command(
            "--images",
            squares.toString(),
            "--masks",
            "rectangle,noise",
            "--methods",
            "mine=" + Path.of("").toAbsolutePath().relativize(file),
            "--seed",
            "5",
            "--sheets",
            "2",
            "--out",
            output("many"));
    assertThat(code).as(printed).isZero();
    assertThat(printed).contains("| mine |");
    assertSame("one", "many", 2 * count);
  }

  private static String[] args(String[] args, String... more) {
    return Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void run_oneByOne_isRefused() {
    String many = output("many");
    assertThatThrownBy(() -> SparkTable.run(spark, () -> experiment(many).oneByOne()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must run in one process");
  }

  @Test
  void run_imagesThatAreMissing_isOneError() {
    String many = output("many");
    assertThatThrownBy(() -> SparkTable.run(spark, () -> experiment(many).images(Path.of("none"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }
}
