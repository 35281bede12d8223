package org.inpaint4j.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExifTest {

  /** A maker, an orientation, the size, and a thumbnail of four bytes. */
  private static byte[] block(int orientation, boolean little) {
    Ifd ifd = new Ifd(little);
    ifd.put(0x010F, Ifd.ASCII, 6, "Maker\0".getBytes(StandardCharsets.US_ASCII));
    ifd.putNumbers(Exif.ORIENTATION, Ifd.SHORT, orientation);
    Ifd size = new Ifd(little);
    size.putNumbers(0xA002, Ifd.LONG, 4000);
    size.putNumbers(0xA003, Ifd.SHORT, 3000);
    ifd.putNumbers(Ifd.EXIF, Ifd.LONG, 0);
    ifd.children.put(Ifd.EXIF, size);
    int first = (int) ifd.size();
    Ifd thumbnail = new Ifd(little);
    thumbnail.putNumbers(0x0201, Ifd.LONG, 8 + first + 30);
    thumbnail.putNumbers(0x0202, Ifd.LONG, 4);
    ByteBuffer block =
        ByteBuffer.allocate(8 + first + 30 + 4)
            .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    byte order = (byte) (little ? 'I' : 'M');
    block.put(order).put(order).putShort((short) 42).putInt(8);
    ifd.write(block, 0);
    // The place of the next directory stands behind the fields of the first.
    block.putInt(8 + 2 + 12 * 3, 8 + first);
    thumbnail.write(block, 0);
    block.put(new byte[] {1, 2, 3, 4});
    return block.array();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void upright_turnedBlock_hasOrientationAndSizePatchedAndNoThumbnail(boolean little)
      throws IOException {
    byte[] block = block(6, little);
    assertThat(Exif.orientation(Ifd.first(block))).isEqualTo(6);
    assertThat(Ifd.first(block).next).isPositive();
    byte[] upright = Exif.upright(block, true);
    assertThat(upright).hasSameSizeAs(block);
    Ifd ifd = Ifd.first(upright);
    assertThat(Exif.orientation(ifd)).isEqualTo(1);
    assertThat(ifd.children.get(Ifd.EXIF).number(0xA002, 0)).isEqualTo(3000);
    assertThat(ifd.children.get(Ifd.EXIF).number(0xA003, 0)).isEqualTo(4000);
    assertThat(ifd.next).isZero();
    assertThat(Arrays.copyOfRange(upright, upright.length - 4, upright.length))
        .isEqualTo(new byte[4]);
    assertThat(new String(ifd.field(0x010F).value(), StandardCharsets.US_ASCII))
        .isEqualTo("Maker\0");
  }

  @Test
  void take_orientationOutOfRangeOrOfAnotherType_isUpright() {
    for (int value : new int[] {0, 9, 65535}) {
      Metadata metadata = new Metadata();
      Exif.take(block(value, true), metadata);
      assertThat(metadata.orientation).isEqualTo(1);
    }
  }

  @Test
  void take_blockCutOrChangedAnywhere_neverFails() {
    byte[] whole = block(6, false);
    for (int i = 0; i < whole.length; i++) {
      Metadata cut = new Metadata();
      Exif.take(Arrays.copyOf(whole, i), cut);
      assertThat(cut.orientation).isIn(1, 6);
      byte[] changed = whole.clone();
      changed[i] ^= (byte) 0xFF;
      Metadata other = new Metadata();
      Exif.take(changed, other);
      assertThat(other.orientation).isIn(1, 6);
      other.upright();
    }
  }

  @Test
  void upright_xmp_hasOrientationReset() {
    Metadata metadata = new Metadata();
    metadata.orientation = 8;
    metadata.xmp =
        "<a tiff:Orientation=\"8\"/><tiff:Orientation>3</tiff:Orientation>"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(new String(metadata.upright().xmp, StandardCharsets.UTF_8))
        .isEqualTo("<a tiff:Orientation=\"1\"/><tiff:Orientation>1</tiff:Orientation>");
  }

  @Test
  void upright_turnedResolution_changesPlaces() {
    Metadata metadata = new Metadata();
    metadata.orientation = 5;
    metadata.resolution = new Metadata.Resolution(300, 150);
    assertThat(metadata.upright().resolution).isEqualTo(new Metadata.Resolution(150, 300));
  }

  @Test
  void upright_allOrientationsOfATwoByThreePicture_areTheExifTable() {
    // Stored:  1 2     What is seen, row by row, for each orientation (Exif 2.32, 4.6.4.A).
    //          3 4
    //          5 6
    String[] seen = {
      "123456", "214365", "654321", "563412", "135246", "531642", "642531", "246135"
    };
    java.awt.image.BufferedImage stored = Layout.bytes(1, false).create(2, 3);
    for (int i = 0; i < 6; i++) {
      stored.getRaster().setSample(i % 2, i / 2, 0, i + 1);
    }
    for (int orientation = 1; orientation <= 8; orientation++) {
      java.awt.image.BufferedImage upright = Orientation.upright(stored, orientation);
      StringBuilder found = new StringBuilder();
      for (byte sample : Resources.samples(upright)) {
        found.append(sample);
      }
      assertThat(found).as("orientation %s", orientation).hasToString(seen[orientation - 1]);
      assertThat(upright.getWidth()).isEqualTo(orientation >= 5 ? 3 : 2);
    }
  }
}
