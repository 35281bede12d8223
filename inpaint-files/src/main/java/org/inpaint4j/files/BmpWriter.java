package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes Windows bitmaps of 8 bits: gray with a palette, RGB with 24 bits, and with alpha 32 bits
 * and masks. Alpha and profiles need a version 5 header; all else has the header that every program
 * reads.
 */
final class BmpWriter {

  private static final int FILE_HEADER = 14;
  private static final int INFO = 40;
  private static final int VERSION_5 = 124;
  private static final int MOST = Integer.MAX_VALUE - 64;

  private BmpWriter() {}

  static void write(BufferedImage image, Metadata metadata, OutputStream out) throws IOException {
    Layout layout = Layout.of(image);
    byte[] profile = metadata.profile;
    boolean gray = layout.colors() == 1 && !layout.alpha();
    int pixel = gray ? 1 : layout.alpha() ? 4 : 3;
    int header = layout.alpha() || profile != null ? VERSION_5 : INFO;
    int palette = gray ? 1024 : 0;
    long stride = ((long) image.getWidth() * pixel + 3) / 4 * 4;
    long samples = stride * image.getHeight();
    int start = FILE_HEADER + header + palette;
    int profileLength = profile == null ? 0 : profile.length;
    if (start + samples + profileLength > MOST) {
      throw new PictureException("a BMP file must have at most 2 GB: write a .png instead");
    }
    ByteBuffer head = ByteBuffer.allocate(start).order(ByteOrder.LITTLE_ENDIAN);
    head.put((byte) 'B').put((byte) 'M').putInt((int) (start + samples + profileLength));
    head.putInt(0).putInt(start);
    head.putInt(header).putInt(image.getWidth()).putInt(image.getHeight());
    head.putShort((short) 1).putShort((short) (8 * pixel));
    head.putInt(layout.alpha() ? 3 : 0).putInt((int) samples);
    Metadata.Resolution dots = metadata.resolution;
    head.putInt(dots == null ? 0 : (int) Math.round(dots.x() / PngMetadata.INCH));
    head.putInt(dots == null ? 0 : (int) Math.round(dots.y() / PngMetadata.INCH));
    head.putInt(gray ? 256 : 0).putInt(0);
    if (header == VERSION_5) {
      version5(
          head,
          layout.alpha(),
          profile == null ? 0 : header + palette + (int) samples,
          profileLength);
    }
    for (int i = 0; i < palette / 4; i++) {
      head.putInt(i * 0x010101);
    }
    out.write(head.array());
    samples(image, layout, (int) stride, pixel, out);
    if (profile != null) {
      out.write(profile);
    }
  }

  private static void version5(ByteBuffer head, boolean alpha, int profileAt, int profileLength) {
    head.putInt(alpha ? 0xFF0000 : 0).putInt(alpha ? 0xFF00 : 0).putInt(alpha ? 0xFF : 0);
    head.putInt(alpha ? 0xFF000000 : 0);
    head.putInt(profileLength > 0 ? 0x4D424544 : 0x73524742); // MBED, sRGB
    head.position(FILE_HEADER + 108);
    head.putInt(4).putInt(profileAt).putInt(profileLength).putInt(0);
  }

  private static void samples(
      BufferedImage image, Layout layout, int stride, int pixel, OutputStream out)
      throws IOException {
    byte[] data = (byte[]) Layout.array(image);
    byte[] row = new byte[stride];
    int bands = layout.bands();
    for (int y = image.getHeight() - 1; y >= 0; y--) {
      int from = y * image.getWidth() * bands;
      for (int to = 0; to < image.getWidth() * pixel; to += pixel, from += bands) {
        for (int k = 0; k < Math.min(pixel, 3); k++) {
          row[to + k] = data[from + layout.offset(layout.colors() == 1 ? 0 : 2 - k)];
        }
        if (layout.alpha()) {
          row[to + 3] = data[from + layout.offset(layout.colors())];
        }
      }
      out.write(row);
    }
  }
}
