package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads PNG files (PNG specification, third edition): all colour types and depths, interlaced or
 * not, with what the file says beside its samples.
 *
 * <p>Not ImageIO's reader: that one drops profiles, EXIF data and some kinds of transparency.
 */
final class PngReader {

  private static final int FIRST_CHUNK = 8;

  /** The columns and rows of the seven passes: first, and step. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final Bytes file;
  private final Metadata metadata;
  private final PngChunks data;
  private @Nullable PngHeader header;
  private byte @Nullable [] palette;
  private byte @Nullable [] transparency;

  private PngReader(byte[] file, Metadata metadata) {
    this.file = new Bytes(file, false);
    this.metadata = metadata;
    this.data = new PngChunks(file);
  }

  static BufferedImage read(byte[] file, Metadata metadata) throws IOException {
    PngReader reader = new PngReader(file, metadata);
    try {
      return reader.decode(reader.chunks());
    } finally {
      reader.data.close();
    }
  }

  private PngHeader chunks() throws IOException {
    long at = FIRST_CHUNK;
    while (true) {
      long length = file.u32(at);
      String type = file.tag(at + 4);
      file.check(at + 8, length + 4);
      boolean critical = Character.isUpperCase(type.charAt(0));
      if (isWhole(at, length)) {
        take(type, at + 8, (int) length);
      } else if (critical) {
        throw new IOException("its chunk " + type + " does not have the sum it says");
      }
      if (type.equals("IEND")) {
        break;
      }
      at += 12 + length;
    }
    PngHeader found = header;
    if (found == null) {
      throw new IOException("it has no header");
    }
    return found;
  }

  private boolean isWhole(long at, long length) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(file.data, (int) at + 4, (int) length + 4);
    return crc.getValue() == file.u32(at + 8 + length);
  }

  private void take(String type, long at, int length) throws IOException {
    if (header == null && !type.equals("IHDR")) {
      throw new IOException("its header must come first: found " + type);
    }
    switch (type) {
      case "IHDR" -> header = PngHeader.read(file, at, length);
      case "PLTE" -> palette = file.slice(at, length);
      case "tRNS" -> transparency = file.slice(at, length);
      case "IDAT" -> data.add((int) at, length);
      case "IEND" -> {}
      default -> {
        if (Character.isUpperCase(type.charAt(0))) {
          throw new IOException("it must have no unknown critical chunk: found " + type);
        }
        PngMetadata.take(type, new Bytes(file.slice(at, length), false), metadata);
      }
    }
  }

  private BufferedImage decode(PngHeader png) throws IOException {
    PngPixels pixels = new PngPixels(png, palette, transparency, metadata);
    if (png.interlaced()) {
      for (int[] pass : PASSES) {
        int columns = (png.width() - pass[0] + pass[2] - 1) / pass[2];
        int rows = (png.height() - pass[1] + pass[3] - 1) / pass[3];
        if (columns > 0 && rows > 0) {
          pass(png, pixels, columns, rows, pass);
        }
      }
    } else {
      pass(png, pixels, png.width(), png.height(), new int[] {0, 0, 1, 1});
    }
    return pixels.image();
  }

  private void pass(PngHeader png, PngPixels pixels, int columns, int rows, int[] place)
      throws IOException {
    int length = png.rowBytes(columns);
    byte[] row = new byte[length + 1];
    byte[] before = new byte[length + 1];
    for (int y = 0; y < rows; y++) {
      if (!data.read(row)) {
        throw new EOFException("it ends too early");
      }
      PngFilter.undo(row, before, png.pixelBytes());
      pixels.put(row, columns, place[0], place[2], place[1] + y * place[3]);
      byte[] swap = before;
      before = row;
      row = swap;
    }
  }
}
