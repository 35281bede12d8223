package org.inpaint4j.keras;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.inpaint4j.model.Halves;

/**
 * The type of the elements of a data set or an attribute.
 *
 * @param size bytes of an element
 */
record HdfType(Kind kind, int size, ByteOrder order) {

  enum Kind {
    HALF,
    FLOAT,
    DOUBLE,

    /** Letters, as many as an element has bytes, or up to a zero. */
    TEXT,

    /** A place in a global heap where the letters are. */
    TEXT_ELSEWHERE,
    OTHER
  }

  private static final int NUMBER = 1;
  private static final int STRING = 3;
  private static final int VARIABLE_LENGTH = 9;

  /** Reads a datatype message from its beginning. */
  static HdfType of(ByteBuffer message) {
    int kind = message.get() & 0x0F;
    int bits = message.get();
    message.getShort();
    int size = message.getInt();
    ByteOrder order = (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new HdfType(
        switch (kind) {
          case NUMBER -> floating(message, size, bits);
          case STRING -> size > 0 ? Kind.TEXT : Kind.OTHER;
          case VARIABLE_LENGTH ->
              (bits & 0x0F) == 1 && size == 16 ? Kind.TEXT_ELSEWHERE : Kind.OTHER;
          default -> Kind.OTHER;
        },
        size,
        order);
  }

  /** The formats of IEEE 754. */
  private static Kind floating(ByteBuffer message, int size, int bits) {
    message.getInt(); // the first bit and the number of bits
    message.get(); // where the exponent is
    int exponent = message.get();
    message.get(); // where the mantissa is
    int mantissa = message.get();
    if ((bits & 0x40) != 0) {
      return Kind.OTHER; // the order of a VAX
    }
    if (size == 4 && exponent == 8 && mantissa == 23) {
      return Kind.FLOAT;
    }
    if (size == 8 && exponent == 11 && mantissa == 52) {
      return Kind.DOUBLE;
    }
    return size == 2 && exponent == 5 && mantissa == 10 ? Kind.HALF : Kind.OTHER;
  }

  boolean isFloating() {
    return kind == Kind.HALF || kind == Kind.FLOAT || kind == Kind.DOUBLE;
  }

  /** Reads so many numbers. */
  float[] floats(ByteBuffer data, int count) {
    data.order(order);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (kind) {
            case HALF -> Halves.fromFloat16(data.getShort());
            case FLOAT -> data.getFloat();
            case DOUBLE -> (float) data.getDouble();
            default -> throw new IllegalStateException("a type must be floating: found " + kind);
          };
    }
    return values;
  }
}
