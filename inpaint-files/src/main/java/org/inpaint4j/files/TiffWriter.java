package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes classic TIFF files (TIFF 6.0), not BigTIFF: strips that are compressed by deflate, with
 * profile, EXIF data and resolution. Bytes are predicted from their left neighbours; Java's own
 * reader knows that for bytes alone.
 */
final class TiffWriter {

  private static final int STRIP = 1 << 18;
  private static final int HEADER = 8;
  private static final int MAGIC = 42;
  private static final long MOST = 0xFFFF0000L;

  private TiffWriter() {}

  static void write(BufferedImage image, Metadata metadata, OutputStream out) throws IOException {
    Layout layout = Layout.of(image);
    Ifd ifd = Exif.forTiff(metadata.exif);
    PixelRows rows = new PixelRows(image, ifd.little);
    int rowsPerStrip = Math.max(1, STRIP / rows.length());
    List<byte[]> strips = new ArrayList<>();
    for (int y = 0; y < image.getHeight(); y += rowsPerStrip) {
      strips.add(strip(rows, layout, y, Math.min(image.getHeight(), y + rowsPerStrip)));
    }
    describe(ifd, image, layout, metadata);
    ifd.putNumbers(278, Ifd.LONG, rowsPerStrip);
    long[] places = new long[strips.size()];
    long[] lengths = new long[strips.size()];
    ifd.putNumbers(TiffReader.STRIP_OFFSETS, Ifd.LONG, places);
    ifd.putNumbers(TiffReader.STRIP_BYTES, Ifd.LONG, lengths);
    long at = HEADER + ifd.size();
    for (int i = 0; i < places.length; i++) {
      places[i] = at;
      lengths[i] = strips.get(i).length;
      at += lengths[i] + (lengths[i] & 1);
    }
    if (at > MOST) {
      throw new PictureException("a TIFF file must have at most 4 GB: found " + at + " bytes");
    }
    ifd.putNumbers(TiffReader.STRIP_OFFSETS, Ifd.LONG, places);
    ifd.putNumbers(TiffReader.STRIP_BYTES, Ifd.LONG, lengths);
    ByteBuffer head = ByteBuffer.allocate((int) (HEADER + ifd.size())).order(ifd.order());
    head.put((byte) (ifd.little ? 'I' : 'M')).put((byte) (ifd.little ? 'I' : 'M'));
    head.putShort((short) MAGIC).putInt(HEADER);
    ifd.write(head, 0);
    out.write(head.array());
    for (byte[] strip : strips) {
      out.write(strip);
      if ((strip.length & 1) != 0) {
        out.write(0);
      }
    }
  }

  private static void describe(Ifd ifd, BufferedImage image, Layout layout, Metadata metadata) {
    ifd.putNumbers(TiffReader.WIDTH, Ifd.LONG, image.getWidth());
    ifd.putNumbers(TiffReader.HEIGHT, Ifd.LONG, image.getHeight());
    ifd.putNumbers(TiffReader.BITS, Ifd.SHORT, same(layout.bands(), layout.bits()));
    ifd.putNumbers(259, Ifd.SHORT, 8); // deflate
    ifd.putNumbers(TiffReader.PHOTOMETRIC, Ifd.SHORT, layout.colors() == 1 ? 1 : 2);
    ifd.putNumbers(Exif.ORIENTATION, Ifd.SHORT, Orientation.UPRIGHT);
    ifd.putNumbers(TiffReader.SAMPLES, Ifd.SHORT, layout.bands());
    ifd.putNumbers(284, Ifd.SHORT, 1); // pixel by pixel
    ifd.putNumbers(317, Ifd.SHORT, layout.type() == DataBuffer.TYPE_BYTE ? 2 : 1); // predictor
    if (layout.alpha()) {
      ifd.putNumbers(338, Ifd.SHORT, layout.premultiplied() ? 1 : 2);
    }
    if (layout.isFloat()) {
      ifd.putNumbers(339, Ifd.SHORT, same(layout.bands(), 3));
    }
    Metadata.Resolution dots = metadata.resolution;
    if (dots != null) {
      ifd.putNumbers(Exif.X_RESOLUTION, Ifd.RATIONAL, rational(dots.x()));
      ifd.putNumbers(Exif.Y_RESOLUTION, Ifd.RATIONAL, rational(dots.y()));
      ifd.putNumbers(Exif.RESOLUTION_UNIT, Ifd.SHORT, 2);
    }
    byte[] xmp = metadata.xmp;
    if (xmp != null) {
      ifd.put(TiffReader.XMP, Ifd.BYTE, xmp.length, xmp);
    }
    byte[] profile = metadata.profile;
    if (profile != null) {
      ifd.put(TiffReader.PROFILE, Ifd.UNDEFINED, profile.length, profile);
    }
  }

  private static long[] same(int count, long value) {
    long[] all = new long[count];
    Arrays.fill(all, value);
    return all;
  }

  private static long[] rational(double value) {
    return value == Math.rint(value)
        ? new long[] {(long) value, 1}
        : new long[] {Math.round(value * 1000), 1000};
  }

  private static byte[] strip(PixelRows rows, Layout layout, int from, int to) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(5);
    try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, deflater, 1 << 14)) {
      byte[] row = new byte[rows.length()];
      for (int y = from; y < to; y++) {
        rows.read(y, row, 0);
        if (layout.type() == DataBuffer.TYPE_BYTE) {
          for (int i = row.length - 1; i >= layout.bands(); i--) {
            row[i] -= row[i - layout.bands()];
          }
        }
        out.write(row);
      }
    } finally {
      deflater.end();
    }
    return compressed.toByteArray();
  }
}
