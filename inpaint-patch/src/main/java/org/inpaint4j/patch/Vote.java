package org.inpaint4j.patch;

import java.util.Arrays;
import org.inpaint4j.image.Bounds;

/**
 * Makes the hole's pixels out of the sources that the patches over them are matched to (Wexler et
 * al. 2007). A patch has more to say the nearer it is to the rim, and the better it is matched.
 */
final class Vote {

  /** How much less the word of a patch counts, a pixel further from the rim. */
  private static final double TRUST = 2;

  /**
   * The distance a sample under which matches are equally good. Without it, patches deep in the
   * hole that copy each other would outvote those at the rim that have to fit.
   */
  private static final double GOOD = 0.01;

  private static final int BAND = 16;

  private final Field field;
  private final Level level;
  private final Crew crew;
  private final float[] weight;

  Vote(Field field, Crew crew) {
    this.field = field;
    this.level = field.level;
    this.crew = crew;
    weight = new float[field.match.length];
  }

  private void weigh() {
    int side = 2 * field.radius + 1;
    double scale = 1.0 / (side * side * level.channels);
    for (int i = 0; i < weight.length; i++) {
      double misfit = field.distance[i] * scale + GOOD;
      weight[i] = (float) Math.max(1e-30, Math.pow(TRUST, -field.depth[i]) / (misfit * misfit));
    }
  }

  /**
   * Gives each pixel of the hole the weighted mean of what is said.
   *
   * @param progress when it is cancelled, the rest of the hole stays as it is
   */
  void mean(Progress progress) {
    weigh();
    Bounds box = level.box;
    crew.run(
        (box.height() + BAND - 1) / BAND,
        progress,
        band -> {
          float[] said = new float[level.channels + Texture.FEATURES + 1];
          int end = Math.min(box.height(), (band + 1) * BAND);
          for (int y = box.y() + band * BAND; y < box.y() + end; y++) {
            for (int x = box.x(); x < box.x() + box.width(); x++) {
              if (level.hole[y * level.width + x]) {
                mean(x, y, said);
              }
            }
          }
        });
  }

  private void mean(int x, int y, float[] said) {
    int r = field.radius;
    int w = level.width;
    int channels = level.channels;
    float[] p = level.pixels;
    float[] t = level.texture;
    Arrays.fill(said, 0);
    int right = Math.min(field.left + field.width - 1, x + r);
    int bottom = Math.min(field.top + field.height - 1, y + r);
    int first = Math.max(field.left, x - r);
    for (int v = Math.max(field.top, y - r); v <= bottom; v++) {
      int k = (v - field.top) * field.width + first - field.left;
      for (int u = first; u <= right; u++, k++) {
        int m = field.match[k];
        if (m == Field.NONE) {
          continue;
        }
        float a = weight[k];
        int s = ((m >> 16) + y - v) * w + (m & 0xffff) + x - u;
        for (int c = 0; c < channels; c++) {
          said[c] += a * p[s * channels + c];
        }
        said[channels] += a * t[2 * s];
        said[channels + 1] += a * t[2 * s + 1];
        said[channels + 2] += a;
      }
    }
    float scale = 1 / said[channels + 2];
    int i = y * w + x;
    for (int c = 0; c < channels; c++) {
      p[i * channels + c] = said[c] * scale;
    }
    t[2 * i] = said[channels] * scale;
    t[2 * i + 1] = said[channels + 1] * scale;
  }

  /**
   * Gives each pixel of the hole what the weightiest patch says: whole pieces, no means.
   *
   * @return for each pixel of {@link Level#box}, row by row, the packed pixel it was copied from;
   *     of no meaning outside the hole
   */
  int[] best() {
    weigh();
    Bounds box = level.box;
    int[] origin = new int[box.width() * box.height()];
    int channels = level.channels;
    crew.run(
        box.height(),
        row -> {
          int y = box.y() + row;
          for (int x = box.x(); x < box.x() + box.width(); x++) {
            int i = y * level.width + x;
            if (level.hole[i]) {
              int packed = weightiest(x, y);
              origin[row * box.width() + x - box.x()] = packed;
              int s = (packed >> 16) * level.width + (packed & 0xffff);
              System.arraycopy(level.pixels, s * channels, level.pixels, i * channels, channels);
            }
          }
        });
    return origin;
  }

  private int weightiest(int x, int y) {
    int r = field.radius;
    float most = -1;
    int packed = 0;
    int right = Math.min(field.left + field.width - 1, x + r);
    int bottom = Math.min(field.top + field.height - 1, y + r);
    for (int v = Math.max(field.top, y - r); v <= bottom; v++) {
      for (int u = Math.max(field.left, x - r); u <= right; u++) {
        int k = (v - field.top) * field.width + u - field.left;
        if (field.match[k] != Field.NONE && weight[k] > most) {
          most = weight[k];
          packed = field.match[k] + ((y - v) << 16) + x - u;
        }
      }
    }
    return packed;
  }
}
