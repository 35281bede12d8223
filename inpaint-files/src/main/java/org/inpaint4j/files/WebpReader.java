package org.inpaint4j.files;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads WebP files, of an animation the first picture. The samples are decoded by TwelveMonkeys'
 * reader, which is given them alone, so that it cannot convert them from a profile to sRGB.
 */
final class WebpReader {

  private static final int HEADER = 12;
  private static final int ALPHA = 0x10;

  private final Bytes file;
  private final Metadata metadata;
  private byte @Nullable [] alpha;
  private byte @Nullable [] lossy;
  private byte @Nullable [] lossless;

  private WebpReader(byte[] file, Metadata metadata) {
    this.file = new Bytes(file, true);
    this.metadata = metadata;
  }

  static BufferedImage read(byte[] file, Metadata metadata) throws IOException {
    WebpReader reader = new WebpReader(file, metadata);
    reader.chunks(HEADER, 8 + reader.file.u32(4));
    return Plugin.read(new WebPImageReaderSpi(), reader.samplesOnly());
  }

  private void chunks(long from, long end) throws IOException {
    if (end > file.length() + 1L) {
      throw new EOFException("it ends too early");
    }
    long at = from;
    while (at + 8 <= Math.min(end, file.length())) {
      String type = file.tag(at);
      long length = file.u32(at + 4);
      file.check(at + 8, length);
      switch (type) {
        case "ICCP" -> metadata.profile = file.slice(at + 8, length);
        case "EXIF" -> Exif.take(file.slice(at + 8, length), metadata);
        case "XMP " -> metadata.xmp = file.slice(at + 8, length);
        case "ALPH" -> alpha = alpha == null ? file.slice(at + 8, length) : alpha;
        case "VP8 " -> lossy = lossy == null ? file.slice(at + 8, length) : lossy;
        case "VP8L" -> lossless = lossless == null ? file.slice(at + 8, length) : lossless;
        case "ANMF" -> {
          if (lossy == null && lossless == null) {
            metadata.notes.add("it is an animation, of which the first picture is taken");
            chunks(at + 8 + 16, at + 8 + length);
          }
        }
        default -> {}
      }
      at += 8 + length + (length & 1);
    }
  }

  private byte[] samplesOnly() throws IOException {
    byte[] samples = lossless;
    if (samples != null) {
      Bytes bytes = new Bytes(samples, true);
      long size = bytes.u32(1);
      check((int) (size & 0x3FFF) + 1, (int) (size >> 14 & 0x3FFF) + 1);
      return riff(chunk("VP8L", samples));
    }
    samples = lossy;
    if (samples == null) {
      throw new IOException("it has no samples");
    }
    Bytes bytes = new Bytes(samples, true);
    int width = bytes.u16(6) & 0x3FFF;
    int height = bytes.u16(8) & 0x3FFF;
    check(width, height);
    byte[] opacity = alpha;
    if (opacity == null) {
      return riff(chunk("VP8 ", samples));
    }
    ByteBuffer extended = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    extended.putInt(ALPHA);
    extended.putShort((short) (width - 1)).put((byte) 0);
    extended.putShort((short) (height - 1)).put((byte) 0);
    return riff(chunk("VP8X", extended.array()), chunk("ALPH", opacity), chunk("VP8 ", samples));
  }

  private static void check(int width, int height) throws IOException {
    Limits.check(width, height, 4, 2);
  }

  private static ByteBuffer chunk(String type, byte[] content) {
    ByteBuffer chunk =
        ByteBuffer.allocate(8 + content.length + (content.length & 1))
            .order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).putInt(content.length).put(content);
    return chunk.rewind();
  }

  private static byte[] riff(ByteBuffer... chunks) {
    int length = 4;
    for (ByteBuffer chunk : chunks) {
      length += chunk.capacity();
    }
    ByteBuffer riff = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    riff.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(length);
    riff.put("WEBP".getBytes(StandardCharsets.ISO_8859_1));
    for (ByteBuffer chunk : chunks) {
      riff.put(chunk);
    }
    return riff.array();
  }
}
