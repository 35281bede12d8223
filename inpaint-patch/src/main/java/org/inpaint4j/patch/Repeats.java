package org.inpaint4j.patch;

import java.util.Arrays;

/**
 * How often each place of the picture is copied (Kaspar et al., <em>Self Tuning Texture
 * Optimization</em>, 2015, section 3.3, for whole patches): places that are copied several times
 * are seen as repeats.
 */
final class Repeats {

  /** How many times more often than on average a place may be used. */
  private static final float FAIR = 1.5f;

  /** What a repeat costs, a sample: as much as 14 grey levels of 255 in the root. */
  static final float USUAL = 0.003f;

  /** The same where repeats are to be avoided: 26 grey levels. */
  static final float AVOIDED = 0.01f;

  private final Field field;
  private final float cost;
  private final int width;
  private final int height;

  /**
   * Of each pixel. While they are counted: matches to the patches around it, a pixel of a patch.
   */
  private final float[] costs;

  private final float[] row;
  private final float fair;

  Repeats(Field field, float cost) {
    this.field = field;
    this.cost = cost;
    width = field.level.pictureWidth;
    height = field.level.pictureHeight;
    costs = new float[width * height];
    row = new float[Math.max(width, height)];
    int targets = 0;
    for (int match : field.match) {
      targets += match != Field.NONE ? 1 : 0;
    }
    int sources = 0;
    for (boolean centre : field.valid) {
      sources += centre ? 1 : 0;
    }
    fair = Math.max(1, FAIR * targets / Math.max(1, sources));
  }

  /**
   * The cost of using the place around a pixel as often as it was used when it was counted, beyond
   * once or what cannot be helped; a sample.
   */
  float at(int x, int y) {
    return costs[y * width + x];
  }

  /** Counts the present matches. */
  void count() {
    Arrays.fill(costs, 0);
    for (int match : field.match) {
      if (match != Field.NONE) {
        int home = field.level.home(match);
        costs[(home >> 16) * width + (home & 0xffff)]++;
      }
    }
    for (int y = 0; y < height; y++) {
      blur(y * width, 1, width);
    }
    for (int x = 0; x < width; x++) {
      blur(x, width, height);
    }
    for (int i = 0; i < costs.length; i++) {
      costs[i] = cost * Math.max(0, costs[i] - fair);
    }
  }

  /** The mean over a patch's side, along a line. */
  private void blur(int from, int step, int count) {
    int r = field.radius;
    float side = 2 * r + 1;
    float sum = 0;
    for (int i = 0; i < count; i++) {
      row[i] = costs[from + i * step];
    }
    for (int i = -r; i < count; i++) {
      sum += i + r < count ? row[i + r] : 0;
      sum -= i - r - 1 >= 0 ? row[i - r - 1] : 0;
      if (i >= 0) {
        costs[from + i * step] = Math.max(0, sum / side);
      }
    }
  }
}
