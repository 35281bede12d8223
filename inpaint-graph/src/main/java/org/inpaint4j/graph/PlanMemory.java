package org.inpaint4j.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of a plan's arrays. Memory that was given back is used again for arrays of the same
 * number of values. The latest is taken first, since it is most likely to be in a cache.
 *
 * <p>The arrays of a StyleGAN step at 256 pixels are 2.3 GB, and take 0.7 GB of memory.
 */
final class PlanMemory implements AutoCloseable {

  private final List<INDArray> owned = new ArrayList<>();
  private final Map<Size, Deque<INDArray>> free = new HashMap<>();

  private record Size(DataType type, long values) {}

  /** A dense array of undefined values, in C order, in memory that no other array has used. */
  INDArray create(LongShapeDescriptor shape) {
    INDArray array = Nd4j.createUninitializedDetached(shape.dataType(), 'c', shape.getShape());
    owned.add(array);
    return array;
  }

  /**
   * A dense array of undefined values, in C order, in memory that was given back if there is any.
   */
  INDArray take(LongShapeDescriptor shape) {
    Deque<INDArray> returned = free.get(new Size(shape.dataType(), values(shape.getShape())));
    return returned == null || returned.isEmpty()
        ? create(shape)
        : returned.pop().reshape('c', shape.getShape());
  }

  static long values(long[] shape) {
    long values = 1;
    for (long dimension : shape) {
      values *= dimension;
    }
    return values;
  }

  /** Makes the memory of an array available to {@link #take}. */
  void giveBack(INDArray array) {
    free.computeIfAbsent(new Size(array.dataType(), array.length()), key -> new ArrayDeque<>())
        .push(array);
  }

  /** Frees all arrays. */
  @Override
  public void close() {
    owned.forEach(INDArray::close);
  }
}
