package org.inpaint4j.patch;

/** How unlike all that lies along the hole's rim a place of the picture is. */
final class Novelty {
  static final int NEAR = Tune.i("novelNear", 3);
  final int width;
  final float[] value;
  final int halvings;

  private Novelty(int width, float[] value, int halvings) {
    this.width = width;
    this.value = value;
    this.halvings = halvings;
  }

  float at(int x, int y, int levelHalvings) {
    int k = halvings - levelHalvings;
    return k >= 0 ? value[(y >> k) * width + (x >> k)] : value[(y << -k) * width + (x << -k)];
  }

  static Novelty of(Level level, int halvings) {
    int w = level.width;
    int h = level.height;
    int ch = level.channels;
    int f = ch;
    float[] smooth = new float[w * h * f];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int n = 0;
        for (int v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1); v++) {
          for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++) {
            if (!level.hole[v * w + u]) {
              n++;
              for (int c = 0; c < ch; c++) {
                smooth[(y * w + x) * f + c] += level.pixels[(v * w + u) * ch + c];
              }
            }
          }
        }
        for (int c = 0; n > 0 && c < ch; c++) {
          smooth[(y * w + x) * f + c] /= n;
        }
      }
    }
    int[] rim = new int[w * h];
    int rims = 0;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        if (level.hole[y * w + x]) {
          continue;
        }
        boolean near = false;
        for (int v = Math.max(0, y - NEAR); v <= Math.min(h - 1, y + NEAR) && !near; v++) {
          for (int u = Math.max(0, x - NEAR); u <= Math.min(w - 1, x + NEAR) && !near; u++) {
            near = level.hole[v * w + u];
          }
        }
        if (near) {
          rim[rims++] = y * w + x;
        }
      }
    }
    float[] value = new float[w * h];
    for (int i = 0; i < w * h; i++) {
      float best = Float.MAX_VALUE;
      for (int k = 0; k < rims; k++) {
        float s = 0;
        for (int c = 0; c < f; c++) {
          float d = smooth[i * f + c] - smooth[rim[k] * f + c];
          s += d * d;
        }
        best = Math.min(best, s);
      }
      value[i] = rims == 0 ? 0 : best;
    }
    return new Novelty(w, value, halvings);
  }
}
