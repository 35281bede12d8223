package org.inpaint4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of bug reports through {@code inpaint fill}. */
class FillPicturesTest {

  private static final Path CASES =
      Path.of("../inpaint-files/src/test/resources/org/inpaint4j/files");

  @TempDir private Path folder;

  private Path mask() throws IOException {
    Path file = folder.resolve("mask.png");
    PictureFile.of(Mask.rectangle(96, 96, 40, 40, 12, 10).toImage()).write(file);
    return file;
  }

  private Run fill(Path photo, Path mask, Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("fill", "--steps", 1, "--restarts", 1, "--image", photo));
    args.addAll(List.of("--mask", mask, "--out", out));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "icc_wide.png, png",
    "icc_wide.png, tif",
    "icc_wide.png, bmp",
    "icc_wide.jpg, png",
    "icc_wide.jpg, tif",
    "rgba.png, bmp",
    "rgba.png, tif",
    "gray16.png, tif",
    "gray16.png, png",
    "gray8.png, bmp",
    "sq3.jpg, png",
    "sq3.webp, png"
  })
  void fill_eachFile_keepsKnownSamplesDepthAndProfile(String name, String ending)
      throws IOException {
    Path out = folder.resolve("out." + ending);
    Run run = fill(CASES.resolve(name), mask(), out);
    assertThat(run.code()).as(run.err()).isZero();
    PictureFile before = PictureFile.read(CASES.resolve(name));
    PictureFile after = PictureFile.read(out);
    BufferedImage expected = before.image();
    BufferedImage found = after.image();
    assertThat(found.getColorModel()).isEqualTo(expected.getColorModel());
    Mask hole = Mask.whiteIsHole(PictureFile.read(mask()).image());
    int changed = 0;
    for (int y = 0; y < 96; y++) {
      for (int x = 0; x < 96; x++) {
        int[] sample = found.getRaster().getPixel(x, y, (int[]) null);
        int[] known = expected.getRaster().getPixel(x, y, (int[]) null);
        if (!hole.isHole(x, y)) {
          assertThat(sample).as("%s, %s", x, y).isEqualTo(known);
        } else if (!Arrays.equals(sample, known)) {
          changed++;
        }
      }
    }
    assertThat(changed).isGreaterThan(60);
    assertThat(after.profile().isPresent()).isEqualTo(name.startsWith("icc"));
  }

  @ParameterizedTest
  @CsvSource({
    "photo.png, gif, 256 colours",
    "photo.png, webp, must end in a format that can be written",
    "rgba.png, jpg, JPEG cannot hold transparency",
    "gray16.png, jpg, JPEG cannot hold 16 bits",
    "gray16.png, bmp, BMP cannot hold 16 bits"
  })
  void fill_formatThatCannotHoldThePhoto_isRefusedBeforeTheSearch(
      String name, String ending, String said) throws IOException {
    Path out = folder.resolve("out." + ending);
    Run run = fill(CASES.resolve(name), mask(), out);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(ending.equals("gif") ? "must end in a format" : said);
    assertThat(run.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void fill_jpegAsResult_isWarnedOfBeforeTheSearch() throws IOException {
    Path out = folder.resolve("out.jpg");
    Run run = fill(CASES.resolve("icc_wide.png"), mask(), out);
    assertThat(run.code()).isZero();
    assertThat(run.err().lines().findFirst().orElseThrow())
        .isEqualTo(
            "inpaint fill: "
                + out
                + ": JPEG changes all pixels a little; write a .png to keep them as they are");
    assertThat(PictureFile.read(out).profile()).isPresent();
  }

  @Test
  void fill_cutFile_isRefused() throws IOException {
    Run run = fill(CASES.resolve("cut_ll.webp"), mask(), folder.resolve("out.png"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("cut_ll.webp is broken (it ends too early)");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
  void fill_inputThroughALink_isNotOverwritten() throws IOException {
    Path photo = Files.copy(CASES.resolve("photo.png"), folder.resolve("photo.png"));
    Path other = Files.createDirectory(folder.resolve("other"));
    Path link = Files.createSymbolicLink(other.resolve("link"), folder);
    byte[] before = Files.readAllBytes(photo);
    Run run = fill(photo, mask(), link.resolve("photo.png"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--out must not be one of the inputs");
    assertThat(photo).hasBinaryContent(before);
    Path hard = Files.createLink(folder.resolve("hard.png"), photo);
    assertThat(fill(photo, mask(), hard).err()).contains("--out must not be one of the inputs");
  }

  @Test
  void fill_emptyName_isRefusedAndMakesNoFolder() throws IOException {
    Path out = folder.resolve("results");
    Run run = fill(Path.of(""), mask(), out);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "inpaint fill: --image must name a file or folder: found an empty name"
                + System.lineSeparator());
    assertThat(out).doesNotExist();
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(fill(empty, mask(), out).code()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void masks_moreMegapixelsThanMemory_areRefused() {
    Run run = Run.of("masks", "--size", "65536x65536", "--out", folder.resolve("m"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--size must be of at most 100000000 pixels: found 65536x65536");
    assertThat(folder.resolve("m")).doesNotExist();
  }

  private static Process start(List<String> args, Path log, String locale) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                InpaintCommand.class.getName()));
    command.addAll(args);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    if (!locale.isEmpty()) {
      builder.environment().put("LC_ALL", locale);
    }
    return builder.start();
  }

  /** {@code -Dinpaint4j.resume=1000} takes as many photos, and kills twenty times. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGKILL")
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void fill_killedAndResumed_writesEveryResultOnceAndWhole() throws Exception {
    int count = Integer.getInteger("inpaint4j.resume", 50);
    int kills = count >= 1000 ? 20 : 2;
    Path photos = Files.createDirectory(folder.resolve("photos"));
    byte[] photo = Files.readAllBytes(CASES.resolve("icc_wide.png"));
    for (int i = 0; i < count; i++) {
      Files.write(photos.resolve(String.format("p%04d.png", i)), photo);
    }
    Path results = folder.resolve("results");
    List<String> args =
        List.of(
            "fill",
            "--method",
            "harmonic",
            "--resume",
            "--image",
            photos.toString(),
            "--mask",
            mask().toString(),
            "--out",
            results.toString());
    Path log = folder.resolve("log");
    for (int kill = 1; kill <= kills; kill++) {
      Process process = start(args, log, "");
      // Killed while it writes, each time a little further.
      while (process.isAlive() && written(results) < (long) count * kill / (kills + 1)) {
        process.waitFor(3, TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
      assertWhole(results);
    }
    long before = written(results);
    Process last = start(args, log, "");
    assertThat(last.waitFor()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log))
        .contains(
            "Filled " + (count - before) + " photos", "skipped " + before + " that were there");
    assertWhole(results);
    assertThat(written(results)).isEqualTo(count);
    try (Stream<Path> files = Files.list(results)) {
      assertThat(files.count()).as("nothing but results").isEqualTo(count);
    }
  }

  private static long written(Path results) throws IOException {
    if (!Files.isDirectory(results)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(results)) {
      return files.filter(file -> file.toString().endsWith(".png")).count();
    }
  }

  private static void assertWhole(Path results) throws IOException {
    if (!Files.isDirectory(results)) {
      return;
    }
    try (Stream<Path> files = Files.list(results)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".png")).toList()) {
        PictureFile result = PictureFile.read(file);
        assertThat(result.image().getWidth()).isEqualTo(96);
        assertThat(result.profile()).isPresent();
      }
    }
  }

  @Test
  @DisabledOnOs(
      value = {OS.WINDOWS, OS.MAC},
      disabledReason = "file names are UTF-16 or UTF-8 there")
  void fill_nameThatTheLocaleCannotWrite_namesTheLocale() throws Exception {
    Path log = folder.resolve("log");
    // Latin letters as the bytes of UTF-8, which the C locale does not know.
    Process process =
        start(List.of("masks", "--out", folder + "/\u00e4\u00f6\u00fc", "--count", "1"), log, "C");
    int code = process.waitFor();
    String said = Files.readString(log);
    assertThat(code).as(said).isEqualTo(2);
    assertThat(said).contains("the letters of the locale", "set LC_ALL=C.UTF-8");
  }
}
