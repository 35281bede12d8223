package org.inpaint4j.keras;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.model.ModelFormatException;

/**
 * The links of a group that has many, in files of HDF5 1.8 and later: messages in a fractal heap,
 * whose places are the records of a B-tree of version 2.
 *
 * <p>A tree of up to two levels and a heap without blocks of blocks are read, which is enough for a
 * thousand links.
 */
final class HdfDenseLinks {

  private static final int HASH = 4;

  private final HdfBytes bytes;
  private final List<ByteBuffer> links = new ArrayList<>();

  /** Bytes of an offset in the heap. */
  private final int offsetWidth;

  private final int lengthWidth;
  private final int tableWidth;
  private final long firstBlock;
  private final long largestBlock;
  private final long root;
  private final int rows;

  private HdfDenseLinks(HdfBytes bytes, long heap) throws ModelFormatException {
    this.bytes = bytes;
    ByteBuffer in = bytes.part(heap, 142, "a heap of links", "FRHP");
    offsetWidth = (Short.toUnsignedInt(in.getShort(128)) + 7) / 8;
    lengthWidth = Short.toUnsignedInt(in.getShort(5)) - 1 - offsetWidth;
    tableWidth = Short.toUnsignedInt(in.getShort(110));
    firstBlock = in.getLong(112);
    largestBlock = in.getLong(120);
    root = in.getLong(132);
    rows = Short.toUnsignedInt(in.getShort(140));
    if (in.getShort(7) != 0
        || offsetWidth < 1
        || offsetWidth > 7
        || lengthWidth < 1
        || lengthWidth > 4
        || firstBlock < 1
        || firstBlock > bytes.size()
        || tableWidth < 1) {
      throw bytes.problem("a heap of links must not be packed", "plain blocks", "others");
    }
  }

  static List<ByteBuffer> of(HdfBytes bytes, long heap, long tree) throws ModelFormatException {
    HdfDenseLinks dense = new HdfDenseLinks(bytes, heap);
    dense.readTree(tree);
    return dense.links;
  }

  private void readTree(long address) throws ModelFormatException {
    ByteBuffer tree = bytes.part(address, 34, "a tree of links", "BTHD");
    int nodeSize = tree.getInt(6);
    int recordSize = Short.toUnsignedInt(tree.getShort(10));
    int depth = Short.toUnsignedInt(tree.getShort(12));
    long node = tree.getLong(16);
    int records = Short.toUnsignedInt(tree.getShort(24));
    if (depth > 1 || recordSize < HASH + 1 + offsetWidth + lengthWidth || nodeSize < 16) {
      throw bytes.problem("a tree of links must be flat", "at most 2 levels", depth + 1);
    }
    if (records == 0) {
      return;
    }
    if (depth == 0) {
      readRecords(
          bytes.part(node, 6 + (long) records * recordSize, "links", "BTLF"), recordSize, records);
      return;
    }
    int most = (nodeSize - 10) / recordSize;
    int width = (31 - Integer.numberOfLeadingZeros(Math.max(1, most))) / 8 + 1;
    long pointers = (records + 1L) * (8 + width);
    ByteBuffer inner =
        bytes.part(node, 6 + (long) records * recordSize + pointers, "links", "BTIN");
    readRecords(inner, recordSize, records);
    inner.position(6 + records * recordSize);
    for (int i = 0; i <= records; i++) {
      long leaf = inner.getLong();
      int count = (int) HdfObject.number(inner, width);
      readRecords(
          bytes.part(leaf, 6 + (long) Math.max(0, count) * recordSize, "links", "BTLF"),
          recordSize,
          Math.max(0, count));
    }
  }

  private void readRecords(ByteBuffer node, int recordSize, int records)
      throws ModelFormatException {
    for (int i = 0; i < records; i++) {
      node.position(6 + i * recordSize + HASH);
      if ((node.get() & 0x30) != 0) {
        throw bytes.problem(
            "a link must lie in a block of its heap", "a managed object", "another");
      }
      long offset = HdfObject.number(node, offsetWidth);
      long length = HdfObject.number(node, lengthWidth);
      links.add(bytes.part(address(offset), length, "a link"));
    }
  }

  /** Where in the file an offset of the heap is. Each row of blocks but the second is doubled. */
  private long address(long offset) throws ModelFormatException {
    if (rows == 0) {
      return root + offset;
    }
    long start = 0;
    long size = firstBlock;
    for (int row = 0; row < rows; row++) {
      size = row > 1 ? 2 * size : size;
      if (size > largestBlock || size > bytes.size()) {
        break;
      }
      if (offset < start + size * tableWidth) {
        int column = (int) ((offset - start) / size);
        long entry = root + 13 + offsetWidth + 8L * ((long) row * tableWidth + column);
        bytes.part(root, 4, "a block of links", "FHIB");
        return bytes.part(entry, 8, "a block of links").getLong() + (offset - start) % size;
      }
      start += size * tableWidth;
    }
    throw bytes.problem(
        "a link must lie in a block of its heap", "an offset below " + start, offset);
  }
}
