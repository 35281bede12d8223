package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path folder;

  @Test
  void write_replacesTheFileAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "before, and longer");
    WholeFile.write(
        file,
        out -> {
          assertThat(file).hasContent("before, and longer");
          out.write("after".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          assertThat(file).hasContent("before, and longer");
        });
    assertThat(file).hasContent("after");
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void write_thatFails_leavesWhatWasThere() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "before");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("full");
                    }))
        .hasMessage("full");
    assertThat(file).hasContent("before");
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void write_onAnInterruptedThread_writesAndStaysInterrupted() throws IOException {
    Path file = folder.resolve("a.txt");
    Thread.currentThread().interrupt();
    WholeFile.write(file, out -> out.write('b'));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasContent("b");
  }

  @Test
  void write_interruptedInTheMiddle_writesAndStaysInterrupted() throws IOException {
    Path file = folder.resolve("a.txt");
    WholeFile.write(
        file,
        out -> {
          // More than any buffer, so that some of it is written after the interrupt.
          out.write(new byte[100_000]);
          Thread.currentThread().interrupt();
          out.write(new byte[100_000]);
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasSize(200_000);
  }

  @Test
  void write_longestName_isWrittenAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("n".repeat(251) + ".png");
    WholeFile.write(file, out -> out.write('b'));
    assertThat(file).hasContent("b");
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
  }
}
