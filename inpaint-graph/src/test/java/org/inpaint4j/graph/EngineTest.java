package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class EngineTest {

  @Test
  void array_holdsTheValuesInRowMajorOrder() {
    float[] values = {1, 2, 3, 4, 5, 6};
    INDArray array = Engine.array(values, 3, 2);
    values[0] = 7;
    assertThat(array.shape()).containsExactly(3, 2);
    assertThat(array.getFloat(0, 0)).isEqualTo(1);
    assertThat(array.getFloat(0, 1)).isEqualTo(2);
    assertThat(array.getFloat(2, 0)).isEqualTo(5);
  }

  @Test
  void array_whatDoesNotFillTheShape_saysSo() {
    assertThatThrownBy(() -> Engine.array(new float[5], 3, 2))
        .hasMessage("values must fill their shape: expected 6, found 5");
  }
}
