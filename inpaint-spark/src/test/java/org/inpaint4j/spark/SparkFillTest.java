package org.inpaint4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.inpaint4j.Inpainter;
import org.inpaint4j.photo.Photos;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkFillTest {

  @TempDir private Path folder;

  /** What was printed on either stream. */
  private String printed = "";

  @BeforeEach
  void write() throws IOException {
    TestPictures.write(folder, 5);
  }

  private int run(String... more) throws IOException {
    String[] args =
        Stream.concat(
                Stream.of(
                    "--in", folder.resolve("photos").toString(),
                    "--masks", folder.resolve("masks").toString(),
                    "--out", folder.resolve("out").toString()),
                Stream.of(more))
            .toArray(String[]::new);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // As spark-submit does it: the program takes the session that there is.
    try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var session = TestSparks.open(folder)) {
      assertThat(session.version()).isNotEmpty();
      System.setOut(both);
      System.setErr(both);
      return SparkFill.run(args);
    } finally {
      System.setOut(out);
      System.setErr(err);
      printed = bytes.toString(StandardCharsets.UTF_8);
    }
  }

  private void assertFilled() throws IOException {
    assertThat(TestPictures.names(folder.resolve("out")))
        .containsExactly("wave 0.png", "wave 1.png", "wave 2.png", "wave 3.png", "wave 4.png");
    try (Inpainter inpainter = Photos.automatic()) {
      for (int i = 0; i < 5; i++) {
        assertThat(folder.resolve("out/wave " + i + ".png"))
            .hasBinaryContent(TestPictures.filled(inpainter, folder, i));
      }
    }
  }

  @Test
  void folder_isFilledAsOnOneMachine_andResumedWhereSomethingIsMissing() throws IOException {
    Files.createDirectories(folder.resolve("out/.inpaint-parts"));
    Files.write(folder.resolve("out/.inpaint-parts/wave 1.png.3"), new byte[] {1});
    assertThat(run("--pictures-per-task", "2")).as(printed).isZero();
    assertThat(printed).contains("Filled 5 photos in", ", 0 failed");
    assertFilled();

    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(folder.resolve("out/wave 0.png"), longAgo);
    Files.delete(folder.resolve("out/wave 3.png"));
    assertThat(run("--resume")).as(printed).isZero();
    assertThat(printed).contains("Filled 1 photos in").contains("skipped 4 that were there");
    assertThat(Files.getLastModifiedTime(folder.resolve("out/wave 0.png"))).isEqualTo(longAgo);
    assertFilled();
  }

  @Test
  void picturesThatCannotBeFilled_areReportedAndTheOthersFilled() throws IOException {
    Files.delete(folder.resolve("masks/wave 1.png"));
    Files.write(folder.resolve("photos/wave 2.png"), new byte[] {1, 2, 3});
    assertThat(run()).isEqualTo(1);
    assertThat(printed)
        .contains("Filled 3 photos in", ", 2 failed")
        .containsPattern("failed: .*wave 1.jpg: a photo must have a mask: found none")
        .containsPattern("failed: .*wave 2.png: a photo must be in a known format");
    assertThat(TestPictures.names(folder.resolve("out")))
        .containsExactly("wave 0.png", "wave 3.png", "wave 4.png");
  }

  @Test
  void oneMaskForAll_fillsThoseOfItsSize() throws IOException {
    assertThat(run("--masks", folder.resolve("masks/wave 3.png").toString())).isEqualTo(2);
    assertThat(printed).contains("'--masks'");
    for (int i = 0; i < 5; i++) {
      if (i != 3) {
        Files.delete(TestPictures.photo(folder, i));
      }
    }
    Files.copy(TestPictures.photo(folder, 3), folder.resolve("photos/again.jpg"));
    Files.move(folder.resolve("masks"), folder.resolve("all"));
    Files.move(folder.resolve("all/wave 3.png"), folder.resolve("masks"));
    assertThat(run()).as(printed).isZero();
    assertThat(folder.resolve("out/again.png"))
        .hasSameBinaryContentAs(folder.resolve("out/wave 3.png"));
  }

  @Test
  void wrongArguments_areOneSentence() throws IOException {
    assertThat(run("--pictures-per-task", "0")).isEqualTo(2);
    assertThat(printed).contains("--pictures-per-task must be positive: found 0");
    Files.copy(folder.resolve("photos/wave 0.png"), folder.resolve("photos/wave 1.png"));
    assertThat(run()).isEqualTo(2);
    assertThat(printed).contains("must differ in more than their endings");
    Files.move(folder.resolve("photos"), folder.resolve("elsewhere"));
    assertThat(run()).isEqualTo(2);
    assertThat(printed).contains("--in must exist: found no file or folder");
  }
}
