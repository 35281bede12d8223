package org.inpaint4j.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory of a TIFF structure (TIFF 6.0, section 2), or of a BigTIFF file, whose counts and
 * places have 8 bytes: fields by their tags.
 */
final class Ifd {

  static final int BYTE = 1;
  static final int ASCII = 2;
  static final int SHORT = 3;
  static final int LONG = 4;
  static final int RATIONAL = 5;
  static final int UNDEFINED = 7;

  /** Tags whose values are places of other directories: EXIF, GPS, interoperability. */
  static final int EXIF = 0x8769;

  static final int GPS = 0x8825;
  static final int INTEROPERABILITY = 0xA005;

  /** The place of a directory. */
  private static final int PLACE = 13;

  /** A number of 8 bytes and such a place: of BigTIFF alone. */
  private static final int BIG_LONG = 16;

  private static final int BIG_PLACE = 18;

  private static final int CLASSIC = 42;
  private static final int BIG = 43;
  private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
  private static final int MOST_FIELDS = 4096;
  private static final int MOST_DEPTH = 3;

  /**
   * A field.
   *
   * @param at where its value lies in the bytes
   * @param length how many bytes it has
   * @param bytes the structure, or the value alone; in the structure's order
   */
  record Field(int type, long count, long at, long length, Bytes bytes) {

    long number(int index) throws IOException {
      if (index >= count) {
        throw new IOException("a field must have more numbers: found " + count);
      }
      return switch (type) {
        case BYTE, UNDEFINED -> bytes.u8(at + index);
        case SHORT -> bytes.u16(at + 2L * index);
        case LONG, PLACE -> bytes.u32(at + 4L * index);
        case BIG_LONG, BIG_PLACE -> bytes.u64(at + 8L * index);
        default -> throw new IOException("a field must be a whole number: found type " + type);
      };
    }

    double real(int index) throws IOException {
      if (type != RATIONAL || index >= count) {
        return number(index);
      }
      return (double) bytes.u32(at + 8L * index) / bytes.u32(at + 8L * index + 4);
    }

    byte[] value() throws IOException {
      return bytes.slice(at, length);
    }
  }

  final boolean little;
  final TreeMap<Integer, Field> fields = new TreeMap<>();
  final TreeMap<Integer, Ifd> children = new TreeMap<>();

  /** Where the place of the next directory stands. */
  long nextAt;

  long next;

  Ifd(boolean little) {
    this.little = little;
  }

  /** The first directory of a structure. */
  static Ifd first(byte[] structure) throws IOException {
    if (structure.length < 8 || structure[0] != structure[1]) {
      throw new IOException("a TIFF structure must begin with II or MM");
    }
    Bytes bytes = new Bytes(structure, structure[0] == 'I');
    if (bytes.u16(2) != CLASSIC) {
      throw new IOException("a TIFF structure must have the number 42");
    }
    return read(bytes, bytes.u32(4), 0, false);
  }

  static boolean isBig(Bytes file) throws IOException {
    return file.u16(2) == BIG;
  }

  /** The first directory of a BigTIFF file. */
  static Ifd firstOfBig(Bytes file) throws IOException {
    return read(file, file.u64(8), 0, true);
  }

  private static Ifd read(Bytes bytes, long at, int depth, boolean big) throws IOException {
    Ifd ifd = new Ifd(bytes.isLittle());
    long count = big ? bytes.u64(at) : bytes.u16(at);
    if (count > MOST_FIELDS) {
      throw new IOException("a directory must have few fields: found " + count);
    }
    for (int i = 0; i < count; i++) {
      ifd.readField(bytes, big ? at + 8 + 20L * i : at + 2 + 12L * i, depth, big);
    }
    if (!big) {
      ifd.readNext(bytes, at + 2 + 12L * count);
    }
    return ifd;
  }

  /**
   * What can be read of a directory without others below it: fields that are broken are left out.
   */
  static Ifd readable(Bytes bytes, long at) {
    Ifd ifd = new Ifd(bytes.isLittle());
    int count;
    try {
      count = bytes.u16(at);
      ifd.readNext(bytes, at + 2 + 12L * count);
    } catch (IOException e) {
      return ifd;
    }
    for (int i = 0; i < count; i++) {
      try {
        ifd.readField(bytes, at + 2 + 12L * i, MOST_DEPTH, false);
      } catch (IOException e) {
        // Those behind it may be whole.
      }
    }
    return ifd;
  }

  private void readNext(Bytes bytes, long at) throws IOException {
    nextAt = at;
    next = at + 4 <= bytes.length() ? bytes.u32(at) : 0;
  }

  private void readField(Bytes bytes, long entry, int depth, boolean big) throws IOException {
    int tag = bytes.u16(entry);
    int type = bytes.u16(entry + 2);
    long values = big ? bytes.u64(entry + 4) : bytes.u32(entry + 4);
    if (type <= 0 || type > (big ? BIG_PLACE : PLACE) || SIZES[type] == 0) {
      return;
    }
    bytes.check(0, values);
    long length = values * SIZES[type];
    long valueAt = entry + (big ? 12 : 8);
    if (length > (big ? 8 : 4)) {
      valueAt = big ? bytes.u64(valueAt) : bytes.u32(valueAt);
    }
    bytes.check(valueAt, length);
    // Not copied: fields may overlap, so that together they are larger than the file.
    Field field = new Field(type, values, valueAt, length, bytes);
    boolean isPlace = tag == EXIF || tag == GPS || tag == INTEROPERABILITY;
    boolean isNumber = type == LONG || type >= PLACE;
    if (isPlace && depth < MOST_DEPTH && values > 0 && isNumber) {
      try {
        children.put(tag, read(bytes, field.number(0), depth + 1, big));
      } catch (IOException e) {
        // A broken part of the metadata is left out.
        fields.remove(tag);
        return;
      }
    } else if (depth > 0 && type > PLACE) {
      // EXIF data is written to files that have no numbers of 8 bytes.
      return;
    }
    fields.put(tag, field);
  }

  @Nullable Field field(int tag) {
    return fields.get(tag);
  }

  /** The first number of a field. */
  long number(int tag, long otherwise) throws IOException {
    Field field = fields.get(tag);
    return field == null || field.count() == 0 ? otherwise : field.number(0);
  }

  void put(int tag, int type, long count, byte[] value) {
    fields.put(tag, new Field(type, count, 0, value.length, new Bytes(value, little)));
  }

  void putNumbers(int tag, int type, long... numbers) {
    ByteBuffer value = ByteBuffer.allocate(numbers.length * SIZES[type]).order(order());
    for (long number : numbers) {
      if (type == SHORT) {
        value.putShort((short) number);
      } else {
        value.putInt((int) number);
      }
    }
    put(tag, type, type == RATIONAL ? numbers.length / 2 : numbers.length, value.array());
  }

  ByteOrder order() {
    return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /** How many bytes {@link #write} takes. */
  long size() {
    long size = 6 + 12L * fields.size();
    for (Map.Entry<Integer, Field> field : fields.entrySet()) {
      Ifd child = children.get(field.getKey());
      long length = child != null ? child.size() : field.getValue().length();
      size += child != null || length > 4 ? length + (length & 1) : 0;
    }
    return size;
  }

  /**
   * Writes this directory with all that belongs to it.
   *
   * @param into stands where the directory is to be, at an even place
   * @param base the place in the structure of the buffer's first byte
   */
  void write(ByteBuffer into, long base) {
    into.order(order());
    int at = into.position();
    into.putShort((short) fields.size());
    int data = at + 6 + 12 * fields.size();
    for (Map.Entry<Integer, Field> entry : fields.entrySet()) {
      Field field = entry.getValue();
      Ifd child = children.get(entry.getKey());
      into.putShort((short) (int) entry.getKey());
      into.putShort((short) (child != null ? LONG : field.type()));
      into.putInt((int) (child != null ? 1 : field.count()));
      if (child == null && field.length() <= 4) {
        into.put(field.bytes().data, (int) field.at(), (int) field.length());
        into.put(new byte[4 - (int) field.length()]);
        continue;
      }
      into.putInt((int) (base + data));
      int back = into.position();
      into.position(data);
      if (child != null) {
        child.write(into, base);
      } else {
        into.put(field.bytes().data, (int) field.at(), (int) field.length());
      }
      if ((into.position() & 1) != 0) {
        into.put((byte) 0);
      }
      data = into.position();
      into.position(back);
    }
    into.putInt(0);
    into.position(data);
  }
}
