package org.inpaint4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inpaint4j.eval.experiment.FillMethod;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inpaint table} and {@code inpaint masks} as a user calls them. */
class TableCommandTest {

  @TempDir private Path folder;

  private Path images;
  private Path out;

  @BeforeEach
  void writeImages() throws IOException {
    images = Files.createDirectory(folder.resolve("images"));
    out = folder.resolve("out");
    for (int n = 0; n < 3; n++) {
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 64; x++) {
          double wave = Math.sin(0.07 * (n + 1) * x) * Math.cos(0.11 * y);
          image.setRGB(x, y, ((int) (127 + 120 * wave)) * 0x010101);
        }
      }
      ImageIO.write(image, "png", images.resolve("image" + n + ".png").toFile());
    }
  }

  private Run table(Object... more) {
    List<Object> given = List.of(more);
    List<Object> args = new ArrayList<>(List.of("table"));
    if (!given.contains("--images")) {
      args.addAll(List.of("--images", images));
    }
    if (!given.contains("--out")) {
      args.addAll(List.of("--out", out));
    }
    args.addAll(List.of("--masks", "rectangle,noise", "--methods", "harmonic,nearest"));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  @Test
  void table_ofAnOnnxFile_hasItAsTheModel() throws IOException {
    Path network =
        Path.of("..", "inpaint-onnx", "src", "test", "resources", "org", "inpaint4j", "onnx")
            .resolve("migan-generator.onnx");
    Run run = table("--methods", "model", "--model", network, "--limit", "1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(out.resolve("table.md"))).contains("model");
  }

  @Test
  void table_methodsOfFiles_haveTheirOwnNames() throws IOException {
    Path network =
        Path.of("..", "inpaint-onnx", "src", "test", "resources", "org", "inpaint4j", "onnx")
            .resolve("migan-generator.onnx");
    Run run = table("--methods", "nearest,mi-gan=" + network, "--limit", "1");
    assertThat(run.code()).as(run.err()).isZero();
    // --methods of the helper come first.
    assertThat(Files.readString(out.resolve("table.md")))
        .contains("| mask | metric | harmonic | nearest | mi-gan |");
    assertRefused(
        table("--methods", "nearest=" + network),
        "the name of a method in NAME=FILE must be a new one: found nearest");
    assertRefused(
        table("--methods", "mine=nowhere.onnx"),
        "--methods mine must be a shipped model or a model file: found no file nowhere.onnx");
    assertRefused(table("--methods", "my_net=" + network), "found my_net");
    assertRefused(
        table("--methods", "a=" + network + ",a=./" + network),
        "the name of a method in NAME=FILE must be a new one: found a");
  }

  private void assertRefused(Run run, String... said) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    // The progress bar of a table before this one may end late, and stand before the sentence.
    assertThat(run.err().lines().filter(line -> line.matches(".*inpaint [a-z]+: .*"))).hasSize(1);
    assertThat(run.err()).contains(said).doesNotContain("Exception", "\tat ");
  }

  @Test
  void table_fewImages_printsAndWritesTheTable() throws IOException {
    Run run = table("--limit", 2, "--seed", 3);
    assertThat(run.code()).isZero();
    String written = Files.readString(out.resolve("table.md"));
    assertThat(written).contains("| mask | metric | harmonic | nearest |", "Images: 2 of images");
    assertThat(written).contains("Seed: 3");
    assertThat(run.out()).contains(written, out.resolve("table.md").toString());
    assertThat(out.resolve("report.html")).isNotEmptyFile();
    assertThat(run.err()).contains("8/8", "left");
    // A header, and 2 images by 2 masks by 2 methods.
    assertThat(Files.readAllLines(out.resolve("images.csv"))).hasSize(1 + 8);
  }

  @Test
  void table_calledAgain_goesOnWithWhatIsMissing() throws IOException {
    assertThat(table("--limit", 2).code()).isZero();
    Path first = out.resolve("pictures/rectangle/harmonic/image0.png");
    FileTime written = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(first, written);
    assertThat(table().code()).isZero();
    assertThat(Files.readAllLines(out.resolve("images.csv"))).hasSize(1 + 12);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
  }

  @Test
  void table_interrupted_saysSoAndCanGoOn() throws IOException {
    Thread.currentThread().interrupt();
    Run run = table();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("interrupted", "the same command goes on");
    assertThat(table().code()).isZero();
    assertThat(Files.readAllLines(out.resolve("images.csv"))).hasSize(1 + 12);
  }

  @Test
  void table_interruptedWhileItReadsAModel_saysSo() {
    Path network =
        Path.of("..", "inpaint-onnx", "src", "test", "resources", "org", "inpaint4j", "onnx")
            .resolve("migan-generator.onnx");
    Thread.currentThread().interrupt();
    Run run = table("--methods", "mi-gan=" + network);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.err())
        .contains("interrupted; the same command goes on")
        .doesNotContain("Exception");
  }

  @Test
  void table_otherSeedInTheSameFolder_isRefused() {
    assertThat(table("--limit", 1).code()).isZero();
    assertRefused(table("--limit", 1, "--seed", 9), "same experiment", "seed");
  }

  private void writeMask(Path file, Mask mask) throws IOException {
    ImageIO.write(mask.toImage(), "png", file.toFile());
  }

  @Test
  void table_photographsWithMaskFilesAndAPeer_areMeasuredOneByOne() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Path masks = Files.createDirectory(folder.resolve("masks"));
    Path peer = Files.createDirectory(folder.resolve("peer"));
    ImageIO.write(
        ImageIO.read(images.resolve("image0.png").toFile()).getSubimage(0, 0, 50, 40),
        "png",
        photos.resolve("cup.png").toFile());
    for (String name : List.of("dog", "without")) {
      Files.copy(images.resolve("image1.png"), photos.resolve(name + ".png"));
    }
    writeMask(masks.resolve("dev-cup.blob.png"), Mask.rectangle(50, 40, 10, 10, 12, 9));
    writeMask(masks.resolve("dev-dog.blob.png"), Mask.rectangle(64, 64, 10, 10, 20, 20));
    writeMask(masks.resolve("dev-cup.text.png"), Mask.rectangle(50, 40, 10, 10, 30, 2));
    Files.copy(photos.resolve("cup.png"), peer.resolve("cup.blob.png"));
    Files.copy(photos.resolve("dog.png"), peer.resolve("dog.blob.png"));
    Run run =
        Run.of(
            "table",
            "--images",
            photos,
            "--mask-files",
            masks,
            "--masks",
            "blob,noise-50",
            "--methods",
            "nearest",
            "--out",
            out,
            "--one-by-one",
            "--fills",
            3);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("| mask | metric | nearest |", "Images: 2 of photos", "| blob | processor s/MP |")
        .contains(out.resolve("sheets").toString());
    // Two blobs, and noise twice in each photograph.
    assertThat(Files.readAllLines(out.resolve("images.csv"))).hasSize(1 + 2 + 4);
    assertThat(out.resolve("sheets"))
        .isDirectoryContaining("glob:**/blob.png")
        .isDirectoryContaining("glob:**/noise-50.png");
    Run withPeer =
        Run.of(
            "table",
            "--images",
            photos,
            "--mask-files",
            masks,
            "--masks",
            "blob",
            "--methods",
            "nearest",
            "--peer",
            "theirs=" + peer,
            "--out",
            out,
            "--sheets",
            0);
    assertThat(withPeer.code()).isZero();
    assertThat(withPeer.out()).contains("| mask | metric | nearest | theirs |");
  }

  @Test
  void table_parts_areAllPartsAndTheirSum() {
    Run run =
        Run.of(
            "table",
            "--images",
            images,
            "--masks",
            "parts",
            "--methods",
            "facecompletion",
            "--limit",
            1,
            "--out",
            out,
            "--sheets",
            1);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("| left-eye | feature distance |", "| lower-half-face | seam |")
        .contains("| parts | sharpness |");
  }

  @Test
  void table_wrongPhotographOptions_areRefused() throws IOException {
    assertRefused(table("--mask-files", images), "--mask-files", "NAME.KIND.png");
    assertRefused(table("--mask-files", folder.resolve("none")), "--mask-files");
    assertRefused(table("--peer", "theirs=" + folder.resolve("none")), "--peer", "none");
    assertRefused(
        table("--methods", "nearest", "--peer", "nearest=" + folder),
        "methods must differ by name: found nearest twice");
    assertRefused(table("--fills", 0), "--fills");
    assertRefused(table("--sheets", -1), "--sheets");
    assertThat(out).doesNotExist();
  }

  @Test
  void table_unknownNames_areRefusedWithTheKnownOnes() {
    assertRefused(table("--masks", "round"), "round", "rectangle", "free-form");
    assertRefused(table("--methods", "magic"), "magic", "biharmonic", "nearest");
    assertRefused(table("--methods", "wplus"), "a search in w+ must be of a StyleGAN: found dcgan");
    assertThat(out).doesNotExist();
  }

  /** The reference's row; a search of it takes too long for a test. */
  @Test
  void reference_isADcganThatMixesItsBatches() {
    assertThat(FillMethod.names()).contains("paper", "reference");
    try (FillMethod paper = FillMethod.named("paper", Faces64.load());
        FillMethod reference = FillMethod.named("reference", Faces64.load())) {
      assertThat(reference.identity()).contains("batch norm BATCH", "1500 steps");
      assertThat(paper.identity()).contains("1500 steps").doesNotContain("batch norm");
    }
  }

  @Test
  void table_badInput_isRefused() throws IOException {
    assertRefused(table("--limit", 0), "--limit");
    assertRefused(table("--images", folder.resolve("none.zip")), "--images", "exist");
    Path text = Files.writeString(folder.resolve("text.zip"), "no zip");
    assertRefused(table("--images", text), "--images", "zip");
    assertRefused(table("--images", folder), "pictures");
    assertRefused(table("--out", text), "--out", "folder");
    Files.write(images.resolve("image1.png"), new byte[] {1, 2, 3});
    assertRefused(table(), "image1");
  }

  @Test
  void masks_kindAndSize_areWritten() throws IOException {
    Run run = Run.of("masks", "--kind", "noise-30", "--count", 3, "--size", "50x40", "--out", out);
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("3 masks", out.toString());
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("noise-30-0000.png", "noise-30-0001.png", "noise-30-0002.png");
    }
    Mask first = Mask.whiteIsHole(ImageIO.read(out.resolve("noise-30-0000.png").toFile()));
    Mask second = Mask.whiteIsHole(ImageIO.read(out.resolve("noise-30-0001.png").toFile()));
    assertThat(first.width()).isEqualTo(50);
    assertThat(first.holeCount()).isEqualTo(600);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void masks_sameSeed_sameBytes() throws IOException {
    Path again = folder.resolve("again");
    Run.of("masks", "--kind", "free-form", "--count", 1, "--seed", 4, "--out", out);
    Run.of("masks", "--kind", "free-form", "--count", 2, "--seed", 3, "--out", again);
    assertThat(again.resolve("free-form-0001.png"))
        .hasSameBinaryContentAs(out.resolve("free-form-0000.png"));
  }

  @Test
  void masks_badInput_isRefused() throws IOException {
    assertRefused(Run.of("masks", "--kind", "round", "--out", out), "round", "left-half");
    assertRefused(Run.of("masks", "--size", "64", "--out", out), "--size", "64");
    assertRefused(Run.of("masks", "--count", 0, "--out", out), "positive");
    assertRefused(
        Run.of("masks", "--kind", "free-form", "--size", "8x8", "--out", out), "free-form");
    Path file = Files.writeString(folder.resolve("file"), "");
    assertRefused(Run.of("masks", "--out", file), "--out", "folder");
  }
}
