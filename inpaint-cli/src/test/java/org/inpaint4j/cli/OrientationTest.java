package org.inpaint4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures by {@code orientation_golden.py}: JPEG files, and how OpenCV shows them. */
class OrientationTest {

  /**
   * Decoders of JPEG may differ by a level or two in rounding; the corners differ by 30 or more.
   */
  private static final int DECODERS = 3;

  @TempDir private Path folder;

  private static byte[] golden(String name) throws IOException {
    try (InputStream stream = OrientationTest.class.getResourceAsStream(name)) {
      assertThat(stream).as(name).isNotNull();
      return stream.readAllBytes();
    }
  }

  private Path jpeg(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("photo.jpg"), bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void read_eachOrientation_isAsOpenCvShowsIt(int orientation) throws Exception {
    Path file = jpeg(golden("orientation-" + orientation + ".jpg"));
    assertThat(Orientation.of(file)).isEqualTo(orientation);
    BufferedImage found = Pictures.read("--image", file);
    Path shown =
        Files.write(folder.resolve("s.png"), golden("orientation-" + orientation + ".png"));
    BufferedImage expected = ImageIO.read(shown.toFile());
    assertThat(found.getWidth()).isEqualTo(expected.getWidth());
    assertThat(found.getHeight()).isEqualTo(expected.getHeight());
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        assertThat(found.getRaster().getSample(x, y, 0))
            .as("%s, %s", x, y)
            .isCloseTo(expected.getRaster().getSample(x, y, 0), within(DECODERS));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_BYTE_BINARY
      })
  void upright_anyType_keepsTypeAndSamples(int type) {
    BufferedImage stored = new BufferedImage(7, 5, type);
    Random random = new Random(type);
    for (int i = 0; i < 35; i++) {
      stored.setRGB(i % 7, i / 7, random.nextInt());
    }
    // A quarter turn clockwise: the lower left corner comes to the upper left.
    BufferedImage turned = Orientation.upright(stored, 6);
    assertThat(turned.getType()).isEqualTo(type);
    assertThat(turned.getColorModel()).isEqualTo(stored.getColorModel());
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 7; x++) {
        assertThat(turned.getRaster().getPixel(4 - y, x, (int[]) null))
            .isEqualTo(stored.getRaster().getPixel(x, y, (int[]) null));
      }
    }
    assertThat(Orientation.upright(stored, 1)).isSameAs(stored);
  }

  /** SOI and APP1's marker take 4 bytes, its length 2, "Exif" 6, the TIFF header 8, the count 2. */
  private static final int TAG = 22;

  @Test
  void of_brokenExif_isUprightAndThePhotoIsStillRead() throws Exception {
    byte[] whole = golden("orientation-6.jpg");
    assertThat((whole[TAG] << 8) | whole[TAG + 1]).isEqualTo(0x0112);
    for (int value : new int[] {0, 9, 65535}) {
      byte[] bytes = whole.clone();
      bytes[TAG + 8] = (byte) (value >> 8);
      bytes[TAG + 9] = (byte) value;
      assertUpright(bytes, "the value " + value);
    }
    assertUpright(with(whole, TAG + 3, 2), "a text");
    assertUpright(with(whole, TAG - 2, 255), "more entries than there are");
    assertUpright(with(whole, TAG - 6, 255), "a directory beyond the end");
    assertUpright(with(whole, 12, 'X'), "no byte order");
    assertUpright(with(whole, TAG, 7), "another tag");
    // The segment is cut after each of its bytes.
    int end = 4 + (((whole[4] & 255) << 8) | (whole[5] & 255));
    for (int cut = 6; cut < end - 5; cut++) {
      byte[] bytes = new byte[whole.length - end + cut];
      System.arraycopy(whole, 0, bytes, 0, cut);
      System.arraycopy(whole, end, bytes, cut, whole.length - end);
      bytes[4] = (byte) ((cut - 4) >> 8);
      bytes[5] = (byte) (cut - 4);
      int found = Orientation.of(jpeg(bytes));
      // What follows the two bytes of the value is not needed to know it.
      assertThat(found)
          .as("cut at %s", cut)
          .isIn(cut < TAG + 10 ? new Integer[] {1} : new Integer[] {1, 6});
      assertThat(Pictures.read("--image", jpeg(bytes)).getWidth()).isEqualTo(found == 1 ? 24 : 16);
    }
  }

  private static byte[] with(byte[] bytes, int place, int value) {
    byte[] copy = bytes.clone();
    copy[place] = (byte) value;
    return copy;
  }

  private void assertUpright(byte[] bytes, String what) throws Exception {
    Path file = jpeg(bytes);
    assertThat(Orientation.of(file)).as(what).isEqualTo(1);
    assertThat(Pictures.read("--image", file).getWidth()).as(what).isEqualTo(24);
  }

  @Test
  void of_otherFiles_isUpright() throws IOException {
    Path png = Files.write(folder.resolve("a.png"), golden("orientation-6.png"));
    assertThat(Orientation.of(png)).isEqualTo(1);
    assertThat(Orientation.of(folder.resolve("missing.jpg"))).isEqualTo(1);
    assertThat(Orientation.of(jpeg(new byte[] {(byte) 0xff}))).isEqualTo(1);
    assertThat(Orientation.of(jpeg("no picture".getBytes(StandardCharsets.UTF_8)))).isEqualTo(1);
    byte[] whole = golden("orientation-1.jpg");
    assertThat(Orientation.of(jpeg(Arrays.copyOf(whole, 3)))).isEqualTo(1);
  }
}
