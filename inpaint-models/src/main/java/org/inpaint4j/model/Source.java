package org.inpaint4j.model;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a weight file, read at random places. Every read is checked against the size, so no
 * reader can be made to allocate more than the file is long.
 */
abstract class Source implements Closeable {

  private final String name;
  private final @Nullable Path path;
  private final long size;
  private byte[] scratch = new byte[0];

  private Source(String name, @Nullable Path path, long size) {
    this.name = name;
    this.path = path;
    this.size = size;
  }

  static Source open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    boolean opened = false;
    try {
      Source source =
          new Source(String.valueOf(file.getFileName()), file, channel.size()) {
            @Override
            void fill(long position, ByteBuffer target) throws IOException {
              while (target.hasRemaining()) {
                int count = channel.read(target, position);
                if (count < 0) {
                  throw problem("the file must not shrink while it is read");
                }
                position += count;
              }
            }

            @Override
            public void close() throws IOException {
              channel.close();
            }
          };
      opened = true;
      return source;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  static Source of(String name, byte[] bytes) {
    return new Source(name, null, bytes.length) {
      @Override
      void fill(long position, ByteBuffer target) {
        target.put(bytes, (int) position, target.remaining());
      }

      @Override
      public void close() {}
    };
  }

  /** Fills the whole target from a range that lies inside the file. */
  abstract void fill(long position, ByteBuffer target) throws IOException;

  final String name() {
    return name;
  }

  /** The file itself, or null if the source is an array. */
  final @Nullable Path path() {
    return path;
  }

  final long size() {
    return size;
  }

  /**
   * The bytes from {@code position} on, little-endian.
   *
   * @param what what is read, for the message when the file ends before it
   */
  final ByteBuffer read(long position, long length, String what) throws IOException {
    int checked = checkInside(position, length, what);
    ByteBuffer buffer = ByteBuffer.allocate(checked).order(ByteOrder.LITTLE_ENDIAN);
    fill(position, buffer);
    return buffer.flip();
  }

  /**
   * The same in a buffer that is used again: for tensors one after the other, which would leave as
   * much garbage as the file is long.
   *
   * @return valid until the next call of this method or of {@link #scratch}
   */
  final ByteBuffer readOver(long position, long length, String what) throws IOException {
    int checked = checkInside(position, length, what);
    ByteBuffer buffer =
        ByteBuffer.wrap(scratch(checked), 0, checked).order(ByteOrder.LITTLE_ENDIAN);
    fill(position, buffer);
    return buffer.flip();
  }

  /**
   * An array that is used again, of at least so many bytes.
   *
   * @return valid until the next call of this method or of {@link #readOver}
   */
  final byte[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new byte[length];
    }
    return scratch;
  }

  private int checkInside(long position, long length, String what) throws ModelFormatException {
    if (position < 0 || length < 0 || position > size || length > size - position) {
      throw problem(
          what
              + " must lie inside the file: expected "
              + length
              + " bytes at "
              + position
              + ", found a file of "
              + size);
    }
    if (length > Integer.MAX_VALUE - 8) {
      throw problem(what + " must be shorter than 2 GiB: found " + length + " bytes");
    }
    return (int) length;
  }

  /** A stream over the file from {@code position} on; closing it does nothing. */
  final SourceStream stream(long position) {
    return new SourceStream(this, position);
  }

  final String sha256() throws IOException {
    MessageDigest digest = newSha256();
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(1 << 16, size));
    for (long position = 0; position < size; position += chunk.limit()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), size - position));
      fill(position, chunk);
      digest.update(chunk.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  final ModelFormatException problem(String problem) {
    return new ModelFormatException(name, problem);
  }

  /** Reads a source byte after byte and knows where it is. */
  static final class SourceStream extends InputStream {

    private final Source source;
    private final ByteBuffer chunk;
    private long nextChunk;

    private SourceStream(Source source, long position) {
      this.source = source;
      this.nextChunk = position;
      this.chunk =
          ByteBuffer.allocate((int) Math.max(1, Math.min(1 << 13, source.size() - position)));
      chunk.limit(0);
    }

    /** The place in the file of the byte that is read next. */
    long position() {
      return nextChunk - chunk.remaining();
    }

    /** How many bytes are left in the file. */
    long remaining() {
      return source.size() - position();
    }

    private boolean exhausted() throws IOException {
      if (chunk.hasRemaining()) {
        return false;
      }
      if (nextChunk >= source.size()) {
        return true;
      }
      chunk.clear().limit((int) Math.min(chunk.capacity(), source.size() - nextChunk));
      source.fill(nextChunk, chunk);
      chunk.flip();
      nextChunk += chunk.limit();
      return false;
    }

    @Override
    public int read() throws IOException {
      return exhausted() ? -1 : chunk.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (exhausted()) {
        return -1;
      }
      int count = Math.min(length, chunk.remaining());
      chunk.get(target, offset, count);
      return count;
    }
  }
}
