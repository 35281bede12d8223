package org.inpaint4j.onnx;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.inpaint4j.model.ModelFormatException;

/**
 * Reads the tags, numbers and bytes of a protocol buffer in a file. Every length is checked against
 * what it lies in, so no more is allocated than the file is long.
 */
final class Protobuf implements Closeable {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int FIXED32 = 5;

  private final String name;
  private final FileChannel channel;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(1 << 13).limit(0);
  private long windowEnd;

  private Protobuf(String name, FileChannel channel, long size) {
    this.name = name;
    this.channel = channel;
    this.size = size;
  }

  static Protobuf open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new Protobuf(String.valueOf(file.getFileName()), channel, channel.size());
  }

  long size() {
    return size;
  }

  long position() {
    return windowEnd - window.remaining();
  }

  /** Leaves a field out. */
  void skip(int wire, long end) throws IOException {
    switch (wire) {
      case VARINT -> varint();
      case FIXED64 -> moveTo(position() + 8, end);
      case FIXED32 -> moveTo(position() + 4, end);
      case LENGTH -> moveTo(end(end), end);
      default -> throw problem("the file must be a protocol buffer: found wire type " + wire);
    }
  }

  /** Reads a length; where what it belongs to ends. */
  long end(long limit) throws IOException {
    long length = varint();
    if (length < 0 || length > limit - position()) {
      throw problem(
          "the file must be whole: expected "
              + Long.toUnsignedString(length)
              + " more bytes at "
              + position()
              + ", found "
              + (limit - position()));
    }
    return position() + length;
  }

  long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = read();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw problem("a number must have at most ten bytes: found more at " + position());
  }

  /** The bytes up to an end that {@link #end} has given, little-endian. */
  ByteBuffer bytes(long end) throws IOException {
    long length = end - position();
    if (length > Integer.MAX_VALUE - 8) {
      throw problem("a field must be shorter than 2 GiB: found " + length + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.put((byte) read());
    }
    return bytes.flip();
  }

  String text(long end) throws IOException {
    return StandardCharsets.UTF_8.decode(bytes(end)).toString();
  }

  float fixed32() throws IOException {
    int bits = read() | read() << 8 | read() << 16 | read() << 24;
    return Float.intBitsToFloat(bits);
  }

  private void moveTo(long position, long end) throws IOException {
    if (position > end) {
      throw problem("the file must be whole: expected " + position + " bytes, found " + size);
    }
    if (position <= windowEnd) {
      window.position(window.limit() - (int) (windowEnd - position));
    } else {
      window.limit(0);
      windowEnd = position;
    }
  }

  private int read() throws IOException {
    if (!window.hasRemaining()) {
      window.clear();
      int count = channel.read(window, windowEnd);
      window.flip();
      if (count <= 0) {
        throw problem("the file must be whole: expected more bytes, found " + size);
      }
      windowEnd += count;
    }
    return window.get() & 0xff;
  }

  ModelFormatException problem(String problem) {
    return new ModelFormatException(name, problem);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
