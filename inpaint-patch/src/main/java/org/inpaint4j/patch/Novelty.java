package org.inpaint4j.patch;

/**
 * How unlike everything along the hole's rim a place of the picture is: what nothing at the rim
 * announces is seldom what belongs into the hole.
 *
 * <p>Measured once, on the first level that has no more than {@link #MOST_PIXELS}: the least
 * squared difference of colour, both smoothed over 3x3 pixels, to a known pixel near the hole.
 */
final class Novelty {

  /** Larger levels are not measured, as the time grows with pixels times rim. */
  static final int MOST_PIXELS = 5000;

  /** How far from the hole the rim goes. */
  private static final int NEAR = 3;

  private final int width;
  private final float[] values;
  private final int halvings;

  private Novelty(int width, float[] values, int halvings) {
    this.width = width;
    this.values = values;
    this.halvings = halvings;
  }

  /** The novelty of a pixel of any level. */
  float at(int x, int y, int levelHalvings) {
    int k = halvings - levelHalvings;
    return k >= 0 ? values[(y >> k) * width + (x >> k)] : values[(y << -k) * width + (x << -k)];
  }

  static Novelty of(Level level) {
    int pixels = level.width * level.height;
    float[] smooth = smooth(level);
    boolean[] inner = Field.whole(level.hole, false, level.width, level.height, NEAR);
    int[] rim = new int[pixels];
    int rims = 0;
    for (int i = 0; i < pixels; i++) {
      // Pixels at the picture's border are no centres of whole patches, so they are asked again.
      if (!level.hole[i] && !inner[i] && isNear(level, i % level.width, i / level.width)) {
        rim[rims++] = i;
      }
    }
    float[] values = new float[pixels];
    int channels = level.channels;
    for (int i = 0; i < pixels && rims > 0; i++) {
      float least = Float.MAX_VALUE;
      for (int k = 0; k < rims; k++) {
        float sum = 0;
        for (int c = 0; c < channels; c++) {
          float d = smooth[i * channels + c] - smooth[rim[k] * channels + c];
          sum += d * d;
        }
        least = Math.min(least, sum);
      }
      values[i] = least;
    }
    return new Novelty(level.width, values, level.halvings);
  }

  private static boolean isNear(Level level, int x, int y) {
    for (int v = Math.max(0, y - NEAR); v <= Math.min(level.height - 1, y + NEAR); v++) {
      for (int u = Math.max(0, x - NEAR); u <= Math.min(level.width - 1, x + NEAR); u++) {
        if (level.hole[v * level.width + u]) {
          return true;
        }
      }
    }
    return false;
  }

  private static float[] smooth(Level level) {
    int w = level.width;
    int channels = level.channels;
    float[] smooth = new float[level.pixels.length];
    for (int y = 0; y < level.height; y++) {
      for (int x = 0; x < w; x++) {
        int known = 0;
        int i = (y * w + x) * channels;
        for (int v = Math.max(0, y - 1); v <= Math.min(level.height - 1, y + 1); v++) {
          for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++) {
            if (!level.hole[v * w + u]) {
              known++;
              for (int c = 0; c < channels; c++) {
                smooth[i + c] += level.pixels[(v * w + u) * channels + c];
              }
            }
          }
        }
        for (int c = 0; known > 0 && c < channels; c++) {
          smooth[i + c] /= known;
        }
      }
    }
    return smooth;
  }
}
