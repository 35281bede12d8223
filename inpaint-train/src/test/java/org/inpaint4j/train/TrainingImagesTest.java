package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.inpaint4j.files.PictureFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingImagesTest {

  @TempDir Path folder;

  private static float[] samples(TrainingImages images, int index, boolean mirrored) {
    float[] samples = new float[images.channels() * images.size() * images.size()];
    images.copy(index, mirrored, samples, 0);
    return samples;
  }

  @Test
  void copy_twoByTwoPixels_areScaledAndMirrored() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x0000ff);
    image.setRGB(0, 1, 0x00ff00);
    image.setRGB(1, 1, 0xffffff);
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
    TrainingImages images = TrainingImages.read(folder, 2, 3);
    assertThat(samples(images, 0, false)).containsExactly(1, -1, -1, 1, -1, -1, 1, 1, -1, 1, -1, 1);
    assertThat(samples(images, 0, true)).containsExactly(-1, 1, 1, -1, -1, -1, 1, 1, 1, -1, 1, -1);
  }

  /**
   * Pillow resizes with weights of 22 bits and rounds to bytes after each axis, we once at the end:
   * at most one level apart.
   */
  @ParameterizedTest
  @ValueSource(strings = {"90x70", "20x25", "32x32"})
  void read_otherSizes_areResizedAsByPillow(String picture) throws IOException {
    Files.copy(Golden.file("picture-" + picture + ".png"), folder.resolve("a.png"));
    for (int channels : new int[] {1, 3}) {
      TrainingImages images = TrainingImages.read(folder, 32, channels);
      String golden = (channels == 1 ? "gray-" : "resized-") + picture + "-32.png";
      BufferedImage expected = ImageIO.read(Golden.file(golden).toFile());
      float[] samples = samples(images, 0, false);
      for (int i = 0; i < samples.length; i++) {
        int pixel = i % 1024;
        int level = expected.getRaster().getSample(pixel % 32, pixel / 32, i / 1024);
        assertThat(Math.round((samples[i] + 1) * 127.5f))
            .as("%s sample %s", golden, i)
            .isBetween(level - 1, level + 1);
      }
    }
  }

  @Test
  void read_gray_isNotMadeBrighter() throws IOException {
    BufferedImage gray = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {120, 120, 120, 120});
    ImageIO.write(gray, "png", folder.resolve("a.png").toFile());
    for (int channels : new int[] {1, 3}) {
      assertThat(samples(TrainingImages.read(folder, 2, channels), 0, false))
          .hasSize(4 * channels)
          .containsOnly(120 / 127.5f - 1);
    }
  }

  @Test
  void read_turnedPhotoAndHiddenFiles_areUprightAndLeftOut() throws IOException {
    byte[] photo =
        Files.readAllBytes(
            Path.of("../inpaint-files/src/test/resources/org/inpaint4j/files/kinds/rgba16-7.png"));
    Files.write(folder.resolve("a.png"), photo);
    Files.write(folder.resolve("._a.png"), photo);
    TrainingImages images = TrainingImages.read(folder, 7, 3);
    assertThat(images.count()).isEqualTo(1);
    assertThat(images.skipped()).isEmpty();
    BufferedImage upright = PictureFile.read(folder.resolve("a.png")).image();
    byte[] expected = Resize.toBytes(upright, 7, 3);
    assertThat(samples(images, 0, false)[0]).isEqualTo((expected[0] & 255) / 127.5f - 1);
    assertThat(upright.getWidth()).isEqualTo(7);
  }

  @Test
  void read_brokenFiles_areSkippedAndNamed() throws IOException {
    Files.copy(Golden.file("picture-32x32.png"), folder.resolve("good.png"));
    byte[] whole = Files.readAllBytes(folder.resolve("good.png"));
    Files.write(folder.resolve("half.png"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("text.jpg"), "not a picture");
    Files.writeString(folder.resolve("notes.txt"), "nobody asks for this");
    Files.createDirectory(folder.resolve("sub"));
    Files.write(folder.resolve("sub/also.png"), whole);
    TrainingImages images = TrainingImages.read(folder, 32, 3);
    assertThat(images.count()).isEqualTo(2);
    assertThat(images.skipped()).hasSize(2);
    assertThat(images.skipped().get(0)).startsWith("half.png (");
    assertThat(images.skipped().get(1))
        .startsWith("text.jpg (a picture must be in a known format: ");
  }

  @Test
  void read_zip_givesTheImagesOfTheFolder() throws IOException {
    Path zip = folder.resolve("images.zip");
    try (OutputStream raw = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(raw)) {
      for (String name : new String[] {"b/2.png", "a.png", "broken.png"}) {
        out.putNextEntry(new ZipEntry(name));
        String from = name.equals("a.png") ? "picture-90x70.png" : "picture-20x25.png";
        byte[] bytes = Files.readAllBytes(Golden.file(from));
        out.write(name.equals("broken.png") ? Arrays.copyOf(bytes, 40) : bytes);
      }
    }
    Path plain = Files.createDirectories(folder.resolve("plain"));
    Files.copy(Golden.file("picture-90x70.png"), plain.resolve("1.png"));
    Files.copy(Golden.file("picture-20x25.png"), plain.resolve("2.png"));
    TrainingImages zipped = TrainingImages.read(zip, 32, 3);
    TrainingImages loose = TrainingImages.read(plain, 32, 3);
    assertThat(zipped.skipped()).hasSize(1).first().asString().startsWith("broken.png (");
    assertThat(zipped.count()).isEqualTo(2);
    assertThat(zipped.checksum()).isEqualTo(loose.checksum());
    for (int i = 0; i < 2; i++) {
      assertThat(samples(zipped, i, false)).isEqualTo(samples(loose, i, false));
    }
  }

  @Test
  void read_nothingToTrainOn_saysSo() throws IOException {
    assertThatThrownBy(() -> TrainingImages.read(folder, 32, 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("training data must hold images: found none in");
    Files.writeString(folder.resolve("text.png"), "not a picture");
    assertThatThrownBy(() -> TrainingImages.read(folder, 32, 3))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("and 1 files that are broken");
    assertThatThrownBy(() -> TrainingImages.read(folder.resolve("text.png"), 32, 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be a folder or a zip file");
    assertThatThrownBy(() -> TrainingImages.read(folder.resolve("nowhere"), 32, 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be a folder or a zip file");
  }
}
