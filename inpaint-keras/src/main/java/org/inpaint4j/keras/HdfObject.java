package org.inpaint4j.keras;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.model.ModelFormatException;

/**
 * An object of an HDF5 file, a group or a data set: the messages of its header, of which it
 * consists. Both versions of the header are read; checksums are not looked at.
 */
final class HdfObject {

  static final int DATASPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int DATATYPE = 0x03;
  static final int LINK = 0x06;
  static final int EXTERNAL_FILES = 0x07;
  static final int LAYOUT = 0x08;
  static final int ATTRIBUTE = 0x0C;
  private static final int CONTINUATION = 0x10;
  static final int SYMBOL_TABLE = 0x11;

  private static final int SHARED = 2;
  private static final int TIMES = 0x20;
  private static final int ATTRIBUTE_COUNTS = 0x10;
  private static final int CREATION_ORDER = 4;

  private record Message(int type, boolean shared, ByteBuffer data) {}

  private record Block(long address, long length) {}

  private final HdfBytes bytes;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<Block> blocks = new ArrayDeque<>();

  private HdfObject(HdfBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a header.
   *
   * @throws ModelFormatException if there is none at that address, or it is broken
   */
  static HdfObject at(HdfBytes bytes, long address) throws ModelFormatException {
    HdfObject object = new HdfObject(bytes);
    try {
      if (bytes.part(address, 1, "a header").get(0) == 1) {
        object.readFirstVersion(address);
      } else {
        object.readSecondVersion(address);
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw bytes.problem("a header must be whole", "its messages", "its end");
    }
    return object;
  }

  private void readFirstVersion(long address) throws ModelFormatException {
    ByteBuffer start = bytes.part(address, 16, "a header");
    blocks.add(new Block(address + 16, Integer.toUnsignedLong(start.getInt(8))));
    while (!blocks.isEmpty()) {
      Block block = blocks.remove();
      ByteBuffer in = bytes.part(block.address, block.length, "a header");
      while (in.remaining() >= 8) {
        int type = Short.toUnsignedInt(in.getShort());
        int length = Short.toUnsignedInt(in.getShort());
        int flags = in.get();
        in.position(in.position() + 3);
        add(type, flags, in, length);
      }
    }
  }

  private void readSecondVersion(long address) throws ModelFormatException {
    ByteBuffer start = bytes.part(address, 6, "a header", "OHDR");
    int version = start.get();
    if (version != 2) {
      throw bytes.problem("a header must have a known version", "1 or 2", version);
    }
    int flags = start.get();
    long at =
        address + 6 + ((flags & TIMES) != 0 ? 16 : 0) + ((flags & ATTRIBUTE_COUNTS) != 0 ? 4 : 0);
    int width = 1 << (flags & 3);
    long length = number(bytes.part(at, width, "a header"), width);
    readChunk(at + width, length, flags);
    while (!blocks.isEmpty()) {
      Block block = blocks.remove();
      bytes.part(block.address, 4, "a header", "OCHK");
      readChunk(block.address + 4, block.length - 8, flags); // without letters and checksum
    }
  }

  private void readChunk(long address, long length, int flags) throws ModelFormatException {
    ByteBuffer in = bytes.part(address, length, "a header");
    int order = (flags & CREATION_ORDER) != 0 ? 2 : 0;
    while (in.remaining() >= 4 + order) {
      int type = Byte.toUnsignedInt(in.get());
      int size = Short.toUnsignedInt(in.getShort());
      int messageFlags = in.get();
      in.position(in.position() + order);
      add(type, messageFlags, in, size);
    }
  }

  private void add(int type, int flags, ByteBuffer in, int length) {
    ByteBuffer data = in.slice().order(ByteOrder.LITTLE_ENDIAN).limit(length);
    in.position(in.position() + length);
    if (type == CONTINUATION) {
      blocks.add(new Block(data.getLong(), data.getLong()));
    } else {
      messages.add(new Message(type, (flags & SHARED) != 0, data));
    }
  }

  /** Bytes as a number without a sign. */
  static long number(ByteBuffer in, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= Byte.toUnsignedLong(in.get()) << (8 * i);
    }
    return value;
  }

  boolean has(int type) {
    return messages.stream().anyMatch(message -> message.type == type);
  }

  /** The first message of a type. */
  Optional<ByteBuffer> find(int type) throws ModelFormatException {
    List<ByteBuffer> found = all(type);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  /** All messages of a type, each from its beginning. */
  List<ByteBuffer> all(int type) throws ModelFormatException {
    List<ByteBuffer> found = new ArrayList<>();
    for (Message message : messages) {
      if (message.type == type) {
        if (message.shared) {
          throw bytes.problem("messages must stand in their object", "a message", "a reference");
        }
        found.add(message.data.duplicate().order(ByteOrder.LITTLE_ENDIAN));
      }
    }
    return found;
  }
}
