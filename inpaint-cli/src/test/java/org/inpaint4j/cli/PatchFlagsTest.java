package org.inpaint4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code inpaint fill} with options of patches, on a photo whose left half is dark. */
class PatchFlagsTest {

  private static final int SIDE = 64;

  @TempDir private Path folder;
  private Path photo;
  private Path mask;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    photo = folder.resolve("photo.png");
    mask = folder.resolve("mask.png");
    out = folder.resolve("out.png");
    PictureFile.of(image()).write(photo);
    PictureFile.of(Mask.rectangle(SIDE, SIDE, 4, 20, 18, 18).toImage()).write(mask);
  }

  private static BufferedImage image() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int level = (i % SIDE < SIDE / 2 ? 20 : 200) + i * 7 % 13;
      image.getRaster().setSample(i % SIDE, i / SIDE, 0, level);
    }
    return image;
  }

  private Run fill(Object... more) {
    Object[] args = new Object[7 + more.length];
    System.arraycopy(
        new Object[] {"fill", "--image", photo, "--out", out, "--method", "mixed"}, 0, args, 0, 7);
    System.arraycopy(more, 0, args, 7, more.length);
    return Run.of(args);
  }

  @Test
  void source_isAllThatIsCopied() throws IOException {
    Path source = folder.resolve("source.png");
    PictureFile.of(Mask.rectangle(SIDE, SIDE, 34, 0, 30, SIDE).toImage()).write(source);
    Run run = fill("--mask", mask, "--source", source, "--colour-adaptation", 0);
    assertThat(run.code()).as(run.err()).isZero();
    BufferedImage filled = PictureFile.read(out).image();
    for (int y = 20; y < 38; y++) {
      for (int x = 4; x < 22; x++) {
        assertThat(filled.getRaster().getSample(x, y, 0)).isGreaterThanOrEqualTo(200);
      }
    }
  }

  @Test
  void extend_withoutAMask_fillsTheMargins() throws IOException {
    Run run = fill("--extend", "10,0,20,5", "--turn", "mirrored", "--no-repeats", "--grain", 0.5);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("Filled " + ((SIDE + 30) * (SIDE + 5) - SIDE * SIDE));
    BufferedImage filled = PictureFile.read(out).image();
    assertThat(filled.getWidth()).isEqualTo(SIDE + 30);
    assertThat(filled.getHeight()).isEqualTo(SIDE + 5);
    BufferedImage before = image();
    for (int y = 0; y < SIDE + 5; y++) {
      for (int x = 0; x < SIDE + 30; x++) {
        int sample = filled.getRaster().getSample(x, y, 0);
        if (x >= 10 && x < SIDE + 10 && y < SIDE) {
          assertThat(sample).isEqualTo(before.getRaster().getSample(x - 10, y, 0));
        } else {
          assertThat(sample).isBetween(20, 212);
        }
      }
    }
  }

  @Test
  void noMaskAndNothingToExtend_isRefused() {
    Run run = fill();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required option: '--mask=MASK|FOLDER'");
    assertThat(Files.exists(out)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--grain; 2; --grain must lie between 0 and 1: found 2.0",
        "--colour-adaptation; -1; --colour-adaptation must lie between 0 and 1: found -1.0",
        "--extend; 1,2; must be left,top,right,bottom in pixels: found '1,2'",
        "--source; photo9.png; --source",
      })
  void wrongOption_isOneSentence(String option, String value, String message) {
    Run run = fill("--mask", mask, option, value);
    assertThat(run.code()).isNotZero();
    assertThat(run.err()).contains(message);
  }

  @Test
  void sourceOfAnotherSize_isRefused() throws IOException {
    Path source = folder.resolve("source.png");
    PictureFile.of(Mask.rectangle(9, 9, 0, 0, 5, 5).toImage()).write(source);
    Run run = fill("--mask", mask, "--source", source);
    assertThat(run.code()).isNotZero();
    assertThat(run.err())
        .contains("--source must be as large as the photo: expected 64x64, found 9x9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--out", "--strip"})
  void sourceAsResult_isRefused(String option) throws IOException {
    Path source = folder.resolve("source.png");
    PictureFile.of(Mask.rectangle(SIDE, SIDE, 34, 0, 30, SIDE).toImage()).write(source);
    byte[] before = Files.readAllBytes(source);
    if (option.equals("--out")) {
      out = source;
    }
    Run run = fill("--mask", mask, "--source", source, "--strip", source);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(option + " must not be one of the inputs: found " + source);
    assertThat(Files.readAllBytes(source)).isEqualTo(before);
  }

  @Test
  void optionsOfPatches_withAnotherMethod_areRefused() {
    Run run =
        Run.of(
            "fill",
            "--image",
            photo,
            "--mask",
            mask,
            "--out",
            out,
            "--method",
            "thin",
            "--no-repeats");
    assertThat(run.code()).isNotZero();
    assertThat(run.err()).contains("must be used with --method automatic or mixed");
  }
}
