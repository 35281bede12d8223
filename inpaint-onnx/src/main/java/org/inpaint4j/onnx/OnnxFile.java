package org.inpaint4j.onnx;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.inpaint4j.model.ModelFormatException;

/**
 * The outline of an ONNX file, which is a protocol buffer ({@code ModelProto}) without a magic
 * number: only tags and lengths are read, and every length is checked against the file.
 */
final class OnnxFile implements Closeable {

  private static final int IR_VERSION = 1;
  private static final int GRAPH = 7;

  /** The fields of ModelProto. */
  private static final Set<Integer> FIELDS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26);

  private static final int NEWEST_VERSION = 99;
  private static final int INITIALIZER = 5;
  private static final int DIMS = 1;
  private static final int DATA_TYPE = 2;

  /** FLOAT, FLOAT16, DOUBLE and BFLOAT16 of TensorProto. */
  private static final Set<Integer> FLOATS = Set.of(1, 10, 11, 16);

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final String name;
  private final FileChannel channel;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(1 << 13).limit(0);
  private long windowEnd;

  private OnnxFile(String name, FileChannel channel, long size) {
    this.name = name;
    this.channel = channel;
    this.size = size;
  }

  private static OnnxFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new OnnxFile(String.valueOf(file.getFileName()), channel, channel.size());
  }

  /** Whether a file begins as an ONNX network does, though it may be cut off. */
  static boolean isOnnx(Path file) throws IOException {
    try (OnnxFile outline = open(file)) {
      return outline.begins();
    } catch (ModelFormatException e) {
      return false; // tags of nothing that is known
    }
  }

  /**
   * Counts the values of all floating point tensors, and checks that the file is whole.
   *
   * @throws ModelFormatException if it is no protocol buffer, or ends too early
   */
  static long parameters(Path file) throws IOException {
    try (OnnxFile outline = open(file)) {
      return outline.count();
    }
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private boolean begins() throws IOException {
    boolean first = true;
    while (position() < size) {
      long tag = varint();
      int field = (int) (tag >>> 3);
      int wire = (int) (tag & 7);
      if (!FIELDS.contains(field) || (first && (field != IR_VERSION || wire != VARINT))) {
        return false;
      }
      if (first) {
        long version = varint();
        if (version < 1 || version > NEWEST_VERSION) {
          return false;
        }
        first = false;
      } else if (field == GRAPH) {
        return wire == LENGTH;
      } else {
        skip(wire, size);
      }
    }
    return false;
  }

  private long count() throws IOException {
    long parameters = 0;
    boolean graph = false;
    while (position() < size) {
      long tag = varint();
      if (tag >>> 3 == GRAPH && (tag & 7) == LENGTH) {
        graph = true;
        parameters += countGraph(end(size));
      } else {
        skip((int) (tag & 7), size);
      }
    }
    if (!graph) {
      throw problem("the file must hold a graph: found none");
    }
    return parameters;
  }

  private long countGraph(long end) throws IOException {
    long parameters = 0;
    while (position() < end) {
      long tag = varint();
      if (tag >>> 3 == INITIALIZER && (tag & 7) == LENGTH) {
        parameters += countTensor(end(end));
      } else {
        skip((int) (tag & 7), end);
      }
    }
    return parameters;
  }

  private long countTensor(long end) throws IOException {
    long values = 1;
    boolean floats = false;
    while (position() < end) {
      long tag = varint();
      int field = (int) (tag >>> 3);
      int wire = (int) (tag & 7);
      if (field == DIMS && wire == VARINT) {
        values *= dimension();
      } else if (field == DIMS && wire == LENGTH) {
        long dimensions = end(end);
        while (position() < dimensions) {
          values *= dimension();
        }
      } else if (field == DATA_TYPE && wire == VARINT) {
        floats = FLOATS.contains((int) varint());
      } else {
        skip(wire, end);
      }
    }
    return floats ? values : 0;
  }

  private long dimension() throws IOException {
    long dimension = varint();
    if (dimension < 0 || dimension > Integer.MAX_VALUE) {
      throw problem("a dimension must be less than 2^31: found " + dimension);
    }
    return dimension;
  }

  private void skip(int wire, long end) throws IOException {
    switch (wire) {
      case VARINT -> varint();
      case FIXED64 -> moveTo(position() + 8, end);
      case FIXED32 -> moveTo(position() + 4, end);
      case LENGTH -> moveTo(end(end), end);
      default -> throw problem("the file must be a protocol buffer: found wire type " + wire);
    }
  }

  /** Where what begins with its length ends. */
  private long end(long limit) throws IOException {
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

  private long varint() throws IOException {
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

  private long position() {
    return windowEnd - window.remaining();
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

  private ModelFormatException problem(String problem) {
    return new ModelFormatException(name, problem);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
