package org.inpaint4j.keras;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.inpaint4j.model.ModelFormatException;

/**
 * The bytes of an HDF5 file. Parts of it are handed out after their place was checked, and only so
 * many in all: a file whose parts refer to each other in circles comes to an end.
 */
final class HdfBytes {

  /** An address that refers to nothing. */
  static final long NOWHERE = -1;

  private static final int MOST_TIMES = 4;
  private static final int MORE = 64 << 20;

  private final String file;
  private final byte[] bytes;
  private long left;

  /**
   * Of a whole file.
   *
   * @param file its name, for messages
   * @param bytes kept
   */
  HdfBytes(String file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
    this.left = (long) MOST_TIMES * bytes.length + MORE;
  }

  int size() {
    return bytes.length;
  }

  /** The part [address, address + length), little-endian. */
  ByteBuffer part(long address, long length, String what) throws ModelFormatException {
    if (address < 0 || length < 0 || address > bytes.length - length) {
      throw problem(
          what + " must lie in the file", bytes.length + " bytes", address + " + " + length);
    }
    left -= Math.max(length, 8);
    if (left < 0) {
      throw problem("parts must not refer to each other in circles", "an end", what);
    }
    return ByteBuffer.wrap(bytes, (int) address, (int) length)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A part that begins with four letters, which are skipped. */
  ByteBuffer part(long address, long length, String what, String letters)
      throws ModelFormatException {
    ByteBuffer part = part(address, length, what);
    for (int i = 0; i < letters.length(); i++) {
      if (part.get() != letters.charAt(i)) {
        throw problem(what + " must begin with " + letters, letters, "other bytes");
      }
    }
    return part;
  }

  /** The letters from a place to the next zero, which must lie before {@code end}. */
  String text(long address, long end, String what) throws ModelFormatException {
    long last = Math.min(end, bytes.length);
    if (address < 0 || address >= last) {
      throw problem(what + " must lie in the file", bytes.length + " bytes", address);
    }
    int to = (int) address;
    while (to < last && bytes[to] != 0) {
      to++;
    }
    ByteBuffer letters = part(address, to - address, what);
    return StandardCharsets.UTF_8.decode(letters).toString();
  }

  ModelFormatException problem(String rule, Object expected, Object found) {
    return new ModelFormatException(
        file, "HDF5: " + rule + ": expected " + expected + ", found " + found);
  }
}
