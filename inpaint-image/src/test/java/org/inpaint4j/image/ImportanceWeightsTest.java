package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportanceWeightsTest {

  private static float[] weights(Mask mask, int window) {
    return mask.importanceWeights(window);
  }

  @Test
  void weights_oneMissingPixelInTheMiddle_areOneNinthAroundIt() {
    Mask mask = Mask.rectangle(5, 5, 2, 2, 1, 1);
    float[] weights = weights(mask, 3);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 5; x++) {
        boolean near = Math.abs(x - 2) <= 1 && Math.abs(y - 2) <= 1;
        boolean hole = x == 2 && y == 2;
        assertThat(weights[y * 5 + x]).isEqualTo(near && !hole ? 1f / 9 : 0f);
      }
    }
  }

  @Test
  void weights_holeAtTheBorder_countItsMirrorImage() {
    // Row of 3, first pixel missing, window 3: its right neighbour sees it once in each of three
    // (mirrored) rows.
    float[] weights = weights(Mask.rectangle(3, 1, 0, 0, 1, 1), 3);
    assertThat(weights).containsExactly(0f, 3f / 9, 0f);
  }

  @Test
  void weights_evenWindow_reachOneFurtherUpAndLeft() {
    // Window 2 around its lower right pixel: pixel i sees i - 1 and i; the one row is mirrored.
    float[] weights = weights(Mask.rectangle(4, 1, 1, 0, 1, 1), 2);
    assertThat(weights).containsExactly(0f, 0f, 2f / 4, 0f);
  }

  /** importance_golden.py made the file. */
  @Test
  void weights_oddAndEvenWindows_equalSciPy() throws IOException {
    int compared = 0;
    try (BufferedReader file =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ImportanceWeightsTest.class.getResourceAsStream("importance.csv")),
                StandardCharsets.UTF_8))) {
      for (String line = file.readLine(); line != null; line = file.readLine()) {
        List<String> fields = Splitter.on(',').splitToList(line);
        int window = Integer.parseInt(fields.get(0));
        int width = Integer.parseInt(fields.get(1));
        int height = Integer.parseInt(fields.get(2));
        String hole = fields.get(3);
        Mask mask = Mask.of(width, height, (x, y) -> hole.charAt(y * width + x) == '1');
        List<String> counts = Splitter.on(' ').splitToList(fields.get(4));
        float[] weights = weights(mask, window);
        assertThat(weights).hasSize(counts.size());
        for (int i = 0; i < weights.length; i++) {
          double expected = Integer.parseInt(counts.get(i)) / ((double) window * window);
          assertThat((double) weights[i])
              .as("window %s, pixel %s", window, i)
              .isCloseTo(expected, within(1e-7));
        }
        compared++;
      }
    }
    assertThat(compared).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"7,1", "28,2", "3,3", "64,4"})
  void weights_randomMasks_equalTheSumOverTheWindow(int window, long seed) {
    Random random = new Random(seed);
    Mask mask = Mask.of(19, 13, (x, y) -> random.nextInt(3) == 0);
    float[] weights = weights(mask, window);
    int before = window / 2;
    for (int y = 0; y < 13; y++) {
      for (int x = 0; x < 19; x++) {
        int holes = 0;
        for (int j = 0; j < window; j++) {
          for (int i = 0; i < window; i++) {
            holes += mask.isHole(bounce(x - before + i, 19), bounce(y - before + j, 13)) ? 1 : 0;
          }
        }
        double expected = mask.isHole(x, y) ? 0 : holes / ((double) window * window);
        assertThat((double) weights[y * 19 + x]).isCloseTo(expected, within(1e-7));
      }
    }
  }

  /** Mirrors step by step, the way a ball bounces. */
  private static int bounce(int index, int size) {
    int at = index;
    while (at < 0 || at >= size) {
      at = at < 0 ? -1 - at : 2 * size - 1 - at;
    }
    return at;
  }

  @Test
  void weights_windowTooSmall_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> weights(Mask.rectangle(5, 5, 2, 2, 1, 1), 1))
        .withMessage("the window must be at least 2 pixels: found 1");
  }
}
