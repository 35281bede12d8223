package org.inpaint4j.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that claim to be huge. */
class BombsTest {

  @TempDir private Path folder;

  private static byte[] chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] header(int width, int height) {
    return ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) 2).array();
  }

  private static byte[] png(byte[]... chunks) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    for (byte[] chunk : chunks) {
      file.writeBytes(chunk);
    }
    return file.toByteArray();
  }

  private static byte[] deflatedZeros(int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(new byte[count]);
    }
    return bytes.toByteArray();
  }

  @Test
  void read_hugePngHeader_isRefusedBeforeDecoding() throws IOException {
    byte[] file =
        png(
            chunk("IHDR", header(100_000, 100_000)),
            chunk("IDAT", deflatedZeros(1000)),
            chunk("IEND", new byte[0]));
    assertThatThrownBy(() -> PictureFile.read(file))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("it must fit into memory: expected at most")
        .hasMessageContaining("found 100000x100000 pixels");
  }

  @Test
  void read_headersOfAllFormats_areRefusedBeforeDecoding() throws IOException {
    byte[] bmp = Resources.picture("photo.png").toBytes(PictureFormat.BMP);
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 60_000).putInt(22, 60_000);
    byte[] tiff = Resources.picture("photo.png").toBytes(PictureFormat.TIFF);
    Ifd ifd = Ifd.first(tiff);
    ByteBuffer patched = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    patched.putInt((int) ifd.field(TiffReader.WIDTH).at(), 1 << 20);
    patched.putInt((int) ifd.field(TiffReader.HEIGHT).at(), 1 << 20);
    byte[] jpeg = Resources.bytes("ori6.jpg");
    int frame = 0;
    while ((jpeg[frame] & 255) != 0xFF || (jpeg[frame + 1] & 255) != 0xC0) {
      frame++;
    }
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65500).putShort(frame + 7, (short) 65500);
    for (byte[] file : new byte[][] {bmp, tiff, jpeg}) {
      assertThatThrownBy(() -> PictureFile.read(file))
          .isInstanceOf(PictureException.class)
          .hasMessageContaining("it must fit into memory");
    }
  }

  @Test
  void read_profileThatInflatesToMuch_isLeftOut() throws IOException {
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    profile.writeBytes(new byte[] {'x', 0, 0});
    profile.writeBytes(deflatedZeros(100 << 20));
    byte[] row = new byte[1 + 3];
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(samples)) {
      out.write(row);
    }
    PictureFile picture =
        PictureFile.read(
            png(
                chunk("IHDR", header(1, 1)),
                chunk("iCCP", profile.toByteArray()),
                chunk("IDAT", samples.toByteArray()),
                chunk("IEND", new byte[0])));
    assertThat(picture.profile()).isEmpty();
    assertThat(picture.notes()).containsExactly("its chunk iCCP is broken, and left out");
  }

  @Test
  void read_zipOfZeros_isRefusedAfterAFewBytes() throws IOException {
    Path zip = folder.resolve("zeros.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a.png"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 3000; i++) {
        out.write(zeros);
      }
    }
    try (PictureSet set = PictureSet.open(zip, false)) {
      assertThat(set.names()).containsExactly("a.png");
      assertThatThrownBy(() -> set.bytes("a.png"))
          .isInstanceOf(PictureException.class)
          .hasMessageContaining("found something else in a.png");
    }
  }

  @Test
  void read_fieldsThatOverlap_costNothing() {
    // 4000 fields, each of which claims the whole structure.
    int fields = 4000;
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 12 * fields + 4).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    tiff.putShort((short) fields);
    for (int i = 0; i < fields; i++) {
      tiff.putShort((short) (1000 + i)).putShort((short) 7).putInt(tiff.capacity()).putInt(0);
    }
    Metadata metadata = new Metadata();
    Exif.take(tiff.array(), metadata);
    assertThat(metadata.orientation).isEqualTo(1);
    assertThat(metadata.exif).isNull();
  }
}
