package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

class PlanMemoryTest {

  private static LongShapeDescriptor shape(DataType type, long... shape) {
    return LongShapeDescriptor.fromShape(shape, type);
  }

  @Test
  void take_afterGiveBack_reusesMemoryOfAsManyValuesOnly() {
    try (PlanMemory memory = new PlanMemory()) {
      INDArray first = memory.take(shape(DataType.FLOAT, 2, 3, 4));
      memory.giveBack(first);
      INDArray other = memory.take(shape(DataType.FLOAT, 2, 3, 5));
      INDArray typed = memory.take(shape(DataType.INT64, 2, 3, 4));
      INDArray kept = memory.create(shape(DataType.FLOAT, 2, 3, 4));
      INDArray again = memory.take(shape(DataType.FLOAT, 6, 4));
      INDArray more = memory.take(shape(DataType.FLOAT, 24));

      assertThat(again.shape()).containsExactly(6, 4);
      assertThat(again.data().address()).isEqualTo(first.data().address());
      assertThat(new INDArray[] {other, typed, kept, more})
          .extracting(array -> array.data().address())
          .doesNotContain(first.data().address())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void take_afterGivingBackWhatWasReused_reusesItOnceMore() {
    try (PlanMemory memory = new PlanMemory()) {
      INDArray first = memory.take(shape(DataType.FLOAT, 8));
      memory.giveBack(first);
      INDArray second = memory.take(shape(DataType.FLOAT, 2, 4));
      memory.giveBack(second);
      INDArray third = memory.take(shape(DataType.FLOAT, 4, 2));

      third.assign(7);
      assertThat(first.toFloatVector()).containsOnly(7);
    }
  }
}
