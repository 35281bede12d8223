package org.inpaint4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.cli.Compare;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.Weights;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.train.TrainingOptions;
import org.inpaint4j.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

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
    Path photo = folder.resolve("photo.png");
    Path mask = folder.resolve("mask.png");
    Path out = folder.resolve("filled.png");
    ImageIO.write(portrait, "png", photo.toFile());
    ImageIO.write(hole.toImage(), "png", mask.toFile());
    FillOnePhoto.main(
        new String[] {photo.toString(), mask.toString(), out.toString(), "146", "122", "207"});
    Compare.assertOnlyHoleChanged(portrait, ImageIO.read(out.toFile()), hole);
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

  /** Images of random waves, which eight numbers decide: a search finds them behind the hole. */
  @Test
  void ownGenerator_imageItMadeItself_isFoundBehindTheHole() {
    Random random = new Random(3);
    float[][] waves = new float[8][3 * 32 * 32];
    for (float[] wave : waves) {
      double across = 0.3 * random.nextGaussian();
      double down = 0.3 * random.nextGaussian();
      for (int i = 0; i < wave.length; i++) {
        int channel = i / 1024;
        wave[i] = (float) (0.4 * Math.sin(across * (i % 32) + down * (i / 32 % 32) + channel));
      }
    }
    OwnGenerator generator = new OwnGenerator(Nd4j.createFromArray(waves));
    SameDiff graph = SameDiff.create();
    SDVariable z = graph.constant(Nd4j.createFromArray(new float[][] {{1, -1, 0, 1, 0, -1, 1, 0}}));
    float[] truth =
        graph.outputSingle(Map.of(), generator.generate(graph, z).name()).dup('c').data().asFloat();
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 3 * 1024; i++) {
      int sample = Math.round((truth[i] + 1) * 127.5f);
      int rgb = image.getRGB(i % 32, i / 32 % 32) | sample << (16 - 8 * (i / 1024));
      image.setRGB(i % 32, i / 32 % 32, rgb);
    }
    BufferedImage holed = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    holed.setData(image.getData());
    Mask mask = Mask.rectangle(32, 32, 10, 10, 8, 8);
    for (int i = 0; i < 64; i++) {
      holed.setRGB(10 + i % 8, 10 + i / 8, 0);
    }

    try (Inpainter inpainter =
        Inpainter.builder()
            .generator(generator)
            .loss(ContextLoss.weightedL1(7))
            .search(
                SearchOptions.paperDcgan().toBuilder()
                    .steps(400)
                    .optimizer(Optimizer.adam(0.05).schedule(new Optimizer.Schedule(0, 0.5)))
                    .build())
            .framing(Framing.centeredSquare())
            .blender(new OwnBlender())
            .build()) {
      InpaintResult result = inpainter.inpaint(holed, mask);
      assertThat(result.search().loss()).isLessThan(0.05 * result.search().trace().total(0));
      for (int i = 0; i < 64; i++) {
        int found = result.image().getRGB(10 + i % 8, 10 + i / 8) >> 8 & 255;
        int expected = image.getRGB(10 + i % 8, 10 + i / 8) >> 8 & 255;
        assertThat(found).isBetween(expected - 4, expected + 4);
      }
    }
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
