package org.inpaint4j.keras;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.network.ValueRange;

/**
 * What a layer makes of each image of a batch.
 *
 * @param shape without the batch: vectors [values], matrices [rows, columns], or images [channels,
 *     rows, columns], whatever order the Keras network keeps them in
 * @param range of the values, where a bounded activation tells it
 */
record Signal(ImmutableIntArray shape, Optional<ValueRange> range) {

  /** Of values whose range is not known. */
  static Signal of(int... shape) {
    return new Signal(ImmutableIntArray.copyOf(shape), Optional.empty());
  }

  boolean isImage() {
    return shape.length() == 3;
  }

  boolean isVector() {
    return shape.length() == 1;
  }

  /**
   * The shape of an image, [channels, rows, columns].
   *
   * @param layer that takes nothing else
   * @throws ModelFormatException if this is something else
   */
  ImmutableIntArray requireImage(KerasLayer layer) throws ModelFormatException {
    if (!isImage()) {
      throw layer.problem("take images", shape);
    }
    return shape;
  }

  /** The product of the sides, or one more than {@code most} if it is larger. */
  long count(long most) {
    long count = 1;
    for (int side : shape.asList()) {
      count = side <= 0 ? 0 : Math.min(most + 1, count * side);
    }
    return count;
  }

  /** Other values of another shape within the same range. */
  Signal reshaped(int... sides) {
    return new Signal(ImmutableIntArray.copyOf(sides), range);
  }

  /** Other values of the same shape within another range, which is empty if it is not known. */
  Signal within(Optional<ValueRange> other) {
    return new Signal(shape, other);
  }
}
