package org.inpaint4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.inpaint4j.image.Mask;

/** Compares pictures pixel by pixel. For the tests of the examples too. */
public final class Compare {

  private Compare() {}

  /** Known pixels are equal, and if there is a hole, something in it differs. */
  public static void assertOnlyHoleChanged(BufferedImage before, BufferedImage after, Mask mask) {
    assertThat(after.getWidth()).isEqualTo(before.getWidth());
    assertThat(after.getHeight()).isEqualTo(before.getHeight());
    int changedKnown = 0;
    int changedHole = 0;
    for (int y = 0; y < before.getHeight(); y++) {
      for (int x = 0; x < before.getWidth(); x++) {
        if (before.getRGB(x, y) != after.getRGB(x, y)) {
          if (mask.isHole(x, y)) {
            changedHole++;
          } else {
            changedKnown++;
          }
        }
      }
    }
    assertThat(changedKnown).isZero();
    if (mask.holeCount() > 0) {
      assertThat(changedHole).isGreaterThan(mask.holeCount() / 2);
    }
  }
}
