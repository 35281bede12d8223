package org.inpaint4j.keras;

import com.google.common.primitives.ImmutableLongArray;
import java.nio.ByteBuffer;

/**
 * The dimensions of a data set or an attribute; a scalar has none.
 *
 * @param empty whether there is no element at all
 */
record HdfSpace(ImmutableLongArray sides, boolean empty) {

  /** Reads a dataspace message from its beginning. */
  static HdfSpace of(ByteBuffer message) {
    int version = message.get();
    int rank = Byte.toUnsignedInt(message.get());
    message.get(); // whether the largest sides follow
    int type = message.get();
    if (version == 1) {
      message.getInt();
    }
    ImmutableLongArray.Builder sides = ImmutableLongArray.builder(rank);
    for (int i = 0; i < rank; i++) {
      sides.add(message.getLong());
    }
    return new HdfSpace(sides.build(), version == 2 && type == 2);
  }

  /** The number of elements, or one more than {@code most} if there are more. */
  long count(long most) {
    long count = empty ? 0 : 1;
    for (long side : sides.asList()) {
      count = side < 0 || (count > 0 && side > most / count) ? most + 1 : count * side;
      if (count > most) {
        return most + 1;
      }
    }
    return count;
  }
}
