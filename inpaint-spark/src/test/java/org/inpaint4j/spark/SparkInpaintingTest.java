package org.inpaint4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inpaint4j.Inpainter;
import org.inpaint4j.files.MaskConvention;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.FillOutcome;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.photo.Photos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkInpaintingTest {

  private static final StructType BYTES =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("content", DataTypes.BinaryType)
          .add("mask", DataTypes.BinaryType);

  private static final int SIZE = TestPictures.SIZE;

  @TempDir private static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void open() throws IOException {
    TestPictures.write(folder, 6);
    spark = TestSparks.open(folder);
  }

  @AfterAll
  static void close() throws IOException {
    spark.close();
  }

  private static Dataset<Row> binaryFiles(String name) {
    return spark.read().format("binaryFile").load(folder.resolve(name).toUri().toString());
  }

  private static Map<String, Row> byName(Dataset<Row> filled) {
    return filled.collectAsList().stream()
        .collect(
            Collectors.toMap(row -> row.<String>getAs("path").replaceAll(".*/", ""), row -> row));
  }

  private static Row only(byte[] photo, byte[] mask, SparkFillOptions options) {
    List<Row> rows = List.of(RowFactory.create("a.png", photo, mask));
    return SparkInpainting.fill(spark.createDataFrame(rows, BYTES), options).head();
  }

  @Test
  void fill_whateverThePartitions_givesTheBytesOfOneMachine() throws IOException {
    List<byte[]> expected = new ArrayList<>();
    try (Inpainter inpainter = Photos.automatic()) {
      for (int i = 0; i < 6; i++) {
        expected.add(TestPictures.filled(inpainter, folder, i));
      }
    }
    Dataset<Row> pairs =
        SparkInpainting.pair(binaryFiles("photos").select("path"), binaryFiles("masks"))
            .drop("maskPath");
    for (int partitions : new int[] {1, 2, 5}) {
      Map<String, Row> filled =
          byName(SparkInpainting.fill(pairs.repartition(partitions), SparkFillOptions.automatic()));
      assertThat(filled).hasSize(6);
      for (int i = 0; i < 6; i++) {
        Row row = filled.get(TestPictures.photo(folder, i).getFileName().toString());
        assertThat(row.<String>getAs("error")).isNull();
        assertThat(row.<byte[]>getAs("filled")).isEqualTo(expected.get(i));
        assertThat(row.<String>getList(row.fieldIndex("warnings"))).isEmpty();
        assertThat(row.<String, Integer>getJavaMap(row.fieldIndex("fillers")))
            .isEqualTo(Map.of("thin fill", 140));
        assertThat(row.<String, String>getJavaMap(row.fieldIndex("provenance")))
            .containsKeys("by width of the hole filler", "version inpaint4j", "version java");
      }
    }
  }

  @Test
  void fill_bytesInTheRows_givesTheSameAsFilesThatAreRead() {
    Dataset<Row> names =
        SparkInpainting.pair(
            binaryFiles("photos").select("path"), binaryFiles("masks").select("path"));
    Dataset<Row> bytes = SparkInpainting.pair(binaryFiles("photos"), binaryFiles("masks"));
    assertThat(names.columns()).containsExactly("path", "maskPath");
    Map<String, Row> read = byName(SparkInpainting.fill(names, SparkFillOptions.automatic()));
    Map<String, Row> given = byName(SparkInpainting.fill(bytes, SparkFillOptions.automatic()));
    assertThat(read).hasSize(6).containsOnlyKeys(given.keySet());
    read.forEach(
        (name, row) ->
            assertThat(row.<byte[]>getAs("filled"))
                .isEqualTo(given.get(name).<byte[]>getAs("filled")));
    // The other columns of the source come along, the bytes do not.
    assertThat(given.get("wave 0.png").schema().fieldNames())
        .containsExactly(
            "path",
            "modificationTime",
            "length",
            "maskPath",
            "filled",
            "seed",
            "fillers",
            "warnings",
            "provenance",
            "error");
  }

  @Test
  void fill_picturesThatCannotBeFilled_areRowsWithErrors() {
    byte[] photo = TestPictures.png(TestPictures.photo(0));
    byte[] mask = TestPictures.png(TestPictures.mask(0));
    byte[] black = TestPictures.png(new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY));
    List<Row> rows =
        List.of(
            RowFactory.create("good.png", photo, mask),
            RowFactory.create("words.png", "no picture".getBytes(StandardCharsets.UTF_8), mask),
            RowFactory.create("cut.png", Arrays.copyOf(photo, 300), mask),
            RowFactory.create("empty.png", new byte[0], mask),
            RowFactory.create("larger.png", photo, TestPictures.png(TestPictures.mask(3))),
            RowFactory.create("unmasked.png", photo, null),
            RowFactory.create("nohole.png", photo, black),
            RowFactory.create("gone.png", null, mask),
            RowFactory.create(null, photo, mask));
    List<Row> filled =
        SparkInpainting.fill(
                spark.createDataFrame(rows, BYTES).coalesce(1),
                SparkFillOptions.automatic().withBatch(4))
            .collectAsList();
    assertThat(filled).hasSize(rows.size());
    assertThat(filled.get(0).<String>getAs("error")).isNull();
    assertThat(filled.get(0).<byte[]>getAs("filled")).isNotEmpty();
    List<String> expected =
        List.of(
            "must be in a known format",
            "must be a complete picture",
            "found the empty file empty.png",
            "expected 40x40 (larger.png), found 40x43 (the mask of larger.png)",
            "a photo must have a mask: found none for unmasked.png",
            "expected white pixels, found none in the mask of nohole.png",
            "a photo must exist: found no file gone.png",
            "a picture must have a path");
    for (int i = 0; i < expected.size(); i++) {
      Row row = filled.get(i + 1);
      assertThat(row.<String>getAs("error")).contains(expected.get(i));
      assertThat(row.<byte[]>getAs("filled")).isNull();
      assertThat(row.<Object>getAs("provenance")).isNull();
    }
  }

  /** Spark hands the rows of one typed operation to the next without making columns of them. */
  @Test
  void fill_betweenTypedOperations_findsItsColumnsAndTellsThem() {
    Dataset<Row> pairs = SparkInpainting.pair(binaryFiles("photos"), binaryFiles("masks"));
    MapFunction<Row, Row> without = row -> RowFactory.create(row.get(0), row.get(3), row.get(5));
    Dataset<Row> rows = pairs.map(without, Encoders.row(BYTES));
    MapFunction<Row, String> text =
        row -> row.<String>getAs("error") + row.<byte[]>getAs("filled").length;
    assertThat(
            SparkInpainting.fill(rows, SparkFillOptions.automatic())
                .map(text, Encoders.STRING())
                .collectAsList())
        .hasSize(6)
        .allMatch(told -> told.matches("null\\d{3,}"));
  }

  @Test
  void fill_seedsOfRows_areUsedAndTheOptionsWhereThereIsNone() throws IOException {
    StructType schema = BYTES.add("seed", DataTypes.LongType);
    byte[] photo = TestPictures.png(TestPictures.photo(0));
    byte[] mask = TestPictures.png(TestPictures.mask(0));
    List<Row> rows =
        List.of(
            RowFactory.create("a", photo, mask, 17L), RowFactory.create("b", photo, mask, null));
    Map<String, Row> filled =
        byName(
            SparkInpainting.fill(
                spark.createDataFrame(rows, schema),
                SparkFillOptions.automatic()
                    .withInpainter(() -> SeedFiller.inpainter("seeds"))
                    .withSeed(99)));
    assertThat(level(filled.get("a"))).isEqualTo(17);
    assertThat(level(filled.get("b"))).isEqualTo(99);
    assertThat(filled.get("a").<Long>getAs("seed")).isEqualTo(17);
    assertThat(filled.get("b").<Long>getAs("seed")).isEqualTo(99);
  }

  /** The blue of a pixel of the hole. */
  private static int level(Row row) throws IOException {
    return PictureFile.read(row.<byte[]>getAs("filled")).image().getRGB(15, 15) & 255;
  }

  @Test
  void fill_manyTasksAndJobs_makeOneInpainterWhichIsClosedWhenNobodyUsesIt() {
    int made = SeedFiller.MADE.get();
    Dataset<Row> pairs = SparkInpainting.pair(binaryFiles("photos"), binaryFiles("masks"));
    SparkFillOptions options =
        SparkFillOptions.automatic().withInpainter(() -> SeedFiller.inpainter("shared"));
    for (int job = 0; job < 2; job++) {
      assertThat(SparkInpainting.fill(pairs.repartition(6), options).collectAsList()).hasSize(6);
    }
    assertThat(SeedFiller.MADE.get()).isEqualTo(made + 1);
    int closed = SeedFiller.CLOSED.get();
    ExecutorShares.closeIdle();
    assertThat(SeedFiller.CLOSED.get()).isGreaterThan(closed);
    assertThat(ExecutorShares.open()).isZero();
    assertThat(SparkInpainting.fill(pairs, options).collectAsList()).hasSize(6);
    assertThat(SeedFiller.MADE.get()).isEqualTo(made + 2);
  }

  @Test
  void fill_otherFormatsAndMasks_areThoseOfTheOptions() throws IOException {
    BufferedImage erased = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
    BufferedImage inverse = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIZE * SIZE; i++) {
      boolean hole = (TestPictures.mask(0).getRGB(i % SIZE, i / SIZE) & 255) != 0;
      erased.setRGB(i % SIZE, i / SIZE, hole ? 0 : 0xff102030);
      inverse.setRGB(i % SIZE, i / SIZE, hole ? 0 : 0xffffff);
    }
    byte[] photo = TestPictures.png(TestPictures.photo(0));
    byte[] white = TestPictures.png(TestPictures.mask(0));
    SparkFillOptions automatic = SparkFillOptions.automatic();
    byte[] expected = only(photo, white, automatic).getAs("filled");
    byte[] black =
        only(photo, TestPictures.png(inverse), automatic.withHole(MaskConvention.BLACK))
            .getAs("filled");
    byte[] clear =
        only(photo, TestPictures.png(erased), automatic.withHole(MaskConvention.ALPHA))
            .getAs("filled");
    assertThat(black).isEqualTo(expected);
    assertThat(clear).isEqualTo(expected);
    assertThat(only(photo, white, automatic.withHole(MaskConvention.ALPHA)).<String>getAs("error"))
        .contains("the mask must have transparency");
    byte[] tiff = only(photo, white, automatic.withFormat(PictureFormat.TIFF)).getAs("filled");
    assertThat(PictureFile.read(tiff).format()).contains(PictureFormat.TIFF);
  }

  @Test
  void fill_errorOfTheRecipe_failsTheJob() {
    SparkFillOptions broken =
        SparkFillOptions.automatic()
            .withInpainter(
                () -> {
                  throw new IllegalStateException("no weights here");
                });
    Dataset<Row> pairs = SparkInpainting.pair(binaryFiles("photos"), binaryFiles("masks"));
    assertThatThrownBy(() -> SparkInpainting.fill(pairs, broken).collectAsList())
        .hasStackTraceContaining("no weights here");
  }

  @Test
  void fill_wrongColumns_areRefusedBeforeAnyWork() {
    SparkFillOptions automatic = SparkFillOptions.automatic();
    Dataset<Row> photos = binaryFiles("photos");
    assertThatThrownBy(() -> SparkInpainting.fill(photos, automatic))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have a column mask or maskPath: found [path,");
    assertThatThrownBy(() -> SparkInpainting.fill(photos.drop("path"), automatic))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have a column path");
    assertThatThrownBy(
            () -> SparkInpainting.fill(photos.withColumnRenamed("length", "mask"), automatic))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column mask must be of another type: expected binary, found bigint");
    assertThatThrownBy(
            () ->
                SparkInpainting.fill(
                    photos
                        .withColumnRenamed("length", "error")
                        .withColumn("maskPath", photos.col("path")),
                    automatic))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not have a column of results: found error");
  }

  /** Fills with gray; says that it takes four at once, and remembers how many it was given. */
  private static final class Fours implements Filler {
    static final List<Integer> GIVEN = new CopyOnWriteArrayList<>();

    @Override
    public int batch() {
      return 4;
    }

    @Override
    public Optional<ImageShape> imageShape() {
      return Optional.of(new ImageShape(3, new Size(SIZE, SIZE)));
    }

    @Override
    public List<FillOutcome> fillAll(List<FillTask> tasks) {
      GIVEN.add(tasks.size());
      return Filler.super.fillAll(tasks);
    }

    @Override
    public List<Filling> fill(FillTask task) {
      return List.of(Filling.of(task.target(), FillStatus.COMPLETED));
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("filler", "fours");
    }
  }

  @Test
  void fill_batchOfNone_isThatOfTheInpainter() {
    byte[] photo = TestPictures.png(TestPictures.photo(0));
    BufferedImage square = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    square.setRGB(20, 20, 0xffffff);
    List<Row> rows =
        Collections.nCopies(6, RowFactory.create("a.png", photo, TestPictures.png(square)));
    SparkFillOptions own =
        SparkFillOptions.automatic()
            .withInpainter(
                () -> Inpainter.builder().filler(new Fours()).blender(Blender.paste()).build());
    for (SparkFillOptions options : List.of(own, own.withBatch(5))) {
      Dataset<Row> pictures = spark.createDataFrame(rows, BYTES).coalesce(1);
      assertThat(SparkInpainting.fill(pictures, options).collectAsList())
          .hasSize(6)
          .allSatisfy(row -> assertThat(row.<String>getAs("error")).isNull());
    }
    assertThat(Fours.GIVEN).containsExactly(4, 2, 5, 1);
  }

  @Test
  void options_wrongValues_areRefused() {
    SparkFillOptions automatic = SparkFillOptions.automatic();
    assertThatThrownBy(() -> automatic.withFormat(PictureFormat.WEBP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the format must be one that can be written");
    assertThatThrownBy(() -> automatic.withBatch(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the batch must not be negative: found -1");
  }

  /** With a model of faces: ND4J inside of an executor, and tasks that take turns. */
  @Test
  void fill_facesOnTwoThreads_givesTheBytesOfOneMachine() throws IOException {
    byte[] portrait =
        Files.readAllBytes(
            Path.of("../inpaint-cli/src/main/resources/org/inpaint4j/cli/portrait.jpg"));
    BufferedImage image = PictureFile.read(portrait).image();
    BufferedImage mouth =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 240; y < 296; y++) {
      for (int x = 200; x < 296; x++) {
        mouth.setRGB(x, y, 0xffffff);
      }
    }
    byte[] mask = TestPictures.png(mouth);
    byte[] expected;
    try (Inpainter inpainter = Photos.automatic()) {
      expected = TestPictures.filled(inpainter, portrait, mask, 0);
    }
    List<Row> rows =
        List.of(
            RowFactory.create("a.jpg", portrait, mask), RowFactory.create("b.jpg", portrait, mask));
    List<Row> filled =
        SparkInpainting.fill(
                spark.createDataFrame(rows, BYTES).repartition(2), SparkFillOptions.automatic())
            .collectAsList();
    assertThat(filled).hasSize(2);
    for (Row row : filled) {
      assertThat(row.<String, Integer>getJavaMap(row.fieldIndex("fillers")))
          .containsKey("facecompletion");
      assertThat(row.<byte[]>getAs("filled")).isEqualTo(expected);
    }
  }
}
