package org.inpaint4j.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Arrays whose shapes are asked for and whose values are not: all large ones share memory. Numbers
 * in which ops compute shapes have memory of their own.
 *
 * <p>With an array of its own for each variable, a StyleGAN2 of 256 pixels touched 1.8 GB more than
 * a step needs, which the C library did not hand back.
 */
final class ShapeMemory implements AutoCloseable {

  /** Arrays of at most so many values are not worth sharing. */
  private static final long SMALL = 4096;

  private final PlanMemory memory = new PlanMemory();
  private final Map<DataType, List<INDArray>> shared = new HashMap<>();

  /** A dense array in C order. Its values may be read only if they are of a type of integers. */
  INDArray create(LongShapeDescriptor shape) {
    long values = PlanMemory.values(shape.getShape());
    if (values <= SMALL || shape.dataType().isIntType()) {
      return memory.create(shape);
    }
    return atLeast(shape.dataType(), values)
        .get(NDArrayIndex.interval(0, values))
        .reshape('c', shape.getShape());
  }

  /** A vector of at least so many values: the largest so far, or one of twice its length. */
  private INDArray atLeast(DataType type, long values) {
    List<INDArray> vectors = shared.computeIfAbsent(type, key -> new ArrayList<>());
    long longest = vectors.isEmpty() ? 0 : vectors.get(vectors.size() - 1).length();
    if (longest < values) {
      vectors.add(Nd4j.createUninitializedDetached(type, Math.max(values, 2 * longest)));
    }
    return vectors.get(vectors.size() - 1);
  }

  @Override
  public void close() {
    memory.close();
    shared.values().forEach(vectors -> vectors.forEach(INDArray::close));
  }
}
