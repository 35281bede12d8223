package org.inpaint4j.patch;

/** The picture around a hole at one resolution. */
final class Level {

  final int width;
  final int height;
  final int channels;

  /** Interleaved: {@code (y * width + x) * channels + c}. In the hole: what is thought so far. */
  final float[] pixels;

  /** Two texture features a pixel, interleaved. */
  final float[] texture;

  final boolean[] hole;

  /** Whether a pixel is known and allowed as a source. */
  final boolean[] source;

  Level(int width, int height, int channels, float[] pixels, float[] texture, boolean[] hole, boolean[] source) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.pixels = pixels;
    this.texture = texture;
    this.hole = hole;
    this.source = source;
  }

  Level half() {
    int w = (width + 1) / 2;
    int h = (height + 1) / 2;
    boolean[] coarseHole = new boolean[w * h];
    boolean[] coarseSource = new boolean[w * h];
    float[] p = new float[w * h * channels];
    float[] t = new float[w * h * 2];
    float[] tap = {1, 3, 3, 1};
    float[] sum = new float[channels + 2];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        boolean anyHole = false;
        boolean allSource = true;
        float weight = 0;
        java.util.Arrays.fill(sum, 0);
        for (int dy = -1; dy <= 2; dy++) {
          int v = 2 * y + dy;
          if (v < 0 || v >= height) {
            continue;
          }
          for (int dx = -1; dx <= 2; dx++) {
            int u = 2 * x + dx;
            if (u < 0 || u >= width) {
              continue;
            }
            int j = v * width + u;
            boolean inner = dx >= 0 && dx < 2 && dy >= 0 && dy < 2;
            if (inner) {
              anyHole |= hole[j];
              allSource &= source[j];
            }
            if (!hole[j]) {
              float a = tap[dy + 1] * tap[dx + 1];
              weight += a;
              for (int c = 0; c < channels; c++) {
                sum[c] += a * pixels[j * channels + c];
              }
              sum[channels] += a * texture[2 * j];
              sum[channels + 1] += a * texture[2 * j + 1];
            }
          }
        }
        coarseHole[i] = anyHole;
        coarseSource[i] = allSource;
        if (weight > 0) {
          for (int c = 0; c < channels; c++) {
            p[i * channels + c] = sum[c] / weight;
          }
          t[2 * i] = sum[channels] / weight;
          t[2 * i + 1] = sum[channels + 1] / weight;
        }
      }
    }
    return new Level(w, h, channels, p, t, coarseHole, coarseSource);
  }
}
