package org.inpaint4j.keras;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.model.ModelFormatException;

/** Texts of an HDF5 file: in place, or in one of its global heaps. */
final class HdfHeap {

  private HdfHeap() {}

  /**
   * Reads all texts of an attribute.
   *
   * @param data the elements. Its position is moved.
   * @param count of the elements, no more than there are
   */
  static List<String> texts(HdfBytes bytes, HdfType type, ByteBuffer data, int count)
      throws ModelFormatException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (type.kind() == HdfType.Kind.TEXT_ELSEWHERE) {
        int length = data.getInt();
        texts.add(text(bytes, data.getLong(), data.getInt(), length));
      } else {
        byte[] letters = new byte[type.size()];
        data.get(letters);
        texts.add(untilZero(letters));
      }
    }
    return texts;
  }

  private static String untilZero(byte[] letters) {
    int length = 0;
    while (length < letters.length && letters[length] != 0) {
      length++;
    }
    return new String(letters, 0, length, StandardCharsets.UTF_8);
  }

  private static String text(HdfBytes bytes, long address, int index, int length)
      throws ModelFormatException {
    if (length == 0 || index == 0) {
      return "";
    }
    ByteBuffer start = bytes.part(address, 16, "a heap", "GCOL");
    long end = address + start.getLong(8);
    // An object has an index, a count of references, a length, and its bytes up to a multiple of 8.
    for (long at = address + 16; at >= 0 && at + 16 <= end; ) {
      ByteBuffer object = bytes.part(at, 16, "an object of a heap");
      int found = Short.toUnsignedInt(object.getShort());
      long size = object.getLong(8);
      if (found == index) {
        if (length < 0 || length > size) {
          throw bytes.problem("a text must fit its object", size + " bytes", length);
        }
        byte[] letters = new byte[bytes.part(at + 16, length, "a text").remaining()];
        bytes.part(at + 16, length, "a text").get(letters);
        return untilZero(letters);
      }
      if (found == 0 || size < 0 || size > bytes.size()) {
        break; // the rest is free
      }
      at += 16 + (size + 7) / 8 * 8;
    }
    throw bytes.problem("a text must lie in its heap", "the object " + index, "none");
  }
}
