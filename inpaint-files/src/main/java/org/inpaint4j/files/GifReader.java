package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * Reads the first picture of a GIF file, with Java's reader. It is as large as the screen of the
 * file, of which the picture may be a part.
 */
final class GifReader {

  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int END = 0x3B;

  private GifReader() {}

  static BufferedImage read(byte[] data, Metadata metadata) throws IOException {
    Bytes file = new Bytes(data, true);
    int pictures = 0;
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
    int flags = file.u8(10);
    long at = 13 + ((flags & 0x80) != 0 ? 3L << ((flags & 7) + 1) : 0);
    while (pictures < 2 && at < file.length() && file.u8(at) != END) {
      int block = file.u8(at);
      if (block == EXTENSION) {
        at = end(file, at + 2);
      } else if (block == IMAGE) {
        if (pictures++ == 0) {
          left = file.u16(at + 1);
          top = file.u16(at + 3);
          width = Math.max(file.u16(6), left + file.u16(at + 5));
          height = Math.max(file.u16(8), top + file.u16(at + 7));
          Limits.check(width, height, 4, 1);
        }
        int local = file.u8(at + 9);
        at = end(file, at + 11 + ((local & 0x80) != 0 ? 3L << ((local & 7) + 1) : 0));
      } else {
        throw new IOException("it must have known blocks: found " + block);
      }
    }
    if (pictures == 0) {
      throw new IOException("it has no samples");
    }
    if (pictures > 1) {
      metadata.notes.add("it is an animation, of which the first picture is taken");
    }
    BufferedImage frame = Plugin.readByJdk("gif", data);
    return width == frame.getWidth() && height == frame.getHeight()
        ? frame
        : placed(Normal.of(frame, metadata), left, top, width, height);
  }

  /** A picture on the screen of its file, which is transparent around it. */
  private static BufferedImage placed(
      BufferedImage frame, int left, int top, int width, int height) {
    Layout from = Layout.of(frame);
    BufferedImage screen = Layout.bytes(from.colors(), true).create(width, height);
    for (int y = 0; y < frame.getHeight(); y++) {
      for (int x = 0; x < frame.getWidth(); x++) {
        for (int b = 0; b <= from.colors(); b++) {
          int sample = b < from.bands() ? frame.getRaster().getSample(x, y, b) : 255;
          screen.getRaster().setSample(left + x, top + y, b, sample);
        }
      }
    }
    return screen;
  }

  /** Behind the sub-blocks from a place on. */
  private static long end(Bytes file, long from) throws IOException {
    long at = from;
    while (file.u8(at) != 0) {
      at += 1 + file.u8(at);
    }
    return at + 1;
  }
}
