package org.inpaint4j.keras;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of groups in genuine files. */
class KerasPlaceTest {

  @ParameterizedTest
  @CsvSource({
    "Dense, dense",
    "Conv2DTranspose, conv2d_transpose",
    "LeakyReLU, leaky_re_lu",
    "ReLU, re_lu",
    "BatchNormalization, batch_normalization",
    "UpSampling2D, up_sampling2d",
    "InputLayer, input_layer"
  })
  void snake_ofClassName_isTheGroupOfKeras(String className, String group) {
    assertThat(KerasPlace.snake(className)).isEqualTo(group);
  }
}
