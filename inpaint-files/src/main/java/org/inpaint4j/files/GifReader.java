package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Reads the first picture of a GIF file, with Java's reader. */
final class GifReader {

  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int END = 0x3B;

  private GifReader() {}

  static BufferedImage read(byte[] data, Metadata metadata) throws IOException {
    Bytes file = new Bytes(data, true);
    int pictures = 0;
    int flags = file.u8(10);
    long at = 13 + ((flags & 0x80) != 0 ? 3L << ((flags & 7) + 1) : 0);
    while (pictures < 2 && at < file.length() && file.u8(at) != END) {
      int block = file.u8(at);
      if (block == EXTENSION) {
        at = end(file, at + 2);
      } else if (block == IMAGE) {
        if (pictures++ == 0) {
          Limits.check(file.u16(at + 5), file.u16(at + 7), 4, 1);
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
    return Plugin.readByJdk("gif", data);
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
