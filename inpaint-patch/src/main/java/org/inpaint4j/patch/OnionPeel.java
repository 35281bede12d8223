package org.inpaint4j.patch;

import java.util.Arrays;

/**
 * A first filling of the coarsest level, layer by layer from the rim (Newson et al. 2014, section
 * 3.4): each layer is matched by what is known or filled already, and voted on before the next.
 */
final class OnionPeel {

  /** As in {@link Vote}, of squared differences summed over a patch. */
  private static final double GOOD = 1e-4;

  private final Field field;
  private final Level level;
  private final Crew crew;

  /** Pixels that have no value yet. */
  private final boolean[] open;

  /** Pixels of the layer at work. */
  private final boolean[] layer;

  private final float[] pixels;
  private final float[] texture;

  private OnionPeel(Field field, Crew crew) {
    this.field = field;
    this.level = field.level;
    this.crew = crew;
    open = level.hole.clone();
    layer = new boolean[open.length];
    pixels = new float[level.pixels.length];
    texture = new float[level.texture.length];
  }

  /** Fills the hole of a field's level. The field's matches are workspace. */
  static void fill(Field field, Crew crew) {
    OnionPeel peel = new OnionPeel(field, crew);
    while (peel.nextLayer()) {
      peel.crew.run(peel.level.pictureHeight, peel::matchRow);
      peel.crew.run(peel.level.pictureHeight, peel::voteRow);
      peel.close();
    }
  }

  private boolean nextLayer() {
    int w = level.width;
    boolean any = false;
    for (int y = 0, i = 0; y < level.height; y++) {
      for (int x = 0; x < w; x++, i++) {
        layer[i] =
            open[i]
                && ((x > 0 && !open[i - 1])
                    || (x + 1 < level.pictureWidth && !open[i + 1])
                    || (y > 0 && !open[i - w])
                    || (y + 1 < level.pictureHeight && !open[i + w]));
        any |= layer[i];
      }
    }
    return any;
  }

  private void matchRow(int y) {
    int r = field.radius;
    for (int x = r; x < level.pictureWidth - r && y >= r && y < level.pictureHeight - r; x++) {
      if (!isCentre(x, y)) {
        continue;
      }
      int place = (y - field.top) * field.width + x - field.left;
      field.distance[place] = Float.MAX_VALUE;
      for (int i = 0; i < field.valid.length; i++) {
        if (field.valid[i]) {
          float d = distance(y * level.width + x, i, field.distance[place]);
          if (d < field.distance[place]) {
            field.distance[place] = d;
            field.match[place] = ((i / level.width) << 16) | (i % level.width);
          }
        }
      }
    }
  }

  /** Patches over the layer are those around its pixels, moved into the picture. */
  private boolean isCentre(int x, int y) {
    int r = field.radius;
    int left = x == r ? 0 : x;
    int right = x == level.pictureWidth - 1 - r ? level.pictureWidth - 1 : x;
    int top = y == r ? 0 : y;
    int bottom = y == level.pictureHeight - 1 - r ? level.pictureHeight - 1 : y;
    for (int v = top; v <= bottom; v++) {
      for (int u = left; u <= right; u++) {
        if (layer[v * level.width + u]) {
          return true;
        }
      }
    }
    return false;
  }

  private float distance(int a, int b, float limit) {
    int r = field.radius;
    int channels = level.channels;
    float[] p = level.pixels;
    float sum = 0;
    for (int dy = -r; dy <= r && sum < limit; dy++) {
      int i = a + dy * level.width - r;
      int j = b + dy * level.width - r;
      for (int dx = -r; dx <= r; dx++, i++, j++) {
        for (int c = 0; c < channels && !open[i]; c++) {
          float d = p[i * channels + c] - p[j * channels + c];
          sum += d * d;
        }
      }
    }
    return sum;
  }

  private void voteRow(int y) {
    int r = field.radius;
    int w = level.width;
    int channels = level.channels;
    double[] said = new double[channels + Texture.FEATURES + 1];
    for (int x = 0; x < level.pictureWidth; x++) {
      if (!layer[y * w + x]) {
        continue;
      }
      Arrays.fill(said, 0);
      for (int v = Math.max(r, y - r); v <= Math.min(level.pictureHeight - 1 - r, y + r); v++) {
        for (int u = Math.max(r, x - r); u <= Math.min(level.pictureWidth - 1 - r, x + r); u++) {
          if (isCentre(u, v)) {
            int place = (v - field.top) * field.width + u - field.left;
            int m = field.match[place];
            double misfit = field.distance[place] + GOOD;
            say(said, ((m >> 16) + y - v) * w + (m & 0xffff) + x - u, 1 / (misfit * misfit));
          }
        }
      }
      int i = y * w + x;
      for (int c = 0; c < channels; c++) {
        pixels[i * channels + c] = (float) (said[c] / said[channels + 2]);
      }
      texture[2 * i] = (float) (said[channels] / said[channels + 2]);
      texture[2 * i + 1] = (float) (said[channels + 1] / said[channels + 2]);
    }
  }

  private void say(double[] said, int source, double weight) {
    int channels = level.channels;
    for (int c = 0; c < channels; c++) {
      said[c] += weight * level.pixels[source * channels + c];
    }
    said[channels] += weight * level.texture[2 * source];
    said[channels + 1] += weight * level.texture[2 * source + 1];
    said[channels + 2] += weight;
  }

  private void close() {
    int channels = level.channels;
    for (int i = 0; i < layer.length; i++) {
      if (layer[i]) {
        open[i] = false;
        System.arraycopy(pixels, i * channels, level.pixels, i * channels, channels);
        System.arraycopy(texture, 2 * i, level.texture, 2 * i, 2);
      }
    }
  }
}
