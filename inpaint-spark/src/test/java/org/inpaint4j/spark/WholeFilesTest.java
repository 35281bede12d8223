package org.inpaint4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {

  private static final byte[] FIRST = "first".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SECOND = "second".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private WholeFiles files() throws IOException {
    return new WholeFiles(hadoop(folder), new Configuration());
  }

  @Test
  void write_twice_theSecondReplacesTheFirstAndNothingIsLeftBeside() throws IOException {
    Path file = folder.resolve("a b.png");
    WholeFiles files = files();
    files.write(hadoop(file), FIRST, "1");
    assertThat(file).hasBinaryContent(FIRST);
    files.write(hadoop(file), SECOND, "2");
    assertThat(file).hasBinaryContent(SECOND);
    files.clean();
    assertThat(TestPictures.names(folder)).containsExactly("a b.png");
  }

  @Test
  void clean_afterAnAttemptThatWasKilled_removesItsPart() throws IOException {
    Files.createDirectories(folder.resolve(".inpaint-parts"));
    Files.write(folder.resolve(".inpaint-parts/a.png.7"), FIRST);
    files().write(hadoop(folder.resolve("a.png")), SECOND, "8");
    files().clean();
    assertThat(TestPictures.names(folder)).containsExactly("a.png");
    assertThat(folder.resolve("a.png")).hasBinaryContent(SECOND);
  }

  @Test
  void write_whereItCannot_saysSoAndLeavesNothing() throws IOException {
    // A folder that is not empty stands where the file should go.
    Files.createDirectories(folder.resolve("a.png/inside"));
    assertThatThrownBy(() -> files().write(hadoop(folder.resolve("a.png")), FIRST, "1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must not have the name of a folder");
    assertThat(TestPictures.names(folder.resolve("a.png"))).containsExactly("inside");
  }
}
