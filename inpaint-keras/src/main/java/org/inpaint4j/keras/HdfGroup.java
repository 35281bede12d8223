package org.inpaint4j.keras;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.model.ModelFormatException;

/**
 * What the links of a group lead to: the address of an object, or {@link HdfBytes#NOWHERE} for
 * links to a name or into another file, which are not followed.
 */
final class HdfGroup {

  private static final int SOFT = 2;
  private static final int DEEPEST = 8;

  private final HdfBytes bytes;
  private final Map<String, Long> links = new LinkedHashMap<>();

  private HdfGroup(HdfBytes bytes) {
    this.bytes = bytes;
  }

  /** The links of a group, in the order of the file; none if the object is not a group. */
  static Map<String, Long> links(HdfBytes bytes, HdfObject object) throws ModelFormatException {
    HdfGroup group = new HdfGroup(bytes);
    try {
      group.read(object);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw bytes.problem("a group must be whole", "its links", "its end");
    }
    return group.links;
  }

  private void read(HdfObject object) throws ModelFormatException {
    Optional<ByteBuffer> table = object.find(HdfObject.SYMBOL_TABLE);
    if (table.isPresent()) {
      long tree = table.get().getLong(0);
      ByteBuffer heap = bytes.part(table.get().getLong(8), 32, "the names of a group", "HEAP");
      long names = heap.getLong(24);
      readTree(tree, names, names + heap.getLong(8), DEEPEST);
    }
    for (ByteBuffer link : object.all(HdfObject.LINK)) {
      readLink(link);
    }
    Optional<ByteBuffer> info = object.find(HdfObject.LINK_INFO);
    if (info.isPresent()) {
      ByteBuffer in = info.get();
      in.get(); // version
      boolean counted = (in.get() & 1) != 0;
      in.position(in.position() + (counted ? 8 : 0));
      long heap = in.getLong();
      long tree = in.getLong();
      if (heap != HdfBytes.NOWHERE) {
        for (ByteBuffer link : HdfDenseLinks.of(bytes, heap, tree)) {
          readLink(link);
        }
      }
    }
  }

  /** A node of a B-tree of version 1: of other nodes, or of tables of symbols. */
  private void readTree(long address, long names, long end, int levels)
      throws ModelFormatException {
    ByteBuffer node = bytes.part(address, 24, "a node of a group", "TREE");
    int level = Byte.toUnsignedInt(node.get(5));
    int entries = Short.toUnsignedInt(node.getShort(6));
    if (node.get(4) != 0 || levels == 0) {
      throw bytes.problem("a group must have a tree of names", "at most 8 levels", level);
    }
    ByteBuffer children = bytes.part(address + 24, 16L * entries, "a node of a group");
    for (int i = 0; i < entries; i++) {
      long child = children.getLong(16 * i + 8);
      if (level > 0) {
        readTree(child, names, end, levels - 1);
      } else {
        readTable(child, names, end);
      }
    }
  }

  private void readTable(long address, long names, long end) throws ModelFormatException {
    ByteBuffer table = bytes.part(address, 8, "a table of symbols", "SNOD");
    int count = Short.toUnsignedInt(table.getShort(6));
    ByteBuffer entries = bytes.part(address + 8, 40L * count, "a table of symbols");
    for (int i = 0; i < count; i++) {
      long name = entries.getLong(40 * i);
      boolean soft = entries.getInt(40 * i + 16) == SOFT;
      links.put(
          bytes.text(Math.max(0, names) + name, end, "a name"),
          soft ? HdfBytes.NOWHERE : entries.getLong(40 * i + 8));
    }
  }

  private void readLink(ByteBuffer link) throws ModelFormatException {
    link.get(); // version
    int flags = link.get();
    int type = (flags & 8) != 0 ? link.get() : 0;
    link.position(link.position() + ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0));
    long length = HdfObject.number(link, 1 << (flags & 3));
    if (length < 0 || length > link.remaining()) {
      throw bytes.problem("a name must fit its link", link.remaining() + " bytes", length);
    }
    byte[] name = new byte[(int) length];
    link.get(name);
    links.put(
        new String(name, StandardCharsets.UTF_8), type == 0 ? link.getLong() : HdfBytes.NOWHERE);
  }
}
