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

  /** Where the bytes of the thumbnail are. */
  private static final int PICTURE = 200;

  /** A maker, an orientation, the size, and a thumbnail of four bytes. */
  private static byte[] block(int orientation, boolean little) {
    Ifd thumbnail = new Ifd(little);
    thumbnail.putNumbers(0x0201, Ifd.LONG, PICTURE);
    thumbnail.putNumbers(0x0202, Ifd.LONG, 4);
    return block(orientation, thumbnail);
  }

  /** The same with another directory behind the first; the four bytes are at {@link #PICTURE}. */
  private static byte[] block(int orientation, Ifd thumbnail) {
    boolean little = thumbnail.little;
    Ifd ifd = new Ifd(little);
    ifd.put(0x010F, Ifd.ASCII, 6, "Maker\0".getBytes(StandardCharsets.US_ASCII));
    ifd.putNumbers(Exif.ORIENTATION, Ifd.SHORT, orientation);
    Ifd size = new Ifd(little);
    size.putNumbers(0xA002, Ifd.LONG, 4000);
    size.putNumbers(0xA003, Ifd.SHORT, 3000);
    ifd.putNumbers(Ifd.EXIF, Ifd.LONG, 0);
    ifd.children.put(Ifd.EXIF, size);
    int first = (int) ifd.size();
    ByteBuffer block =
        ByteBuffer.allocate(PICTURE + 4)
            .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    byte order = (byte) (little ? 'I' : 'M');
    block.put(order).put(order).putShort((short) 42).putInt(8);
    ifd.write(block, 0);
    // The place of the next directory stands behind the fields of the first.
    block.putInt(8 + 2 + 12 * 3, 8 + first);
    thumbnail.write(block, 0);
    assertThat(block.position()).isLessThanOrEqualTo(PICTURE);
    block.position(PICTURE).put(new byte[] {1, 2, 3, 4});
    return block.array();
  }

  private static void assertThumbnailIsErased(byte[] upright) throws IOException {
    assertThat(Ifd.first(upright).next).isZero();
    assertThat(Arrays.copyOfRange(upright, PICTURE, PICTURE + 4)).isEqualTo(new byte[4]);
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
    assertThumbnailIsErased(upright);
    assertThat(new String(ifd.field(0x010F).value(), StandardCharsets.US_ASCII))
        .isEqualTo("Maker\0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void upright_thumbnailWithABrokenField_isErased(boolean little) throws IOException {
    Ifd thumbnail = new Ifd(little);
    // Its value is said to be behind the end of the block.
    thumbnail.putNumbers(0x011A, Ifd.RATIONAL, 72, 1);
    thumbnail.putNumbers(0x0201, Ifd.LONG, PICTURE);
    thumbnail.putNumbers(0x0202, Ifd.LONG, 4);
    byte[] block = block(1, thumbnail);
    int at = (int) Ifd.first(block).next;
    ByteBuffer.wrap(block).putInt(at + 2 + 8, 0x7FFFFFFF);
    assertThumbnailIsErased(Exif.upright(block, false));
  }

  @Test
  void upright_sizeOfAnotherType_hasNoThumbnailAndKeepsTheSize() throws IOException {
    byte[] block = block(6, false);
    Ifd size = Ifd.first(block).children.get(Ifd.EXIF);
    // The type of the width stands two bytes behind its tag.
    int type = (int) size.field(0xA002).at() - 6;
    ByteBuffer.wrap(block).putShort(type, (short) 9);
    byte[] upright = Exif.upright(block, true);
    assertThumbnailIsErased(upright);
    assertThat(Exif.orientation(Ifd.first(upright))).isEqualTo(1);
    assertThat(Ifd.first(upright).children.get(Ifd.EXIF).number(0xA003, 0)).isEqualTo(3000);
  }

  @Test
  void upright_thumbnailOfStrips_isErased() throws IOException {
    Ifd thumbnail = new Ifd(true);
    thumbnail.putNumbers(TiffReader.STRIP_OFFSETS, Ifd.LONG, PICTURE + 2, PICTURE);
    thumbnail.putNumbers(TiffReader.STRIP_BYTES, Ifd.SHORT, 2, 2);
    assertThumbnailIsErased(Exif.upright(block(1, thumbnail), false));
  }

  @Test
  void upright_twoThumbnails_areBothErased() throws IOException {
    byte[] block = Arrays.copyOf(block(1, true), 300);
    Ifd second = new Ifd(true);
    second.putNumbers(0x0201, Ifd.LONG, 290);
    second.putNumbers(0x0202, Ifd.LONG, 10);
    second.write(ByteBuffer.wrap(block).position(250), 0);
    Arrays.fill(block, 290, 300, (byte) 7);
    Ifd thumbnail = Ifd.readable(new Bytes(block, true), Ifd.first(block).next);
    ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putInt((int) thumbnail.nextAt, 250);
    byte[] upright = Exif.upright(block, false);
    assertThumbnailIsErased(upright);
    assertThat(Arrays.copyOfRange(upright, 290, 300)).containsOnly(0);
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
