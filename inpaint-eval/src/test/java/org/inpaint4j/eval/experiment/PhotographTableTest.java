package org.inpaint4j.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.eval.mask.MaskFiles;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of several sizes, masks from files, and what other programs filled. */
class PhotographTableTest {

  @TempDir private Path folder;
  private Path images;
  private Path masks;
  private Path output;

  @BeforeEach
  void makePictures() throws IOException {
    images = Files.createDirectory(folder.resolve("images"));
    masks = Files.createDirectory(folder.resolve("masks"));
    output = folder.resolve("out");
    write(images.resolve("wide.png"), picture(60, 40));
    write(images.resolve("high.png"), picture(36, 52));
    // Without a mask: not a part of the table.
    write(images.resolve("contact-sheet.png"), picture(20, 20));
    write(masks.resolve("dev-wide.blob.png"), Mask.rectangle(60, 40, 20, 10, 20, 15));
    write(masks.resolve("dev-high.blob.png"), Mask.rectangle(36, 52, 10, 20, 12, 14));
    write(masks.resolve("dev-wide.text.png"), Mask.rectangle(60, 40, 5, 20, 50, 2));
    write(masks.resolve("dev-high.text.png"), Mask.rectangle(36, 52, 5, 20, 20, 2));
    write(masks.resolve("wide.object-cup.png"), Mask.rectangle(60, 40, 30, 10, 12, 12));
  }

  private static ImagePlanes picture(int width, int height) {
    ImagePlanes image = ImagePlanes.zeros(3, new Size(width, height));
    for (int i = 0; i < image.samples().length; i++) {
      int x = i % width;
      int y = i / width % height;
      image.samples()[i] = (float) (0.5 + 0.4 * Math.sin(0.3 * x) * Math.cos(0.2 * y + i / 3000.0));
    }
    return image;
  }

  private static void write(Path file, ImagePlanes picture) throws IOException {
    PictureFiles.write(file, PictureFiles.toImage(picture));
  }

  private static void write(Path file, Mask mask) throws IOException {
    PictureFiles.write(file, mask.toImage());
  }

  private TableBuilder table() throws IOException {
    MaskFiles files = MaskFiles.open(masks);
    return TableExperiment.builder()
        .images(images)
        .only(files::covers)
        .output(output)
        .masks(files.kinds().stream().map(files::kind).toList())
        .methods(List.of(FillMethod.of("harmonic", SmoothFill.HARMONIC)))
        .oneByOne();
  }

  @Test
  void run_maskFiles_areTakenByNameAndKind() throws IOException {
    List<TableCell> cells = table().build().run();
    assertThat(cells.stream().map(TableCell::mask)).containsExactly("blob", "object-cup", "text");
    assertThat(cells.stream().map(TableCell::images)).containsExactly(2, 1, 2);
    TableCell blob = cells.get(0);
    assertThat(blob.holeFraction()).isCloseTo((300.0 / 2400 + 168.0 / 1872) / 2, within(1e-12));
    // Two values: the median is their mean.
    assertThat(blob.figures().psnr()).isCloseTo(blob.medianFigures().psnr(), within(1e-12));
    assertThat(blob.figures().featureDistance()).isBetween(0.0, 2.0);
    // A smooth fill is blurred.
    assertThat(blob.figures().sharpness()).isLessThan(1);
    // The clock may be too coarse for so small a picture.
    assertThat(blob.medianProcessorSeconds()).isFinite().isNotNegative();
    assertThat(Files.readString(output.resolve("table.md")))
        .contains("Images: 2 of images")
        .contains("| blob | feature distance |", "| blob | seam |", "| text | processor s/MP |");
    BufferedImage filled =
        ImageIO.read(output.resolve("pictures/object-cup/harmonic/wide.png").toFile());
    assertThat(filled.getWidth()).isEqualTo(60);
  }

  @Test
  void run_sheets_showTruthHoleAndFillsAtFourTimes() throws IOException {
    table().build().run();
    BufferedImage sheet = ImageIO.read(output.resolve("sheets/text.png").toFile());
    // Two groups of truth, hole and one fill; cells as large as the largest picture, 60x52.
    assertThat(sheet.getWidth()).isEqualTo(2 * (3 * (4 * 60 + 6) + 18) - 18 + 6);
    assertThat(sheet.getHeight()).isEqualTo(4 * 52 + 34 + 6 + 6);
    // Truth, hole and fill of the first image, at a pixel of its hole.
    assertThat(isMagenta(sheet.getRGB(6 + 4 * 8, 6 + 4 * 20 + 4))).isFalse();
    assertThat(isMagenta(sheet.getRGB(6 + 246 + 4 * 8, 6 + 4 * 20 + 4))).isTrue();
    assertThat(isMagenta(sheet.getRGB(6 + 492 + 4 * 8, 6 + 4 * 20 + 4))).isFalse();
  }

  /** Pictures are enlarged smoothly, so that colours overshoot a little. */
  private static boolean isMagenta(int rgb) {
    return (rgb >> 16 & 0xFF) > 240 && (rgb >> 8 & 0xFF) < 15 && (rgb & 0xFF) > 180;
  }

  @Test
  void run_peerWithTheTruth_isPerfectAndHasNoTime() throws IOException {
    Path perfect = Files.createDirectory(folder.resolve("perfect"));
    for (String kind : List.of("blob", "text")) {
      write(perfect.resolve("wide." + kind + ".png"), picture(60, 40));
      write(perfect.resolve("dev-high." + kind + ".png"), picture(36, 52));
    }
    MaskFiles files = MaskFiles.open(masks);
    List<TableCell> cells =
        TableExperiment.builder()
            .images(images)
            .only(files::covers)
            .output(output)
            .masks(List.of(files.kind("blob"), files.kind("text")))
            .peer("perfect", perfect)
            .build()
            .run();
    assertThat(cells).hasSize(2);
    for (TableCell cell : cells) {
      assertThat(cell.figures().psnr()).isEqualTo(100);
      assertThat(cell.figures().featureDistance()).isZero();
      assertThat(cell.figures().sharpness()).isEqualTo(1);
      assertThat(cell.medianSeconds()).isNaN();
    }
    // Another picture of the peer is another method.
    write(perfect.resolve("wide.blob.png"), ImagePlanes.zeros(3, new Size(60, 40)));
    assertThatThrownBy(
            () ->
                TableExperiment.builder()
                    .images(images)
                    .only(files::covers)
                    .output(output)
                    .masks(List.of(files.kind("blob")))
                    .peer("perfect", perfect)
                    .build()
                    .run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("method perfect");
  }

  @Test
  void run_peerWhoseKnownPixelsDiffer_hasThemPutBack() throws IOException {
    Path black = Files.createDirectory(folder.resolve("black"));
    write(black.resolve("wide.blob.png"), ImagePlanes.zeros(3, new Size(60, 40)));
    TableExperiment.builder()
        .images(images)
        .only("wide"::equals)
        .output(output)
        .masks(List.of(MaskFiles.open(masks).kind("blob")))
        .peer("black", black)
        .build()
        .run();
    BufferedImage filled = ImageIO.read(output.resolve("pictures/blob/black/wide.png").toFile());
    BufferedImage truth = ImageIO.read(images.resolve("wide.png").toFile());
    assertThat(filled.getRGB(3, 3)).isEqualTo(truth.getRGB(3, 3));
    assertThat(filled.getRGB(25, 15) & 0xFFFFFF).isZero();
  }

  @Test
  void run_peerWithoutAPicture_isRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> table().peer("empty", empty).build().run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected one of high.blob");
    assertThat(output.resolve("pictures")).doesNotExist();
  }

  @Test
  void run_peerWithSeveralHolesInAnImage_isRefusedBeforeTheWork() throws IOException {
    Path peer = Files.createDirectory(folder.resolve("peer"));
    write(peer.resolve("wide.rectangle.png"), picture(60, 40));
    TableBuilder table =
        TableExperiment.builder()
            .images(images)
            .only("wide"::equals)
            .output(output)
            .masks(List.of(MaskGenerator.rectangle()))
            .methods(List.of(FillMethod.of("nearest", new NearestFill())))
            .peer("theirs", peer)
            .fills(3);
    assertThatThrownBy(() -> table.build().run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a peer must have one picture of each image and kind of mask: expected at most 1 fills"
                + " of rectangle, found 3");
    assertThat(output.resolve("pictures")).doesNotExist();
  }

  @Test
  void run_maskFileThatHasChanged_isRefused() throws IOException {
    table().build().run();
    write(masks.resolve("dev-high.blob.png"), Mask.rectangle(36, 52, 11, 20, 12, 14));
    assertThatThrownBy(() -> table().build().run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must hold the same experiment")
        .hasMessageContaining("expected the mask blob of high to be");
    // The other kinds are what they were.
    TableExperiment others =
        TableExperiment.builder()
            .images(images)
            .only(MaskFiles.open(masks)::covers)
            .output(output)
            .masks(List.of(MaskFiles.open(masks).kind("text")))
            .methods(List.of(FillMethod.of("harmonic", SmoothFill.HARMONIC)))
            .build();
    assertThat(others.run()).hasSize(1);
  }

  @Test
  void run_folderFromBeforeMasksWereTold_goesOnAndTellsThemFromThenOn() throws IOException {
    table().only("wide"::equals).build().run();
    Path file = output.resolve("images.csv");
    int column = ImageRow.HEADER.indexOf("mask_crc32");
    List<List<String>> before = new ArrayList<>(List.of(without(column, ImageRow.HEADER)));
    for (List<String> row : new RowLog(file, ImageRow.HEADER).rows()) {
      before.add(without(column, row));
    }
    Files.writeString(file, RowLog.format(before));
    write(masks.resolve("dev-wide.blob.png"), Mask.rectangle(60, 40, 21, 10, 20, 15));
    assertThat(table().build().run().stream().map(TableCell::images)).containsExactly(2, 1, 2);
    List<List<String>> after = new RowLog(file, ImageRow.HEADER).rows();
    assertThat(after).hasSize(5);
    for (int i = 0; i < 5; i++) {
      if (i < 3) {
        assertThat(without(column, after.get(i))).isEqualTo(before.get(1 + i));
        assertThat(after.get(i).get(column)).isEmpty();
      } else {
        assertThat(after.get(i).get(column)).matches("[0-9a-f]+");
      }
    }
  }

  private static List<String> without(int column, List<String> fields) {
    List<String> others = new ArrayList<>(fields);
    others.remove(column);
    return others;
  }

  @Test
  void maskOf_otherSize_isRefusedWithTheFile() throws IOException {
    write(masks.resolve("dev-high.blob.png"), Mask.rectangle(36, 50, 10, 20, 12, 14));
    assertThatThrownBy(() -> table().build().run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected 36x52, found 36x50")
        .hasMessageContaining("dev-high.blob.png");
  }

  @Test
  void maskFiles_twoForOneImage_areRefused() throws IOException {
    write(masks.resolve("test-wide.blob.png"), Mask.rectangle(60, 40, 1, 1, 5, 5));
    assertThatThrownBy(() -> table().build().run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dev-wide.blob.png")
        .hasMessageContaining("test-wide.blob.png");
  }

  @Test
  void run_fills_giveEveryImageSeveralHoles() throws IOException {
    List<TableCell> cells =
        TableExperiment.builder()
            .images(images)
            .only("wide"::equals)
            .output(output)
            .masks(
                List.of(
                    MaskGenerator.rectangle(),
                    MaskGenerator.named("left-eye"),
                    MaskGenerator.named("mouth")))
            .methods(List.of(FillMethod.of("nearest", new NearestFill())))
            .features(new Sizes())
            .fills(3)
            .build()
            .run();
    assertThat(cells.stream().map(TableCell::mask))
        .containsExactly("rectangle", "left-eye", "mouth", "parts");
    // A part of the face is always the same hole; the family has the fills of all its kinds.
    assertThat(cells.stream().map(TableCell::images)).containsExactly(3, 1, 1, 2);
    assertThat(output.resolve("pictures/rectangle/nearest"))
        .isDirectoryContaining("glob:**/wide~3.png");
    List<ImageRow> rows =
        new RowLog(output.resolve("images.csv"), ImageRow.HEADER)
            .rows().stream().map(ImageRow::of).toList();
    assertThat(rows.stream().map(ImageRow::seed).distinct()).hasSize(5);
    // The whole pictures have one size, so that nothing differs but what the crops are of.
    assertThat(cells.get(0).distances().frechet()).isCloseTo(0, within(1e-6));
    assertThat(cells.get(1).distancesAround().frechet()).isNaN();
    assertThat(Files.readString(output.resolve("table.md")))
        .contains("| rectangle | FID (sizes) around the hole |")
        .contains("| parts | feature distance |")
        .contains("from 1 fills is biased");
  }

  /** Width and height. */
  private static final class Sizes implements ImageFeatures {

    @Override
    public String distanceName() {
      return "FID (sizes)";
    }

    @Override
    public String identity() {
      return "sizes";
    }

    @Override
    public float[][] of(List<ImagePlanes> batch) {
      return batch.stream()
          .map(image -> new float[] {image.width(), image.height()})
          .toArray(float[][]::new);
    }
  }

  @Test
  void crop_ofASmallHole_hasEightPixelsAround() {
    assertThat(FeaturePass.crop(Mask.rectangle(64, 64, 30, 20, 10, 4)))
        .isEqualTo(new Bounds(22, 12, 26, 20));
    assertThat(FeaturePass.crop(Mask.rectangle(640, 480, 100, 200, 80, 120)))
        .isEqualTo(new Bounds(70, 170, 140, 180));
  }

  @Test
  void sheets_ofALargePhoto_showAWindowInTheMiddleOfTheHole() {
    assertThat(Sheets.part(Mask.rectangle(1000, 800, 100, 50, 600, 90)))
        .isEqualTo(new Bounds(200, 26, 400, 138));
    assertThat(Sheets.chosen(List.of("a", "b", "c", "d", "e"), 2)).containsExactly("a", "c");
  }

  @Test
  void best_ofRatios_isNearestToOne() {
    assertThat(TableLayout.Best.ONE.badness(0.9)).isLessThan(TableLayout.Best.ONE.badness(1.2));
    assertThat(TableLayout.Best.ONE.badness(2)).isEqualTo(TableLayout.Best.ONE.badness(0.5));
    assertThat(TableLayout.Best.HIGH.badness(2)).isLessThan(TableLayout.Best.HIGH.badness(1));
  }
}
