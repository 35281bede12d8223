package org.inpaint4j.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures by {@code orientation_golden.py}: JPEG files, and how OpenCV shows them. */
class OrientationTest {

  /**
   * Decoders of JPEG may differ by a level or two in rounding; the corners differ by 30 or more.
   */
  private static final int DECODERS = 3;

  private static byte[] golden(String name) throws IOException {
    return Resources.bytes("orientation/" + name);
  }

  private static BufferedImage read(byte[] file) throws IOException {
    return PictureFile.read(file).image();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void read_eachOrientation_isAsOpenCvShowsIt(int orientation) throws IOException {
    BufferedImage found = read(golden(orientation + ".jpg"));
    BufferedImage expected = read(golden(orientation + ".png"));
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

  /** SOI and APP1's marker take 4 bytes, its length 2, "Exif" 6, the TIFF header 8, the count 2. */
  private static final int TAG = 22;

  @Test
  void of_brokenExif_isUprightAndThePhotoIsStillRead() throws IOException {
    byte[] whole = golden("6.jpg");
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
      int width = read(bytes).getWidth();
      // What follows the two bytes of the value is not needed to know it.
      assertThat(width).as("cut at %s", cut).isIn(cut < TAG + 10 ? List.of(24) : List.of(24, 16));
    }
  }

  private static byte[] with(byte[] bytes, int place, int value) {
    byte[] copy = bytes.clone();
    copy[place] = (byte) value;
    return copy;
  }

  private static void assertUpright(byte[] bytes, String what) throws IOException {
    assertThat(read(bytes).getWidth()).as(what).isEqualTo(24);
  }
}
