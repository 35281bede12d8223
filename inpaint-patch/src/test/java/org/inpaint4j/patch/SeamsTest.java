package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Two flat pieces that meet in the middle of a hole 20 pixels wide, with a step between them. */
class SeamsTest {

  private static final int WIDTH = 60;
  private static final int HEIGHT = 12;

  private static Level level(float step, float slope) {
    int n = WIDTH * HEIGHT;
    float[] pixels = new float[n];
    boolean[] hole = new boolean[n];
    boolean[] source = new boolean[n];
    for (int i = 0; i < n; i++) {
      pixels[i] = i % WIDTH < 30 ? 0.3f : 0.3f + step;
      hole[i] = i % WIDTH >= 20 && i % WIDTH < 40;
      source[i] = !hole[i];
    }
    float[] texture = new float[2 * n];
    Arrays.fill(texture, slope);
    return new Level(0, WIDTH, HEIGHT, pixels, texture, hole, source);
  }

  /** Of each pixel of the hole: 20 columns to the left, in the right half to the right. */
  private static int[] origins() {
    int[] origin = new int[20 * HEIGHT];
    for (int i = 0; i < origin.length; i++) {
      int x = 20 + i % 20;
      origin[i] = ((i / 20) << 16) | (x < 30 ? x - 20 : x + 20);
    }
    return origin;
  }

  /** The greatest difference of neighbouring columns once the seam is hidden. */
  private static float step(float step, float slope) {
    Level level = level(step, slope);
    try (Crew crew = new Crew(1)) {
      Seams.hide(level, origins(), 0.16f, crew);
    }
    float most = 0;
    for (int x = 1; x < WIDTH; x++) {
      int i = HEIGHT / 2 * WIDTH + x;
      most = Math.max(most, Math.abs(level.pixels[i] - level.pixels[i - 1]));
      boolean known = x < 20 || x >= 40;
      assertThat(level.pixels[i]).isBetween(0.3f, 0.3f + step);
      if (known) {
        assertThat(level.pixels[i]).isEqualTo(x < 30 ? 0.3f : 0.3f + step);
      }
    }
    return most;
  }

  @Test
  void hide_smallStep_isSpreadOverTheHole() {
    // .05 over the 21 steps from rim to rim, but for the weak hold on the level.
    assertThat(step(0.05f, 0.1f)).isLessThan(0.004f);
  }

  @Test
  void hide_largeStepBetweenRoughPieces_isAnEdgeOfThePicture() {
    assertThat(step(0.2f, 0.1f)).isCloseTo(0.2f, within(1e-6f));
  }

  @Test
  void hide_largeStepBetweenSmoothPieces_isSpreadOverTheHole() {
    assertThat(step(0.2f, 0)).isLessThan(0.015f);
    assertThat(step(0.6f, 0)).isCloseTo(0.6f, within(1e-6f));
  }
}
