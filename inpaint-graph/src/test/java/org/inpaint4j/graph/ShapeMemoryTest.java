package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

class ShapeMemoryTest {

  private static LongShapeDescriptor of(DataType type, long... shape) {
    return LongShapeDescriptor.fromShape(shape, type);
  }

  private static long address(INDArray array) {
    return array.data().pointer().address();
  }

  @Test
  void create_largeArrays_haveTheirShapesAndShareMemory() {
    try (ShapeMemory memory = new ShapeMemory()) {
      INDArray one = memory.create(of(DataType.FLOAT, 2, 3, 50, 50));
      INDArray same = memory.create(of(DataType.FLOAT, 1, 5000));
      assertThat(one.shape()).containsExactly(2, 3, 50, 50);
      assertThat(one.stride()).containsExactly(7500, 2500, 50, 1);
      assertThat(one.ordering()).isEqualTo('c');
      assertThat(same.shape()).containsExactly(1, 5000);
      assertThat(address(same)).isEqualTo(address(one));
    }
  }

  /** Its memory is longer than what there was; what was made before keeps its own. */
  @Test
  void create_aLargerArray_leavesTheOthers() {
    try (ShapeMemory memory = new ShapeMemory()) {
      INDArray small = memory.create(of(DataType.FLOAT, 5000)).assign(1);
      INDArray large = memory.create(of(DataType.FLOAT, 100, 100)).assign(2);
      assertThat(address(large)).isNotEqualTo(address(small));
      assertThat(small.sumNumber().doubleValue()).isEqualTo(5000);
      assertThat(large.sumNumber().doubleValue()).isEqualTo(20000);
    }
  }

  /** Shapes are computed in numbers, whose values must stay. */
  @Test
  void create_numbersOrFewValues_haveMemoryOfTheirOwn() {
    try (ShapeMemory memory = new ShapeMemory()) {
      assertThat(address(memory.create(of(DataType.INT64, 9000))))
          .isNotEqualTo(address(memory.create(of(DataType.INT64, 9000))));
      assertThat(address(memory.create(of(DataType.FLOAT, 4))))
          .isNotEqualTo(address(memory.create(of(DataType.FLOAT, 4))));
      assertThat(memory.create(of(DataType.FLOAT)).rank()).isZero();
    }
  }
}
