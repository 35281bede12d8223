package org.inpaint4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.cli.Compare;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.Weights;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.train.TrainingOptions;
import org.inpaint4j.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each of the example programs. */
class ExamplesTest {

  private static final Faces64 MODEL = Faces64.load();

  @TempDir private Path folder;

  /** The portrait of the demo. */
  private static BufferedImage portrait() throws IOException {
    return ImageIO.read(
        Path.of("../inpaint-cli/src/main/resources/org/inpaint4j/cli/portrait.jpg").toFile());
  }

  /** The face of the portrait alone: the square that the model sees by itself. */
  private static BufferedImage face() throws Exception {
    return portrait().getSubimage(146, 122, 207, 207);
  }

  private static Mask mouth() {
    return Mask.rectangle(207, 207, 60, 120, 80, 50);
  }

  @Test
  void fillOnePhoto_portraitAndMask_changesOnlyTheHole() throws Exception {
    BufferedImage portrait = portrait();
    Mask hole = Mask.rectangle(portrait.getWidth(), portrait.getHeight(), 206, 206, 84, 76);
    Path photo = write("photo.png", portrait);
    Path mask = write("mask.png", hole.toImage());
    Path out = folder.resolve("filled.png");
    FillOnePhoto.main(new String[] {photo.toString(), mask.toString(), out.toString()});
    Compare.assertOnlyHoleChanged(portrait, ImageIO.read(out.toFile()), hole);
  }

  @Test
  void whoFilledWhat_mouthAndFlag_areDrawnInTwoColours() throws Exception {
    BufferedImage portrait = portrait();
    Mask hole =
        Mask.of(
            portrait.getWidth(),
            portrait.getHeight(),
            (x, y) ->
                (x >= 206 && x < 290 && y >= 240 && y < 290)
                    || (x >= 20 && x < 50 && y >= 40 && y < 75));
    Path photo = write("photo.png", portrait);
    Path mask = write("mask.png", hole.toImage());
    WhoFilledWhat.main(
        new String[] {photo.toString(), mask.toString(), out("filled.png"), out("map.png")});
    Compare.assertOnlyHoleChanged(
        portrait, ImageIO.read(folder.resolve("filled.png").toFile()), hole);
    BufferedImage map = ImageIO.read(folder.resolve("map.png").toFile());
    Compare.assertOnlyHoleChanged(portrait, map, hole);
    assertThat(map.getRGB(248, 265)).isEqualTo(0xFF00FFFF);
    assertThat(map.getRGB(30, 50)).isEqualTo(0xFFFF0000);
  }

  @Test
  void readme_code_isThatOfFillOnePhoto() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("```java\n") + "```java\n".length();
    String code = readme.substring(start, readme.indexOf("```", start));
    String source =
        Files.readString(Path.of("src/main/java/org/inpaint4j/examples/FillOnePhoto.java"));
    assertThat(code.lines().count()).isBetween(3L, 10L);
    assertThat(words(source)).contains(words(code));
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  @Test
  void composeByHand_weightsFromFile_fills() throws Exception {
    Path file =
        Path.of("../inpaint-faces/src/main/resources/org/inpaint4j/faces/faces64.safetensors");
    assertThat(Weights.load(file).names()).isNotEmpty();
    try (Inpainter inpainter = ComposeByHand.compose(file, 3)) {
      InpaintResult result = inpainter.inpaint(face(), mouth());
      assertThat(result.search().trace().terms()).containsExactly("context", "prior");
      assertThat(result.search().trace().steps()).isEqualTo(3);
      Compare.assertOnlyHoleChanged(face(), result.image(), mouth());
    }
  }

  @Test
  void progressAndCancel_noTime_returnsTheFirstStep() throws Exception {
    InpaintResult result = ProgressAndCancel.fillWithin(face(), mouth(), MODEL, Duration.ZERO);
    assertThat(result.status()).isEqualTo(FillStatus.CANCELLED);
    assertThat(result.search().trace().steps()).isEqualTo(1);
    Compare.assertOnlyHoleChanged(face(), result.image(), mouth());
  }

  @Test
  void manyImages_twoPhotos_equalThoseFilledAlone() throws Exception {
    SearchOptions search = MODEL.search().toBuilder().steps(3).restarts(1).build();
    BufferedImage other = portrait().getSubimage(100, 100, 207, 207);
    List<BufferedImage> together = ManyImages.fill(List.of(face(), other), mouth(), MODEL, search);
    BufferedImage alone = ManyImages.fill(List.of(other), mouth(), MODEL, search).get(0);
    assertThat(together).hasSize(2);
    Compare.assertOnlyHoleChanged(alone, together.get(1), Mask.rectangle(207, 207, 0, 0, 0, 0));
  }

  @Test
  void ownBlender_inTheBuilder_pastesTheGeneratedFace() throws Exception {
    SearchOptions search = MODEL.search().toBuilder().steps(2).restarts(1).build();
    try (Inpainter pasting =
            Inpainter.builder().model(MODEL).search(search).blender(new OwnBlender()).build();
        Inpainter blending = Inpainter.builder().model(MODEL).search(search).build()) {
      BufferedImage pasted = pasting.inpaint(face(), mouth()).image();
      BufferedImage blended = blending.inpaint(face(), mouth()).image();
      Compare.assertOnlyHoleChanged(face(), pasted, mouth());
      assertThat(pasted.getRGB(100, 145)).isNotEqualTo(blended.getRGB(100, 145));
    }
  }

  @Test
  void ownGenerator_pictureItMadeItself_isFoundBehindTheHole() {
    OwnGenerator.Waves generator = OwnGenerator.waves(3);
    BufferedImage picture = OwnGenerator.picture(generator, 1, -1, 0, 1, 0, -1, 1, 0);
    BufferedImage holed = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    holed.createGraphics().drawImage(picture, 0, 0, null);
    Mask mask = Mask.rectangle(32, 32, 10, 10, 8, 8);
    for (int i = 0; i < 64; i++) {
      holed.setRGB(10 + i % 8, 10 + i / 8, 0);
    }
    InpaintResult result = OwnGenerator.find(generator, holed, mask);
    assertThat(result.search().loss()).isLessThan(0.05 * result.search().trace().total(0));
    for (int i = 0; i < 64; i++) {
      int found = result.image().getRGB(10 + i % 8, 10 + i / 8) >> 8 & 255;
      int expected = picture.getRGB(10 + i % 8, 10 + i / 8) >> 8 & 255;
      assertThat(found).isBetween(expected - 4, expected + 4);
    }
  }

  @Test
  void ownFiller_holeInARow_repeatsThePixelToTheLeft() {
    BufferedImage row = new BufferedImage(4, 1, BufferedImage.TYPE_INT_RGB);
    row.setRGB(0, 0, 0x112233);
    row.setRGB(3, 0, 0x445566);
    try (Inpainter inpainter = Inpainter.builder().filler(new OwnFiller()).build()) {
      InpaintResult result = inpainter.inpaint(row, Mask.rectangle(4, 1, 1, 0, 2, 1));
      assertThat(result.image().getRGB(0, 0, 4, 1, null, 0, 4))
          .containsExactly(0xFF112233, 0xFF112233, 0xFF112233, 0xFF445566);
    }
  }

  /** The page says that a filler takes one class of 30 lines. */
  @Test
  void ownFiller_class_hasAtMost30Lines() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/org/inpaint4j/examples/OwnFiller.java"));
    String filler = source.substring(source.indexOf("final class"), source.lastIndexOf("  /**"));
    assertThat(filler.lines().count()).isBetween(10L, 30L);
  }

  @Test
  void everyProgram_hasAMainAndALineOnThePage() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "examples.md"));
    List<String> programs;
    try (Stream<Path> files = Files.list(Path.of("src/main/java/org/inpaint4j/examples"))) {
      programs =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> !name.equals("package-info"))
              .toList();
    }
    assertThat(programs).hasSize(9);
    for (String program : programs) {
      Class.forName("org.inpaint4j.examples." + program).getMethod("main", String[].class);
      assertThat(page).contains("./inpaint example " + program + " ");
    }
  }

  @Test
  void programs_portraitAndMask_changeOnlyTheHole() throws Exception {
    Path photo = write("photo.png", face());
    Path mask = write("mask.png", mouth().toImage());
    String weights = "../inpaint-faces/src/main/resources/org/inpaint4j/faces/faces64.safetensors";
    String in = photo.toString();
    String hole = mask.toString();
    ComposeByHand.main(new String[] {weights, in, hole, out("composed.png"), "2"});
    ProgressAndCancel.main(new String[] {in, hole, out("cancelled.png"), "0"});
    OwnFiller.main(new String[] {in, hole, out("repeated.png")});
    OwnBlender.main(new String[] {in, hole, out("pasted.png")});
    ManyImages.main(new String[] {hole, folder.toString(), in, in});
    for (String name :
        List.of(
            "composed.png",
            "cancelled.png",
            "repeated.png",
            "pasted.png",
            "filled-1.png",
            "filled-2.png")) {
      Compare.assertOnlyHoleChanged(face(), ImageIO.read(new File(out(name))), mouth());
    }
  }

  @Test
  void ownGenerator_main_writesTheStrip() throws IOException {
    OwnGenerator.main(new String[] {out("strip.png")});
    BufferedImage strip = ImageIO.read(new File(out("strip.png")));
    assertThat(strip.getWidth()).isEqualTo(5 * 264 + 8);
  }

  @Test
  void trainOnFolder_main_writesAModel() throws IOException {
    Path data = Files.createDirectory(folder.resolve("images"));
    for (int n = 0; n < 64; n++) {
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      image.setRGB(n % 32, n / 2, 0xFFFFFF);
      ImageIO.write(image, "png", data.resolve(n + ".png").toFile());
    }
    TrainOnFolder.main(new String[] {data.toString(), out("dots.safetensors"), "1", "32"});
    assertThat(Models.inspect(Path.of(out("dots.safetensors"))).discriminator()).isTrue();
  }

  private Path write(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void trainOnFolder_calledAgain_goesOn() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    for (int n = 0; n < 12; n++) {
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.getHSBColor(n / 12f, 1, 1));
      graphics.fillOval(n, 10, 12, 12);
      graphics.dispose();
      ImageIO.write(image, "png", data.resolve(n + ".png").toFile());
    }
    Path model = folder.resolve("discs.safetensors");
    TrainingOptions options =
        TrainingOptions.dcgan64().toBuilder()
            .imageSize(32)
            .filters(2)
            .latentSize(4)
            .batchSize(4)
            .build();
    Duration forever = Duration.ofDays(1);
    assertThat(TrainOnFolder.train(data, model, options, 1, forever).iteration()).isEqualTo(3);
    assertThat(TrainOnFolder.train(data, model, options, 2, forever))
        .isEqualTo(new TrainingResult(TrainingResult.Status.COMPLETED, 6, ""));
    assertThat(((LatentModel) Models.load(model)).generator().imageShape())
        .isEqualTo(ImageShape.square(3, 32));
  }

  @Test
  void trainingGuide_code_isThatOfTrainOnFolder() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "training.md"));
    int start = guide.indexOf("```java\n") + "```java\n".length();
    String code = guide.substring(start, guide.indexOf("```", start));
    assertThat(code.lines().count()).isGreaterThan(3);
    String source =
        Files.readString(Path.of("src/main/java/org/inpaint4j/examples/TrainOnFolder.java"));
    assertThat(words(source)).contains(words(code));
  }

  @Test
  void guide_code_isThatOfOwnGenerator() throws Exception {
    String guide = Files.readString(Path.of("..", "docs", "models.md"));
    int start = guide.indexOf("```java\n") + "```java\n".length();
    String code = guide.substring(start, guide.indexOf("```", start));
    String source =
        Files.readString(Path.of("src/main/java/org/inpaint4j/examples/OwnGenerator.java"));
    assertThat(code.lines().filter(line -> !line.isBlank() && !line.contains("@Override")).count())
        .isBetween(10L, 22L);
    assertThat(words(source)).contains(words(code));
  }
}
