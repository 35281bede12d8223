package org.inpaint4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are refused, in one sentence, and without running anything of them. */
class KerasFileTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lambda   | the layer lambda (Lambda) must not be code, which is never run: found a Lambda
          layer    | the layer softmax (Softmax) must be one that can be searched through: found Softmax
          huge     | the layer up (UpSampling2D) must make at least one and, with all others, at most 2^26 values: found [3, 8192, 8192]
          weights  | the file must hold the configuration of the network, as model.save writes it: found weights alone
          chunks   | HDF5: dense/kernel must lie in one piece in the file: expected contiguous, found chunks
          external | HDF5: dense/kernel must lie in one piece in the file: expected contiguous, found chunks
          link     | HDF5: links must not lead to names or other files: expected an object, found kernel:0
          """)
  void load_ofRefusedFile_saysWhy(String name, String why) {
    String file = "refused-" + name + ".h5";
    assertThatThrownBy(() -> Models.load(KerasGeneratorTest.file(file)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(file + ": " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "units": 48 | "units": 49 | the shape of its layer
          "units": 48 | "units": -1 | the shape of its layer
          "units": 48 | "units":"a" | a number as units
          "same" | "smal" | have the padding same or valid: found smal
          [3, 2, 8] | [3, 2, 9] | must make as many values as it takes, 48: found [3,2,9]
          [3, 2, 8] | [-1,-1,] | target_shape
          channels_last | channels_lost | must be channels_last or channels_first: found channels_lost
          "selu" | "sell" | have an activation that can be searched through: found sell
          [5, 5] | [5,-5] | as kernel_size: found -5
          [null, 6] | [6, null] | a generator must take vectors
          "Sequential" | "Functional" | be used once
          "Sequential" | "Subclassed" | be Sequential or Functional: found Subclassed
          {"class_name" | {"glass_name" | have a class and a configuration
          {"name" | {'name | must be JSON
          """)
  void load_ofOtherConfiguration_saysWhatIsWrong(String from, String to, String why)
      throws IOException {
    byte[] whole = Files.readAllBytes(KerasGeneratorTest.file("dcgan.h5"));
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    String padded = to + " ".repeat(Math.max(0, from.length() - to.length()));
    byte[] other =
        text.replaceFirst(java.util.regex.Pattern.quote(from), padded)
            .getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("other.h5"), Arrays.copyOf(other, whole.length));
    assertThatThrownBy(() -> Models.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("other.h5: ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dcgan.h5", "dcgan-latest.h5", "residual.keras", "dcgan-v110.keras"})
  void load_ofCutFiles_throwsOneSentence(String name) throws IOException {
    byte[] whole = Files.readAllBytes(KerasGeneratorTest.file(name));
    for (int part = 0; part < 40; part++) {
      byte[] cut = Arrays.copyOf(whole, part * whole.length / 40);
      Path file = Files.write(folder.resolve("cut"), cut);
      assertThatThrownBy(() -> KerasGenerator.load(file))
          .as("%d of 40", part)
          .isInstanceOf(ModelFormatException.class)
          .hasMessageStartingWith("cut: ");
    }
  }

  /** Damage in weights alone is not seen; all else is a sentence, and ends. */
  @ParameterizedTest
  @ValueSource(strings = {"dcgan.h5", "dcgan-latest.h5", "residual.keras", "dcgan-v110.keras"})
  void load_ofDamagedFiles_throwsOneSentenceOrLoads(String name) throws IOException {
    byte[] whole = Files.readAllBytes(KerasGeneratorTest.file(name));
    Random random = new Random(5);
    int refused = 0;
    for (int k = 0; k < 300; k++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 40; i++) {
        int at = random.nextInt(whole.length);
        // Where there is a structure there are zeros; weights have none.
        damaged[at] = (byte) (k % 2 == 0 ? random.nextInt(256) : damaged[at] == 0 ? 255 : 0);
      }
      Path file = Files.write(folder.resolve("broken"), damaged);
      try {
        assertThat(KerasGenerator.load(file).imageShape().channels()).isPositive();
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("broken: ");
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  /** The message of a group, 0x11, has two places of 8 bytes. */
  @Test
  void load_ofShortGroupMessage_throwsOneSentence() throws IOException {
    byte[] whole = Files.readAllBytes(KerasGeneratorTest.file("dcgan.h5"));
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("\21\0\20\0");
    byte[] shorter = text.replace("\21\0\20\0", "\21\0\10\0").getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("short.h5"), shorter);
    assertThatThrownBy(() -> Models.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("short.h5: HDF5: a group must be whole");
  }

  @Test
  void isKeras_ofOtherFiles_isFalse() throws IOException {
    Path zip = folder.resolve("other.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("config.json"));
    }
    assertThat(KerasFile.isKeras(zip)).isFalse();
    assertThat(KerasFile.isKeras(Files.write(folder.resolve("empty"), new byte[0]))).isFalse();
    assertThat(KerasFile.isKeras(Files.write(folder.resolve("short"), new byte[] {'P', 'K'})))
        .isFalse();
  }

  /** A zip of a few kilobytes can hold gigabytes. */
  @Test
  void load_ofZipThatGrows_stops() throws IOException {
    Path file = folder.resolve("bomb.keras");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("config.json"));
      out.write("{}".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry("model.weights.h5"));
      for (int i = 0; i < 200; i++) {
        out.write(new byte[100_000]);
      }
    }
    assertThatThrownBy(() -> Models.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("model.weights.h5 must not be larger than its file allows");
  }

  /** An object whose header goes on in itself. */
  @Test
  void read_ofHeaderInCircles_ends() {
    byte[] bytes = new byte[64];
    bytes[0] = 1; // version
    bytes[8] = 24; // length of the messages
    bytes[16] = 0x10; // a continuation
    bytes[18] = 16;
    bytes[24] = 16; // its offset
    bytes[32] = 24; // its length
    HdfBytes file = new HdfBytes("circle", bytes);
    assertThatThrownBy(() -> HdfObject.at(file, 0))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("must not refer to each other in circles");
  }
}
