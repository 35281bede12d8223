package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectedTest {

  private static Mask mask(String... rows) {
    return Mask.of(rows[0].length(), rows.length, (x, y) -> rows[y].charAt(x) == '#');
  }

  @Test
  void of_partsThatTouchAtACorner_areOne() {
    Connected connected = Connected.of(mask("##..#", "..#..", "....."));

    assertThat(connected.bounds()).containsExactly(new Bounds(0, 0, 3, 2), new Bounds(4, 0, 1, 1));
    assertThat(connected.part(0, 0)).isEqualTo(connected.part(2, 1)).isZero();
    assertThat(connected.part(4, 0)).isEqualTo(1);
    assertThat(connected.part(2, 0)).isEqualTo(Connected.KNOWN);
    // Beyond the box around the hole.
    assertThat(connected.part(4, 2)).isEqualTo(Connected.KNOWN);
  }

  @Test
  void of_ringAndSpiralAndPixelWithin_areKeptApart() {
    Connected connected = Connected.of(mask("#####", "#...#", "#.#.#", "#...#", "#####"));

    assertThat(connected.bounds()).containsExactly(new Bounds(0, 0, 5, 5), new Bounds(2, 2, 1, 1));
  }

  @Test
  void mask_ofSomeParts_isTheirHoleInTheRectangle() {
    Connected connected = Connected.of(mask("......", ".##...", "......", "....#.", ".#...."));

    assertThat(connected.bounds())
        .containsExactly(new Bounds(1, 1, 2, 1), new Bounds(4, 3, 1, 1), new Bounds(1, 4, 1, 1));
    assertThat(connected.bounds(List.of(1))).isEqualTo(new Bounds(4, 3, 1, 1));
    assertThat(connected.bounds(List.of(2, 0))).isEqualTo(new Bounds(1, 1, 2, 4));
    assertThat(connected.mask(List.of(0, 1), new Bounds(2, 0, 4, 5)))
        .isEqualTo(mask("....", "#...", "....", "..#.", "...."));
    assertThat(connected.mask(List.of(2), new Bounds(0, 3, 2, 2))).isEqualTo(mask("..", ".#"));
    assertThat(connected.part(1, 0)).isEqualTo(Connected.KNOWN);
    assertThat(connected.part(0, 1)).isEqualTo(Connected.KNOWN);
    assertThat(connected.part(5, 4)).isEqualTo(Connected.KNOWN);
  }

  /**
   * Two pixels are of one part exactly if a way of touching pixels joins them: spread to and fro.
   */
  @ParameterizedTest
  @CsvSource({"1, 30", "2, 50", "3, 15", "4, 40"})
  void of_random_equalsSpreadingLabels(long seed, int percent) {
    Random random = new Random(seed);
    Mask mask = Mask.of(23, 17, (x, y) -> random.nextInt(100) < percent);
    Connected connected = Connected.of(mask);
    int[] label = new int[23 * 17];
    for (int i = 0; i < label.length; i++) {
      label[i] = i;
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < label.length; i++) {
        for (int j = 0; j < label.length; j++) {
          boolean touch = Math.abs(i % 23 - j % 23) <= 1 && Math.abs(i / 23 - j / 23) <= 1;
          boolean holes = mask.isHole(i % 23, i / 23) && mask.isHole(j % 23, j / 23);
          if (touch && holes && label[j] < label[i]) {
            label[i] = label[j];
            changed = true;
          }
        }
      }
    }
    for (int i = 0; i < label.length; i++) {
      boolean hole = mask.isHole(i % 23, i / 23);
      assertThat(connected.part(i % 23, i / 23) != Connected.KNOWN).isEqualTo(hole);
      for (int j = 0; j < i && hole; j++) {
        if (mask.isHole(j % 23, j / 23)) {
          assertThat(connected.part(i % 23, i / 23) == connected.part(j % 23, j / 23))
              .isEqualTo(label[i] == label[j]);
        }
      }
    }
  }
}
