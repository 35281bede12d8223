package org.inpaint4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.ValueRange;
import org.inpaint4j.onnx.OnnxContract.ColourOrder;
import org.inpaint4j.onnx.OnnxContract.Element;
import org.inpaint4j.onnx.OnnxContract.Layout;
import org.inpaint4j.onnx.OnnxContract.MaskValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What networks are fed, against NumPy. */
class FeedTest {

  private static float[] values(Fed fed) {
    ByteBuffer data = fed.data();
    float[] values = new float[data.limit() / fed.element().bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (fed.element()) {
            case UINT8 -> data.get(i) & 0xff;
            case FLOAT16 -> data.getShort(2 * i);
            case FLOAT32 -> data.getFloat(4 * i);
          };
    }
    return values;
  }

  private static Map<String, Fed> fed(OnnxContract contract, FillTask task) {
    boolean separate = contract.inputs() == OnnxContract.Inputs.SEPARATE;
    Wiring wiring = separate ? new Wiring("image", "mask") : new Wiring("input", "input");
    return new Feed(contract, wiring)
        .of(task.target(), task.mask()).stream().collect(Collectors.toMap(Fed::input, f -> f));
  }

  @Test
  void of_twoPixels_isAsByHand() {
    FillTask task =
        FillTask.of(
            new ImagePlanes(3, new Size(2, 1), new float[] {0.5f, 9, 1, 9, 0, 9}),
            Mask.of(2, 1, (x, y) -> x == 1));
    OnnxContract contract =
        OnnxContract.lama().toBuilder()
            .samples(ValueRange.SIGNED)
            .mask(new MaskValues(-3, 4))
            .prefill(7)
            .build();
    assertThat(values(fed(contract, task).get("image"))).containsExactly(0, 7, 1, 7, -1, 7);
    assertThat(values(fed(contract, task).get("mask"))).containsExactly(4, -3);
    OnnxContract last = contract.toBuilder().layout(Layout.CHANNELS_LAST).build();
    assertThat(values(fed(last, task).get("image"))).containsExactly(0, 1, -1, 7, 7, 7);
    assertThat(fed(last, task).get("image").shape()).isEqualTo(List.of(1L, 1L, 2L, 3L));
    OnnxContract blueFirst = contract.toBuilder().colours(ColourOrder.BGR).build();
    assertThat(values(fed(blueFirst, task).get("image"))).containsExactly(-1, 7, 1, 7, 0, 7);
  }

  /** 0.5 is 0x3800, 1 is 0x3C00, 0.1 is nearest to 0x2E66: 1.599609 / 16. */
  @Test
  void of_halfPrecision_isRoundedToNearest() {
    FillTask task =
        FillTask.of(
            new ImagePlanes(3, new Size(2, 1), new float[] {0.5f, 9, 1, 9, 0.1f, 9}),
            Mask.of(2, 1, (x, y) -> x == 1));
    OnnxContract contract = OnnxContract.lama().toBuilder().element(Element.FLOAT16).build();
    assertThat(values(fed(contract, task).get("image")))
        .containsExactly(0x3800, 0, 0x3C00, 0, 0x2E66, 0);
    assertThat(values(fed(contract, task).get("mask"))).containsExactly(0, 0x3C00);
  }

  @ParameterizedTest
  @MethodSource("org.inpaint4j.onnx.DetectionTest#contracts")
  void of_pattern_isNumPysBitForBit(String name, OnnxContract contract) {
    FillTask task = StandIns.pattern(24, 16);
    assertThat(task.target().samples()).isEqualTo(StandIns.golden(name + "/target"));
    Map<String, Fed> fed = fed(contract, task);
    assertThat(fed.keySet()).hasSize(name.contains("joined") || name.contains("generator") ? 1 : 2);
    fed.forEach(
        (input, tensor) ->
            assertThat(values(tensor))
                .as(input)
                .isEqualTo(StandIns.golden(name + "/fed/" + input)));
  }
}
