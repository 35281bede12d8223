package org.inpaint4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inpaint4j.Framing;
import org.inpaint4j.Inpainter;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.files.MaskConvention;
import org.inpaint4j.image.Mask;
import org.inpaint4j.search.SearchOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inpaint fill} with folders. */
class FolderFillTest {

  private static final int SIDE = 72;

  @TempDir private Path folder;

  private Path photos;
  private Path masks;
  private Path mask;
  private Path out;

  @BeforeEach
  void writeInputs() throws IOException {
    photos = Files.createDirectory(folder.resolve("photos"));
    masks = Files.createDirectory(folder.resolve("masks"));
    mask = folder.resolve("mask.png");
    out = folder.resolve("new/out");
    for (int n = 0; n < 3; n++) {
      String name = "photo" + n;
      ImageIO.write(photo(n), "png", photos.resolve(name + ".png").toFile());
      ImageIO.write(hole(n).toImage(), "bmp", masks.resolve(name + ".bmp").toFile());
    }
    ImageIO.write(hole(0).toImage(), "png", mask.toFile());
  }

  private static BufferedImage photo(int number) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      double wave = Math.sin(0.05 * (number + 1) * (i % SIDE) + 0.03 * Math.floorDiv(i, SIDE));
      image.setRGB(i % SIDE, i / SIDE, ((int) (127 + 100 * wave)) * 0x010101);
    }
    return image;
  }

  private static Mask hole(int number) {
    return Mask.rectangle(SIDE, SIDE, 20 + 5 * number, 30, 20, 16);
  }

  private Run fill(Object... more) {
    List<Object> args = new ArrayList<>(List.of("fill", "--steps", 2, "--restarts", 1));
    args.addAll(List.of("--image", photos));
    if (!List.of(more).contains("--out")) {
      args.addAll(List.of("--out", out));
    }
    // There are no faces in these photos.
    args.addAll(List.of("--region", "centre"));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  @Test
  void fill_folderWithoutOptions_countsWhatFilledWhat() throws IOException {
    // A thin hole in the first photo, wide ones in the others.
    ImageIO.write(
        Mask.rectangle(SIDE, SIDE, 10, 30, 40, 2).toImage(),
        "bmp",
        masks.resolve("photo0.bmp").toFile());
    Run run = Run.of("fill", "--image", photos, "--mask", masks, "--out", out);
    assertThat(run.code()).isZero();
    assertThat(results()).hasSize(3);
    assertThat(run.out()).contains("Filled 3 photos", "Pixels: 80 by thin fill, 640 by patches");
  }

  private List<String> results() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertFilled(int number, Mask hole) throws IOException {
    Compare.assertOnlyHoleChanged(
        photo(number), ImageIO.read(out.resolve("photo" + number + ".png").toFile()), hole);
  }

  @Test
  void fill_oneMaskForAll_fillsEachPhoto() throws IOException {
    Run run = fill("--mask", mask);
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("Filled 3 photos in ").contains("0 failed", out.toString());
    assertThat(results()).containsExactly("photo0.png", "photo1.png", "photo2.png");
    for (int n = 0; n < 3; n++) {
      assertFilled(n, hole(0));
    }
  }

  @Test
  void fill_aMaskEach_isThatOfTheSingleCalls() throws IOException {
    assertThat(fill("--mask", masks).code()).isZero();
    for (int n = 0; n < 3; n++) {
      assertFilled(n, hole(n));
    }
    Path alone = folder.resolve("alone.png");
    Run run =
        Run.of(
            "fill",
            "--region",
            "centre",
            "--steps",
            2,
            "--restarts",
            1,
            "--image",
            photos.resolve("photo1.png"),
            "--mask",
            masks.resolve("photo1.bmp"),
            "--out",
            alone);
    assertThat(run.code()).isZero();
    assertThat(out.resolve("photo1.png")).hasSameBinaryContentAs(alone);
  }

  @Test
  void fill_badFilesAmongGood_fillsTheGoodAndFails() throws IOException {
    byte[] whole = Files.readAllBytes(photos.resolve("photo1.png"));
    Files.write(photos.resolve("broken.png"), java.util.Arrays.copyOf(whole, whole.length / 2));
    ImageIO.write(photo(1), "png", photos.resolve("maskless.png").toFile());
    ImageIO.write(hole(1).toImage(), "png", masks.resolve("broken.png").toFile());
    BufferedImage wide = new BufferedImage(2 * SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(wide, "png", photos.resolve("wide.png").toFile());
    // Its hole is outside of the square in the middle, which is found out with the whole group.
    Mask left = Mask.rectangle(2 * SIDE, SIDE, 2, 2, 20, 20);
    ImageIO.write(left.toImage(), "png", masks.resolve("wide.png").toFile());
    Files.writeString(photos.resolve("notes.txt"), "not a photo");
    Run run = fill("--mask", masks);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).startsWith("Filled 3 photos").contains("3 failed");
    assertThat(run.err().lines().filter(line -> line.contains("failed: "))).hasSize(3);
    assertThat(run.err()).contains("broken.png", "maskless.png", "wide.png", "inside the square");
    assertThat(results()).containsExactly("photo0.png", "photo1.png", "photo2.png");
    assertFilled(2, hole(2));
  }

  @Test
  void fill_resume_leavesOutWhatIsThere() throws IOException {
    Files.createDirectories(out);
    Path kept = Files.writeString(out.resolve("photo1.png"), "from before");
    FileTime before = Files.getLastModifiedTime(kept);
    Run run = fill("--mask", mask, "--resume");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("Filled 2 photos").contains("skipped 1 that were there");
    assertThat(kept).hasContent("from before");
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(before);
    assertThat(fill("--mask", mask, "--resume").out()).contains("Filled 0", "skipped 3");
    assertThat(fill("--mask", mask).out()).contains("Filled 3");
    assertFilled(1, hole(0));
  }

  /** Groups of two photos; the user wants to end in the second group. */
  @Test
  void run_interrupted_keepsWhatIsCompleteAndSaysWhatIsLeft() throws Exception {
    SearchOptions options =
        Faces64.load().search().toBuilder().draws(1).steps(4).restarts(1).batchSize(2).build();
    SearchFlags.Prepared prepared =
        new SearchFlags.Prepared(
            Inpainter.builder()
                    .model(Faces64.load())
                    .search(options)
                    .framing(Framing.centeredSquare())
                ::build,
            0);
    AtomicInteger asked = new AtomicInteger();
    FolderFill fill = FolderFill.plan(photos, mask, out, MaskConvention.WHITE, false);
    Path second = out.resolve("photo1.png");
    // Once the first group is written: after it, before the second, and in it.
    int code = fill.run(prepared, () -> Files.exists(second) && asked.incrementAndGet() > 2);
    assertThat(code).isEqualTo(1);
    assertThat(results()).containsExactly("photo0.png", "photo1.png");
    FolderFill rest = FolderFill.plan(photos, mask, out, MaskConvention.WHITE, true);
    SearchFlags.Prepared again =
        new SearchFlags.Prepared(
            Inpainter.builder()
                    .model(Faces64.load())
                    .search(options)
                    .framing(Framing.centeredSquare())
                ::build,
            0);
    assertThat(rest.run(again, () -> false)).isZero();
    assertThat(results()).containsExactly("photo0.png", "photo1.png", "photo2.png");
  }

  @Test
  void fill_badFolders_areRefused() throws IOException {
    assertRefused(fill("--mask", folder.resolve("none")), "--mask", "exist");
    assertRefused(fill("--mask", mask, "--strip", folder.resolve("s.png")), "--strip", "single");
    assertRefused(fill("--mask", mask, "--out", mask), "--out", "folder");
    assertRefused(fill("--mask", mask, "--out", photos), "--out", "inputs");
    assertRefused(fill("--mask", masks, "--out", masks), "--out", "inputs");
    ImageIO.write(photo(1), "bmp", photos.resolve("photo1.bmp").toFile());
    assertRefused(fill("--mask", mask), "photo1", "endings");
    photos = Files.createDirectory(folder.resolve("empty"));
    assertRefused(fill("--mask", mask), "--image", "found none");
  }

  private static void assertRefused(Run run, String... said) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(said);
  }
}
