package org.inpaint4j.keras;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.model.ModelFormatException;

/**
 * Reads HDF5 files as Keras writes them (HDF5 File Format Specification 3.0): groups of both kinds,
 * attributes that are texts, and arrays of floating point numbers that lie in one piece. Links to
 * names and to other files are not followed. Chunked, packed and external arrays are refused.
 */
final class HdfFile {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;

  private final HdfBytes bytes;
  private final long root;
  private final Map<Long, HdfObject> objects = new HashMap<>();
  private final Map<Long, Map<String, Long>> links = new HashMap<>();

  private HdfFile(HdfBytes bytes, long root) {
    this.bytes = bytes;
    this.root = root;
  }

  /** Whether a file begins as HDF5 does. */
  static boolean isHdf(byte[] start) {
    return Arrays.equals(Arrays.copyOf(start, SIGNATURE.length), SIGNATURE);
  }

  /**
   * Opens a file.
   *
   * @param name for messages
   * @param content the whole file. Kept.
   * @throws ModelFormatException if it is no HDF5 file, or of a form that Keras does not write
   */
  static HdfFile of(String name, byte[] content) throws ModelFormatException {
    HdfBytes bytes = new HdfBytes(name, content);
    ByteBuffer start = bytes.part(0, 12, "the start");
    if (!isHdf(content)) {
      throw bytes.problem("the file must begin as HDF5 does", "its signature", "other bytes");
    }
    int version = start.get(8);
    boolean old = version == 0 || version == 1;
    if (!old && version != 2 && version != 3) {
      throw bytes.problem("the start must have a known version", "0 to 3", version);
    }
    int offsets = old ? bytes.part(13, 1, "the start").get(0) : start.get(9);
    if (offsets != 8 || bytes.part(old ? 14 : 10, 1, "the start").get(0) != 8) {
      throw bytes.problem("addresses must have 8 bytes", 8, offsets);
    }
    int extra = version == 1 ? 4 : 0;
    long base = bytes.part(old ? 24 + extra : 12, 8, "the start").getLong();
    if (base != 0) {
      throw bytes.problem("addresses must begin at the start of the file", 0, base);
    }
    return new HdfFile(bytes, bytes.part(old ? 64 + extra : 36, 8, "the start").getLong());
  }

  long root() {
    return root;
  }

  private HdfObject object(long address) throws ModelFormatException {
    HdfObject object = objects.get(address);
    if (object == null) {
      object = HdfObject.at(bytes, address);
      objects.put(address, object);
    }
    return object;
  }

  /** What a group has, by name. Not to be modified. */
  Map<String, Long> links(long group) throws ModelFormatException {
    Map<String, Long> found = links.get(group);
    if (found == null) {
      found = HdfGroup.links(bytes, object(group));
      links.put(group, found);
    }
    return found;
  }

  /**
   * The object that a path of names leads to.
   *
   * @param from the address of a group
   * @return nothing if there is no such name
   * @throws ModelFormatException also if the path crosses a link that is not followed
   */
  Optional<Long> find(long from, Iterable<String> path) throws ModelFormatException {
    long at = from;
    for (String name : path) {
      Long next = links(at).get(name);
      if (next == null) {
        return Optional.empty();
      }
      if (next == HdfBytes.NOWHERE) {
        throw bytes.problem("links must not lead to names or other files", "an object", name);
      }
      at = next;
    }
    return Optional.of(at);
  }

  /** The texts of an attribute, one for a scalar; nothing if there is no such attribute. */
  Optional<List<String>> texts(long object, String name) throws ModelFormatException {
    try {
      for (ByteBuffer message : object(object).all(HdfObject.ATTRIBUTE)) {
        Optional<List<String>> texts = texts(message, name);
        if (texts.isPresent()) {
          return texts;
        }
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw bytes.problem("the attribute " + name + " must be whole", "its values", "its end");
    }
    return Optional.empty();
  }

  private Optional<List<String>> texts(ByteBuffer in, String wanted) throws ModelFormatException {
    int version = in.get();
    int flags = in.get();
    int nameLength = Short.toUnsignedInt(in.getShort());
    int typeLength = Short.toUnsignedInt(in.getShort());
    int spaceLength = Short.toUnsignedInt(in.getShort());
    if (version == 3) {
      in.get(); // the set of characters
    }
    String name = StandardCharsets.UTF_8.decode(next(in, nameLength, version)).toString();
    if (!name.equals(wanted) && !name.equals(wanted + '\0')) {
      return Optional.empty();
    }
    if (version > 1 && flags != 0) {
      throw bytes.problem("attributes must say their types", "a type", "a reference");
    }
    HdfType type = HdfType.of(next(in, typeLength, version));
    HdfSpace space = HdfSpace.of(next(in, spaceLength, version));
    if (space.count(0) == 0 || type.kind() == HdfType.Kind.OTHER || type.isFloating()) {
      return Optional.of(List.of()); // Keras writes an empty list as numbers
    }
    int most = in.remaining() / type.size();
    long count = space.count(most);
    if (count > most) {
      throw bytes.problem("the attribute " + name + " must be whole", count, most);
    }
    return Optional.of(HdfHeap.texts(bytes, type, in, (int) count));
  }

  /** The next bytes of an attribute, which version 1 fills up to a multiple of 8. */
  private static ByteBuffer next(ByteBuffer in, int length, int version) {
    ByteBuffer part = in.slice().order(ByteOrder.LITTLE_ENDIAN).limit(length);
    in.position(in.position() + (version == 1 ? (length + 7) / 8 * 8 : length));
    return part;
  }

  /** An array of floating point numbers, as float32, which must have these dimensions. */
  float[] floats(long object, ImmutableIntArray shape, String name) throws ModelFormatException {
    HdfObject array = object(object);
    try {
      Optional<ByteBuffer> space = array.find(HdfObject.DATASPACE);
      Optional<ByteBuffer> type = array.find(HdfObject.DATATYPE);
      Optional<ByteBuffer> layout = array.find(HdfObject.LAYOUT);
      if (space.isEmpty() || type.isEmpty() || layout.isEmpty()) {
        throw bytes.problem(name + " must be an array", "an array", "something else");
      }
      HdfSpace sides = HdfSpace.of(space.get());
      List<Long> expected = shape.asList().stream().map(Integer::longValue).toList();
      if (!sides.sides().asList().equals(expected)) {
        throw bytes.problem(name + " must have the shape of its layer", shape, sides.sides());
      }
      HdfType element = HdfType.of(type.get());
      if (!element.isFloating()) {
        throw bytes.problem(name + " must hold floating point numbers", "16 to 64 bits", "others");
      }
      int most = bytes.size() / element.size();
      long count = sides.count(most);
      if (count > most) {
        throw bytes.problem(name + " must fit into the file", bytes.size() + " bytes", shape);
      }
      boolean elsewhere = array.has(HdfObject.EXTERNAL_FILES);
      ByteBuffer data = data(layout.get(), count * element.size(), elsewhere, name);
      return element.floats(data, (int) count);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw bytes.problem(name + " must be whole", "its values", "its end");
    }
  }

  private ByteBuffer data(ByteBuffer layout, long length, boolean elsewhere, String name)
      throws ModelFormatException {
    int version = layout.get();
    int kind = layout.get();
    if (elsewhere || version < 3 || version > 4 || (kind != COMPACT && kind != CONTIGUOUS)) {
      throw bytes.problem(name + " must lie in one piece in the file", "contiguous", "chunks");
    }
    if (kind == CONTIGUOUS) {
      return bytes.part(layout.getLong(), length, name);
    }
    layout.getShort(); // the length
    return layout.slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
