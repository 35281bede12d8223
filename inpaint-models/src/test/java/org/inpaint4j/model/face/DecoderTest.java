package org.inpaint4j.model.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

class DecoderTest {

  private static final double CLOSE = 1e-6;

  private static Detection box(double score, double x, double y, double side) {
    return new Detection(score, x, y, side, side, new double[10]);
  }

  /** Two cells side by side; only the second one is sure: logits 0 and ln 3 are 1/2 and 3/4. */
  @Test
  void decode_oneCell_isComputedByHand() {
    float[] values = new float[16 * 2];
    values[0] = -20;
    values[1] = 0;
    values[3] = (float) Math.log(3);
    values[5] = 0.5f;
    values[7] = 0.25f;
    values[9] = (float) Math.log(2);
    values[11] = 0;
    for (int k = 0; k < 10; k++) {
      values[(6 + k) * 2 + 1] = k;
    }
    List<Detection> faces = new ArrayList<>();
    Decoder.decode(values, new Size(2, 1), 8, 0.5, faces);

    assertThat(faces).hasSize(1);
    Detection face = faces.get(0);
    assertThat(face.score()).isCloseTo(Math.sqrt(0.375), within(CLOSE));
    // The centre is at (1 + 0.5, 0 + 0.25) cells of 8 pixels, the size is 2 x 1 cells.
    assertThat(face.x()).isCloseTo(12 - 8, within(CLOSE));
    assertThat(face.y()).isCloseTo(2 - 4, within(CLOSE));
    assertThat(face.width()).isCloseTo(16, within(CLOSE));
    assertThat(face.height()).isCloseTo(8, within(CLOSE));
    assertThat(face.points()).containsExactly(8, 8, 24, 24, 40, 40, 56, 56, 72, 72);
  }

  @Test
  void overlap_halfOfEach_isAThird() {
    assertThat(box(1, 0, 0, 10).overlap(box(1, 5, 0, 10))).isCloseTo(1.0 / 3, within(CLOSE));
    assertThat(box(1, 0, 0, 10).overlap(box(1, 10, 0, 10))).isZero();
  }

  @Test
  void suppress_severalBoxesOfAFace_keepsTheBestOfEach() {
    Detection best = box(0.9, 0, 0, 10);
    Detection other = box(0.7, 30, 0, 10);
    Detection apart = box(0.6, 6, 0, 10);
    assertThat(
            Decoder.suppress(List.of(box(0.5, 1, 1, 10), other, apart, best, box(0.8, 2, 0, 10))))
        .containsExactly(best, other, apart);
  }
}
