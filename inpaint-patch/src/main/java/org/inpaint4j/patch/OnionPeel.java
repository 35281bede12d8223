package org.inpaint4j.patch;

/** A first filling of the coarsest level, layer by layer from the rim. */
final class OnionPeel {
  private OnionPeel() {}

  static void run(Field field, Crew crew) {
    Level level = field.level;
    int w = level.width;
    int h = level.height;
    int ch = level.channels;
    int r = field.radius;
    boolean[] open = level.hole.clone();
    boolean[] layer = new boolean[w * h];
    float[] p = level.pixels;
    float[] value = new float[w * h * ch];
    float[] value2 = new float[w * h * 2];
    while (true) {
      int n = 0;
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int i = y * w + x;
          layer[i] = open[i] && (x > 0 && !open[i - 1] || x + 1 < w && !open[i + 1] || y > 0 && !open[i - w] || y + 1 < h && !open[i + w]);
          n += layer[i] ? 1 : 0;
        }
      }
      if (n == 0) {
        break;
      }
      // match patches around layer pixels on what is not open
      crew.run(h, y -> {
        for (int x = 0; x < w; x++) {
          if (!layer[y * w + x]) {
            continue;
          }
          int cx = Math.max(r, Math.min(w - 1 - r, x));
          int cy = Math.max(r, Math.min(h - 1 - r, y));
          int a = cy * w + cx;
          float best = Float.MAX_VALUE;
          int m = -1;
          for (int cand : field.centres) {
            float d = masked(level, open, a, at(cand, w), r, best);
            if (d < best) {
              best = d;
              m = cand;
            }
          }
          field.match[field.at(cx, cy)] = m;
          field.distance[field.at(cx, cy)] = best;
        }
      });
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int i = y * w + x;
          if (!layer[i]) {
            continue;
          }
          double sum = 0;
          double[] acc = new double[ch + 2];
          for (int v = Math.max(r, y - r); v <= Math.min(h - 1 - r, y + r); v++) {
            for (int u = Math.max(r, x - r); u <= Math.min(w - 1 - r, x + r); u++) {
              // only patches that were matched in this layer
              if (!layer[v * w + u]) {
                continue;
              }
              int k = field.at(u, v);
              double a = Math.pow(field.distance[k] + 1e-4, -2);
              int s = at(field.match[k], w) + (y - v) * w + x - u;
              sum += a;
              for (int c = 0; c < ch; c++) {
                acc[c] += a * p[s * ch + c];
              }
              acc[ch] += a * level.texture[2 * s];
              acc[ch + 1] += a * level.texture[2 * s + 1];
            }
          }
          if (sum == 0) {
            int cx = Math.max(r, Math.min(w - 1 - r, x));
            int cy = Math.max(r, Math.min(h - 1 - r, y));
            int s = at(field.match[field.at(cx, cy)], w) + (y - cy) * w + x - cx;
            sum = 1;
            for (int c = 0; c < ch; c++) {
              acc[c] = p[s * ch + c];
            }
            acc[ch] = level.texture[2 * s];
            acc[ch + 1] = level.texture[2 * s + 1];
          }
          for (int c = 0; c < ch; c++) {
            value[i * ch + c] = (float) (acc[c] / sum);
          }
          value2[2 * i] = (float) (acc[ch] / sum);
          value2[2 * i + 1] = (float) (acc[ch + 1] / sum);
        }
      }
      for (int i = 0; i < w * h; i++) {
        if (layer[i]) {
          open[i] = false;
          System.arraycopy(value, i * ch, p, i * ch, ch);
          level.texture[2 * i] = value2[2 * i];
          level.texture[2 * i + 1] = value2[2 * i + 1];
        }
      }
    }
  }

  private static int at(int packed, int w) {
    return (packed >> 16) * w + (packed & 0xffff);
  }

  private static float masked(Level level, boolean[] open, int a, int b, int r, float limit) {
    int w = level.width;
    int ch = level.channels;
    float[] p = level.pixels;
    float sum = 0;
    int n = 0;
    for (int dy = -r; dy <= r; dy++) {
      int i = a + dy * w - r;
      int j = b + dy * w - r;
      for (int dx = -r; dx <= r; dx++, i++, j++) {
        if (open[i]) {
          continue;
        }
        for (int c = 0; c < ch; c++) {
          float d = p[i * ch + c] - p[j * ch + c];
          sum += d * d;
        }
      }
      if (sum >= limit) {
        return sum;
      }
    }
    return sum;
  }
}
