package org.inpaint4j.eval.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourceTest {

  @TempDir private Path folder;

  private static BufferedImage gray(int level, int type) {
    BufferedImage image = new BufferedImage(4, 3, type);
    for (int b = 0; b < image.getRaster().getNumBands(); b++) {
      image.getRaster().setSamples(0, 0, 4, 3, b, filled(level));
    }
    return image;
  }

  private static int[] filled(int level) {
    int[] all = new int[12];
    Arrays.fill(all, level);
    return all;
  }

  private static byte[] png(int level) throws IOException {
    return PictureFile.of(gray(level, BufferedImage.TYPE_BYTE_GRAY)).toBytes(PictureFormat.PNG);
  }

  @Test
  void image_gray_isNotMadeBrighter() throws IOException {
    Files.write(folder.resolve("a.png"), png(120));
    PictureFile.of(gray(120, BufferedImage.TYPE_3BYTE_BGR)).write(folder.resolve("b.tif"));
    ImageSource source = ImageSource.read(folder, 9);
    assertThat(source.size()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      assertThat(source.image(i).samples()).hasSize(36).containsOnly(120 / 255f);
    }
  }

  @Test
  void read_zip_leavesOutWhatIsNoPictureAndTellsAllOthersApart() throws IOException {
    Path zip = folder.resolve("set.zip");
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(zip), StandardCharsets.UTF_8)) {
      String[] names = {
        "\u5f20.png",
        "\u674e.png",
        "a.png",
        "A.PNG",
        "__MACOSX/._a.png",
        "faces/._b.png",
        ".c.png",
        "faces/d.webp",
        "readme.txt"
      };
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write(png(7));
      }
    }
    ImageSource source = ImageSource.read(zip, 99);
    assertThat(IntStream.range(0, source.size()).mapToObj(source::name))
        .containsExactly("A", "a-2", "faces_d", "_", "_-2");
  }

  @Test
  void image_broken_isNamed() throws IOException {
    byte[] whole = png(9);
    Files.write(folder.resolve("\u00e4.png"), Arrays.copyOf(whole, whole.length - 20));
    ImageSource source = ImageSource.read(folder, 9);
    assertThatThrownBy(() -> source.image(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\u00e4.png is broken (it ends too early)");
  }
}
