package org.inpaint4j.model;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The element types that tensors are stored in. Floating-point values become float32. The place of
 * tensors of integers in the file is checked; their values are not kept, because no network here
 * has integer weights.
 */
enum ElementType {
  FLOAT16("F16", "HalfStorage", 2),
  BFLOAT16("BF16", "BFloat16Storage", 2),
  FLOAT32("F32", "FloatStorage", 4),
  FLOAT64("F64", "DoubleStorage", 8),
  INT8("I8", "CharStorage", 1),
  UINT8("U8", "ByteStorage", 1),
  INT16("I16", "ShortStorage", 2),
  INT32("I32", "IntStorage", 4),
  INT64("I64", "LongStorage", 8),
  BOOL("BOOL", "BoolStorage", 1);

  /** The name in a safetensors header. */
  final String safetensors;

  /** The name of PyTorch's class of storages, in module {@code torch}. */
  final String storage;

  final int bytes;

  ElementType(String safetensors, String storage, int bytes) {
    this.safetensors = safetensors;
    this.storage = storage;
    this.bytes = bytes;
  }

  static @Nullable ElementType ofSafetensors(String name) {
    for (ElementType type : values()) {
      if (type.safetensors.equals(name)) {
        return type;
      }
    }
    return null;
  }

  static @Nullable ElementType ofStorage(String name) {
    for (ElementType type : values()) {
      if (type.storage.equals(name)) {
        return type;
      }
    }
    return null;
  }

  boolean isFloatingPoint() {
    return compareTo(FLOAT64) <= 0;
  }

  /** Element {@code index} of a little-endian buffer of this type. */
  float get(ByteBuffer buffer, int index) {
    return switch (this) {
      case FLOAT16 -> Halves.fromFloat16(buffer.getShort(2 * index));
      case BFLOAT16 -> Halves.fromBfloat16(buffer.getShort(2 * index));
      case FLOAT32 -> buffer.getFloat(4 * index);
      case FLOAT64 -> (float) buffer.getDouble(8 * index);
      default -> throw new IllegalStateException("integers are not decoded: found " + this);
    };
  }

  /**
   * All elements of a little-endian buffer of this type.
   *
   * @param buffer from its first byte to its limit
   */
  float[] all(ByteBuffer buffer) {
    float[] values = new float[buffer.limit() / bytes];
    switch (this) {
      case FLOAT16 -> {
        short[] halves = halves(buffer, values.length);
        for (int i = 0; i < values.length; i++) {
          values[i] = Halves.fromFloat16(halves[i]);
        }
      }
      case BFLOAT16 -> {
        short[] halves = halves(buffer, values.length);
        for (int i = 0; i < values.length; i++) {
          values[i] = Halves.fromBfloat16(halves[i]);
        }
      }
      case FLOAT32 -> buffer.duplicate().order(buffer.order()).rewind().asFloatBuffer().get(values);
      default -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = get(buffer, i);
        }
      }
    }
    return values;
  }

  private static short[] halves(ByteBuffer buffer, int count) {
    short[] halves = new short[count];
    buffer.duplicate().order(buffer.order()).rewind().asShortBuffer().get(halves);
    return halves;
  }
}
