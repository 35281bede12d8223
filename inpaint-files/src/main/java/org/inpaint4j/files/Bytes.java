package org.inpaint4j.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The numbers of a file in memory; whatever lies beyond its end is an error. */
final class Bytes {

  final byte[] data;
  private final boolean little;

  Bytes(byte[] data, boolean little) {
    this.data = data;
    this.little = little;
  }

  boolean isLittle() {
    return little;
  }

  int length() {
    return data.length;
  }

  int u8(long at) throws IOException {
    check(at, 1);
    return data[(int) at] & 255;
  }

  int u16(long at) throws IOException {
    check(at, 2);
    int first = data[(int) at] & 255;
    int second = data[(int) at + 1] & 255;
    return little ? second << 8 | first : first << 8 | second;
  }

  long u32(long at) throws IOException {
    long first = u16(at);
    long second = u16(at + 2);
    return little ? second << 16 | first : first << 16 | second;
  }

  /** A place or a count; one that is too large for a long is beyond the end of any file. */
  long u64(long at) throws IOException {
    long first = u32(at);
    long second = u32(at + 4);
    long number = little ? second << 32 | first : first << 32 | second;
    if (number < 0) {
      throw new EOFException("it ends too early");
    }
    return number;
  }

  int i32(long at) throws IOException {
    return (int) u32(at);
  }

  /** Four letters. */
  String tag(long at) throws IOException {
    check(at, 4);
    return new String(data, (int) at, 4, StandardCharsets.ISO_8859_1);
  }

  byte[] slice(long from, long length) throws IOException {
    check(from, length);
    return Arrays.copyOfRange(data, (int) from, (int) (from + length));
  }

  boolean startsWith(long at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return at >= 0
        && at + expected.length <= data.length
        && Arrays.equals(data, (int) at, (int) at + expected.length, expected, 0, expected.length);
  }

  void check(long at, long length) throws IOException {
    if (at < 0 || length < 0 || at > data.length - length) {
      throw new EOFException("it ends too early");
    }
  }
}
