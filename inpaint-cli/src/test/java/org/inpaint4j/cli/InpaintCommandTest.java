package org.inpaint4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Mask;
import org.inpaint4j.model.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a user calls it. */
class InpaintCommandTest {

  @TempDir private Path folder;

  private Path photo;
  private Path mask;
  private Path out;
  private BufferedImage portrait;
  private Mask hole;

  @BeforeEach
  void writeInputs() throws IOException {
    portrait = DemoCommand.portrait();
    hole = DemoCommand.hole(portrait);
    photo = folder.resolve("photo.png");
    mask = folder.resolve("mask.png");
    out = folder.resolve("filled.png");
    ImageIO.write(portrait, "png", photo.toFile());
    ImageIO.write(hole.toImage(), "png", mask.toFile());
  }

  private static Run run(Object... args) {
    return Run.of(args);
  }

  private Run fill(Object... more) {
    List<Object> args = new ArrayList<>(List.of("fill", "--steps", 2, "--restarts", 1));
    args.addAll(List.of("--out", out));
    if (!List.of(more).contains("--region")) {
      args.addAll(List.of("--region", "146,122,207"));
    }
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  private void assertRefused(Run run, String... said) throws IOException {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(said);
    assertThat(out).doesNotExist();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
    }
  }

  @Test
  void fill_photoAndMask_changesOnlyTheHole() throws IOException {
    Path strip = folder.resolve("strip.png");
    Run run = fill("--image", photo, "--mask", mask, "--strip", strip);
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Filled 6384 pixels", out.toString(), strip.toString());
    Compare.assertOnlyHoleChanged(portrait, ImageIO.read(out.toFile()), hole);
    assertThat(ImageIO.read(strip.toFile()).getWidth()).isEqualTo(5 * 264 + 8);
  }

  @Test
  void fill_withoutOptions_saysWhatFilledWhat() throws IOException {
    Mask two =
        Mask.of(480, 600, (x, y) -> hole.isHole(x, y) || (x >= 20 && x < 50 && y >= 40 && y < 75));
    ImageIO.write(two.toImage(), "png", mask.toFile());
    Path strip = folder.resolve("strip.png");
    Run run = run("fill", "--image", photo, "--mask", mask, "--out", out, "--strip", strip);
    assertThat(run.code()).isZero();
    assertThat(run.err()).doesNotContain("inpaint fill");
    assertThat(run.out())
        .contains("Filled 7434 pixels", "A face (", " by facecompletion, the rest by patches")
        .contains("The model was shown the square of", "found with a score of");
    Compare.assertOnlyHoleChanged(portrait, ImageIO.read(out.toFile()), two);
    assertThat(ImageIO.read(strip.toFile()).getHeight()).isEqualTo(2 * (256 + 16 + 24));
  }

  @Test
  void fill_unknownMethod_isRefused() throws IOException {
    assertRefused(
        run("fill", "--image", photo, "--mask", mask, "--out", out, "--method", "best"),
        "--method must be automatic, search, mixed");
  }

  @ParameterizedTest
  @CsvSource({
    "automatic, --model, faces64",
    "automatic, --preset, fast",
    "mixed, --restarts, 3",
    "patch, --model, nosuchfile",
    "patch, --preset, fast",
    "thin, --steps, 9",
    "harmonic, --region, faces",
    "biharmonic, --size, 64",
    "nearest, --animation, search.gif",
    "automatic, --animation, search.gif",
  })
  void fill_methodWithAnOptionOfASearch_isRefused(String method, String option, String value)
      throws IOException {
    Object given = option.equals("--animation") ? folder.resolve(value) : value;
    assertRefused(
        run(
            "fill",
            "--image",
            photo,
            "--mask",
            mask,
            "--out",
            out,
            "--method",
            method,
            option,
            given),
        "--method "
            + method
            + " must be used without --model, --region, --animation and the"
            + " options of a search: found "
            + option);
  }

  @ParameterizedTest
  @CsvSource({
    "--model, facecompletion, facecompletion",
    "--preset, believable, --preset believable",
    "--preset, guided, --preset guided",
  })
  void fill_optionOfASearchWithoutOne_isRefused(String option, String value, String found)
      throws IOException {
    String said =
        "--preset, --steps, --restarts and --animation must be used with a model that is searched:"
            + " found "
            + found;
    assertRefused(fillBy(option, value, "--animation", folder.resolve("search.gif")), said);
    assertRefused(fillBy(option, value, "--steps", 5), said);
  }

  @Test
  void fill_animationOfAHoleBesideTheFace_isLeftOutWithASentence() throws IOException {
    ImageIO.write(Mask.rectangle(480, 600, 20, 40, 30, 35).toImage(), "png", mask.toFile());
    Path gif = folder.resolve("search.gif");
    Run run =
        run(
            "fill",
            "--image",
            photo,
            "--mask",
            mask,
            "--out",
            out,
            "--steps",
            2,
            "--animation",
            gif);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains(out.toString()).doesNotContain(gif.toString());
    assertThat(run.err())
        .contains("--animation must show a search: found none in this hole, no " + gif);
    assertThat(out).exists();
    assertThat(gif).doesNotExist();
  }

  @Test
  void fill_modelAlone_namesIt() throws IOException {
    Run run =
        run("fill", "--image", photo, "--mask", mask, "--out", out, "--model", "facecompletion");
    assertThat(run.code()).isZero();
    assertThat(run.out()).doesNotContain("by facecompletion").contains("The model was shown");
    Compare.assertOnlyHoleChanged(portrait, ImageIO.read(out.toFile()), hole);
  }

  @Test
  void fill_sameSeed_writesSameBytes() throws IOException {
    fill("--image", photo, "--mask", mask, "--seed", 5);
    byte[] first = Files.readAllBytes(out);
    fill("--image", photo, "--mask", mask, "--seed", 5);
    assertThat(Files.readAllBytes(out)).isEqualTo(first);
    fill("--image", photo, "--mask", mask, "--seed", 6);
    assertThat(Files.readAllBytes(out)).isNotEqualTo(first);
  }

  @Test
  void fill_blackMask_equalsWhiteMask() throws IOException {
    fill("--image", photo, "--mask", mask);
    byte[] white = Files.readAllBytes(out);
    Mask known = Mask.of(480, 600, (x, y) -> !hole.isHole(x, y));
    ImageIO.write(known.toImage(), "png", mask.toFile());
    fill("--image", photo, "--mask", mask, "--mask-convention", "black");
    assertThat(Files.readAllBytes(out)).isEqualTo(white);
  }

  @Test
  void fill_erasedPhotoAsItsOwnMask_fillsTheErasedPart() throws IOException {
    BufferedImage erased = new BufferedImage(480, 600, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 600; y++) {
      for (int x = 0; x < 480; x++) {
        erased.setRGB(x, y, hole.isHole(x, y) ? 0 : portrait.getRGB(x, y));
      }
    }
    ImageIO.write(erased, "png", photo.toFile());
    Run run = fill("--image", photo, "--mask", photo, "--mask-convention", "alpha");
    assertThat(run.code()).isZero();
    Compare.assertOnlyHoleChanged(erased, ImageIO.read(out.toFile()), hole);
  }

  /** A camera that was held upright writes the picture turned, with a note how to turn it back. */
  @Test
  void fill_photoWithOrientation_isFilledAndWrittenUpright() throws IOException {
    BufferedImage stored = new BufferedImage(600, 480, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 600; y++) {
      for (int x = 0; x < 480; x++) {
        stored.setRGB(y, 479 - x, portrait.getRGB(x, y));
      }
    }
    Path plain = folder.resolve("plain.jpg");
    ImageIO.write(stored, "jpg", plain.toFile());
    byte[] jpeg = Files.readAllBytes(plain);
    byte[] exif = new byte[36];
    try (InputStream six = getClass().getResourceAsStream("orientation-6.jpg")) {
      six.skipNBytes(2);
      six.readNBytes(exif, 0, exif.length);
    }
    byte[] marked = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, marked, 0, 2);
    System.arraycopy(exif, 0, marked, 2, exif.length);
    System.arraycopy(jpeg, 2, marked, 2 + exif.length, jpeg.length - 2);
    Path photo = Files.write(folder.resolve("photo.jpg"), marked);
    Run run = fill("--image", photo, "--mask", mask);
    assertThat(run.err()).doesNotContain("must");
    assertThat(run.code()).isZero();
    BufferedImage decoded = ImageIO.read(plain.toFile());
    BufferedImage upright = new BufferedImage(480, 600, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 600; y++) {
      for (int x = 0; x < 480; x++) {
        upright.setRGB(x, y, decoded.getRGB(y, 479 - x));
      }
    }
    Compare.assertOnlyHoleChanged(upright, ImageIO.read(out.toFile()), hole);
  }

  @Test
  void fill_missingOption_isRefused() throws IOException {
    assertRefused(fill("--image", photo), "--mask");
  }

  @Test
  void fill_unknownOption_isRefused() throws IOException {
    assertRefused(fill("--image", photo, "--mask", mask, "--colour", "red"), "--colour");
  }

  @Test
  void fill_preset_setsSearchLossesAndBlending() throws IOException {
    Run fast = fill("--image", photo, "--mask", mask, "--preset", "fast");
    assertThat(fast.code()).isZero();
    byte[] ours = Files.readAllBytes(out);
    Run paper = fill("--image", photo, "--mask", mask, "--preset", "paper");
    assertThat(paper.code()).isZero();
    assertThat(Files.readAllBytes(out)).isNotEqualTo(ours);
    Files.delete(out);
    assertRefused(
        fill("--image", photo, "--mask", mask, "--preset", "best"),
        "--preset",
        "fast, balanced, quality, paper");
  }

  /** The command without the options of a search. */
  private Run fillBy(Object... more) {
    List<Object> args = new ArrayList<>(List.of("fill", "--image", photo, "--mask", mask));
    args.addAll(List.of("--out", out, "--region", "146,122,207"));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  @Test
  void fill_presetBelievable_isTheCompletion() throws IOException {
    assertThat(fillBy("--preset", "believable").code()).isZero();
    byte[] preset = Files.readAllBytes(out);
    assertThat(fillBy("--model", "facecompletion").code()).isZero();
    assertThat(Files.readAllBytes(out)).isEqualTo(preset);
    Files.delete(out);
    assertRefused(
        fillBy("--preset", "believable", "--model", "faces64"),
        "--preset believable must be used without --model: found faces64");
  }

  @Test
  void fill_modelIsAFolderWithoutFaces_isRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("no-faces"));
    assertRefused(
        fillBy("--model", empty),
        "--model: examples must be pictures of faces of 96 pixels or more: found none in 0 pictures");
  }

  @Test
  void fill_stepsThatAreNoNumber_areRefused() throws IOException {
    assertRefused(run("fill", "--image", photo, "--mask", mask, "--out", out, "--steps", "x"), "x");
    assertRefused(
        run("fill", "--image", photo, "--mask", mask, "--out", out, "--steps", 0), "positive");
  }

  @Test
  void fill_sizeThatIsNotOfAStyleGan_isRefused() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Faces64.weights().save(model, Weights.Precision.FLOAT16);
    assertRefused(
        fill("--image", photo, "--mask", mask, "--model", model, "--size", 100),
        "--size must be a power of two from 8 to 1024: found 100");
    assertRefused(
        fill("--image", photo, "--mask", mask, "--model", model, "--size", 64),
        "--size must be given with",
        "weights must hold a StyleGAN generator");
  }

  /** The port's code with random weights made it, for images of 64 pixels. */
  @ParameterizedTest
  @ValueSource(strings = {"robust", "wplus"})
  void fill_presetOfAStyleGan_searchesTheFile(String preset) throws IOException {
    Path file =
        Path.of("..", "inpaint-models", "src", "test", "resources", "org", "inpaint4j", "model")
            .resolve("stylegan2.pt");
    Run usual = fillBy("--model", file, "--steps", 3);
    assertThat(usual.code()).as(usual.err()).isZero();
    byte[] pixels = Files.readAllBytes(out);
    Run run = fillBy("--model", file, "--preset", preset, "--steps", 3);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readAllBytes(out)).isNotEqualTo(pixels);
    Files.delete(out);
    assertRefused(
        fillBy("--preset", preset, "--model", "faces64"),
        "--preset " + preset + ": a search in w+ must be of a StyleGAN: found dcgan");
    assertRefused(
        fillBy("--preset", preset, "--model", "facecompletion"),
        "--preset " + preset + " must be used with a StyleGAN: found facecompletion");
  }

  @ParameterizedTest
  @ValueSource(strings = {"robust", "wplus"})
  void fill_presetOfAStyleGanWithoutAModel_isOfStyleFaces64(String preset) throws IOException {
    Run alone = fillBy("--preset", preset, "--steps", 3);
    assertThat(alone.code()).as(alone.err()).isZero();
    byte[] pixels = Files.readAllBytes(out);

    Run named = fillBy("--preset", preset, "--model", "stylefaces64", "--steps", 3);

    assertThat(named.code()).as(named.err()).isZero();
    assertThat(Files.readAllBytes(out)).isEqualTo(pixels);
  }

  @Test
  void fill_presetAtAnotherSizeThanThatOfTheFile_isRefused() throws IOException {
    Path file =
        Path.of("..", "inpaint-models", "src", "test", "resources", "org", "inpaint4j", "model")
            .resolve("stylegan2.pt");
    assertRefused(
        fillBy("--preset", "robust", "--model", file, "--size", 16),
        "a StyleGAN2 makes images of one size: expected 16, found 32");
  }

  @Test
  void fill_badRegion_isRefused() throws IOException {
    for (String region : List.of("1,2", "a,b,c", "1,2,0", "400,122,207", "0,0,100")) {
      assertRefused(
          run("fill", "--image", photo, "--mask", mask, "--out", out, "--region", region), "must");
    }
  }

  @Test
  void fill_noSuchPhoto_isRefused() throws IOException {
    assertRefused(fill("--image", folder.resolve("no.png"), "--mask", mask), "no.png", "exist");
  }

  @Test
  void fill_emptyFile_isRefused() throws IOException {
    Files.write(photo, new byte[0]);
    assertRefused(fill("--image", photo, "--mask", mask), "empty");
  }

  @Test
  void fill_folderAsPhotoButFileAsResult_isRefused() throws IOException {
    Files.writeString(out, "");
    Run run = fill("--image", folder, "--mask", mask);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("folder");
    assertThat(out).isEmptyFile();
  }

  @Test
  void fill_folderAsMaskOfOnePhoto_isRefused() throws IOException {
    assertRefused(fill("--image", photo, "--mask", folder), "--mask", "folder");
  }

  @Test
  void fill_regionHole_isASquareAroundTheHole() {
    Run run = fill("--image", photo, "--mask", mask, "--region", "hole");
    assertThat(run.code()).isZero();
    // Twice the hole's 84, around its middle (248, 244).
    assertThat(run.out()).contains("the square of 168x168 at (164, 160)");
  }

  @Test
  void fill_resumeWithResult_leavesItAlone() throws IOException {
    Files.writeString(out, "from before");
    Run run = fill("--image", photo, "--mask", mask, "--resume");
    assertThat(run.code()).isZero();
    assertThat(out).hasContent("from before");
  }

  @Test
  void fill_nearlyEmptyMask_isFilledWithAWarning() throws IOException {
    ImageIO.write(Mask.rectangle(480, 600, 240, 220, 4, 4).toImage(), "png", mask.toFile());
    Run run = fill("--image", photo, "--mask", mask);
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("inpaint fill: the hole is nearly empty");
    assertThat(out).exists();
  }

  @Test
  void fill_animation_isAGifOfSeveralFrames() throws IOException {
    Path gif = folder.resolve("search.gif");
    Run run = fill("--image", photo, "--mask", mask, "--animation", gif);
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(gif.toString());
    try (ImageInputStream stream = ImageIO.createImageInputStream(gif.toFile())) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      reader.setInput(stream);
      assertThat(reader.getNumImages(true)).isGreaterThanOrEqualTo(2);
      reader.dispose();
    }
    assertThat(fill("--image", photo, "--mask", mask, "--animation", folder.resolve("a.png")).err())
        .contains("--animation must end in .gif");
  }

  @Test
  void fill_textAsPhoto_isRefused() throws IOException {
    Files.writeString(photo, "not a picture");
    assertRefused(fill("--image", photo, "--mask", mask), "known format");
  }

  @Test
  void fill_truncatedPng_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(photo);
    Files.write(photo, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(fill("--image", photo, "--mask", mask), "broken");
  }

  @Test
  void fill_maskOfOtherSize_isRefusedWithBothSizes() throws IOException {
    ImageIO.write(Mask.rectangle(64, 48, 1, 1, 9, 9).toImage(), "png", mask.toFile());
    assertRefused(fill("--image", photo, "--mask", mask), "480x600", "64x48");
  }

  @Test
  void fill_maskWithoutHole_isRefused() throws IOException {
    ImageIO.write(Mask.rectangle(480, 600, 0, 0, 0, 0).toImage(), "png", mask.toFile());
    assertRefused(fill("--image", photo, "--mask", mask), "hole", "--mask-convention");
  }

  @Test
  void fill_maskOfEverything_isRefused() throws IOException {
    ImageIO.write(Mask.rectangle(480, 600, 0, 0, 480, 600).toImage(), "png", mask.toFile());
    assertRefused(fill("--image", photo, "--mask", mask), "known", "--mask-convention");
  }

  @Test
  void fill_alphaConventionWithoutAlpha_isRefused() throws IOException {
    assertRefused(
        fill("--image", photo, "--mask", mask, "--mask-convention", "alpha"), "transparency");
  }

  @Test
  void fill_brokenModelFile_isRefused() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Files.writeString(model, "nothing of the kind");
    assertRefused(fill("--image", photo, "--mask", mask, "--model", model), "safetensors");
    assertRefused(fill("--image", photo, "--mask", mask, "--model", "faces65"), "faces65");
  }

  @Test
  void fill_outputThatCannotBe_isRefusedBeforeTheSearch() throws IOException {
    Path before = out;
    for (Path bad : List.of(folder.resolve("no/filled.png"), folder.resolve("filled.xyz"), photo)) {
      out = bad;
      Run run = fill("--image", photo, "--mask", mask);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).contains("--out");
    }
    out = before;
    assertThat(ImageIO.read(photo.toFile())).isNotNull();
    assertThat(out).doesNotExist();
  }

  @Test
  void inpaint_noCommand_isRefused() throws IOException {
    assertRefused(run(), "command");
  }

  @Test
  void inpaint_help_namesTheCommands() {
    Run run = run("--help");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("demo", "fill", "table", "masks");
    assertThat(run("fill", "--help").out()).contains("--mask-convention", "--region");
    assertThat(run("--version").out()).startsWith("Inpaint4J ");
  }

  @Test
  void demo_fewSteps_writesResultAndStrip() throws IOException {
    Path target = folder.resolve("new/out");
    Run run = run("demo", "--steps", 2, "--restarts", 1, "--out", target);
    assertThat(run.code()).isZero();
    assertThat(run.out().lines()).hasSize(8);
    Compare.assertOnlyHoleChanged(
        portrait, ImageIO.read(target.resolve("demo.png").toFile()), hole);
    assertThat(ImageIO.read(target.resolve("demo-strip.png").toFile())).isNotNull();
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files).hasSize(4);
    }
    Compare.assertOnlyHoleChanged(
        DemoCommand.rocket(),
        ImageIO.read(target.resolve("demo-object.png").toFile()),
        DemoCommand.rocketHole());
    assertThat(run.out()).contains("a hole of 13145 over a rocket", "by patches");
  }

  @ParameterizedTest
  @CsvSource({"--preset, believable", "--model, facecompletion", "--method, patch"})
  void demo_withoutASearch_writesResultAndStrip(String option, String value) throws IOException {
    Run run = run("demo", option, value, "--out", folder);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("loss");
    Compare.assertOnlyHoleChanged(
        portrait, ImageIO.read(folder.resolve("demo.png").toFile()), hole);
    assertThat(ImageIO.read(folder.resolve("demo-strip.png").toFile())).isNotNull();
    assertThat(folder.resolve("demo-object-strip.png")).exists();
  }

  @Test
  void demo_methodWithAnOptionOfASearch_isRefused() throws IOException {
    Run run = run("demo", "--method", "patch", "--steps", 9, "--out", folder);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--method patch must be used without", "found --steps");
    assertThat(folder.resolve("demo.png")).doesNotExist();
  }
}
