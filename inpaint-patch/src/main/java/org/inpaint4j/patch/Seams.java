package org.inpaint4j.patch;

/**
 * Hides the seams between pieces: the level of each piece is moved so that slopes across a seam
 * are those of the sources (Pérez et al. 2003; Darabi et al. 2012), with a weak hold on the level.
 */
final class Seams {
  static final float HOLD = Tune.f("hold", 0.001);
  static final float FROM = Tune.f("seamFrom", 0.06);
  static final float TO = Tune.f("seamTo", 0.16);
  static final int MOST = Tune.i("seamIter", 150);

  private Seams() {}

  /**
   * @param label for each pixel of the level in the hole: packed source pixel
   */
  static void hide(Level level, int[] label, Crew crew) {
    int w = level.width;
    int h = level.height;
    int ch = level.channels;
    int[] number = new int[w * h];
    int n = 0;
    for (int i = 0; i < w * h; i++) {
      number[i] = level.hole[i] ? n++ : -1;
    }
    int[] right = new int[n];
    int[] down = new int[n];
    float[] diagonal = new float[n];
    float[][] rhs = new float[ch][n];
    float[] c = new float[ch];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        if (x + 1 < w) {
          edge(level, label, number, i, i + 1, 1, 0, c, diagonal, rhs, right);
        }
        if (y + 1 < h) {
          edge(level, label, number, i, i + w, 0, 1, c, diagonal, rhs, down);
        }
        if (number[i] >= 0) {
          diagonal[number[i]] += HOLD;
          if (x + 1 == w) right[number[i]] = -1;
          if (y + 1 == h) down[number[i]] = -1;
        }
      }
    }
    int count = n;
    crew.run(ch, q -> {
      float[] e = solve(count, right, down, diagonal, rhs[q]);
      for (int i = 0; i < w * h; i++) {
        if (number[i] >= 0) {
          level.pixels[i * ch + q] += e[number[i]];
        }
      }
    });
  }

  private static void edge(Level level, int[] label, int[] number, int p, int q, int dx, int dy, float[] c, float[] diagonal, float[][] rhs, int[] link) {
    int a = number[p];
    int b = number[q];
    if (a < 0 && b < 0) {
      return;
    }
    int w = level.width;
    int ch = level.channels;
    float[] px = level.pixels;
    float most = 0;
    boolean same = a >= 0 && b >= 0 && label[q] == label[p] + dx + (dy << 16);
    if (!same) {
      int s = a >= 0 ? (label[p] >> 16) * w + (label[p] & 0xffff) : -1;
      int s2 = a >= 0 ? known(level, label[p], dx, dy) : -1;
      int t = b >= 0 ? (label[q] >> 16) * w + (label[q] & 0xffff) : -1;
      int t2 = b >= 0 ? known(level, label[q], -dx, -dy) : -1;
      for (int k = 0; k < ch; k++) {
        float v = 0;
        int m = 0;
        if (s2 >= 0) {
          v += px[s2 * ch + k] - px[s * ch + k];
          m++;
        }
        if (t2 >= 0) {
          v += px[t * ch + k] - px[t2 * ch + k];
          m++;
        }
        c[k] = m == 0 ? 0 : v / m - (px[q * ch + k] - px[p * ch + k]);
        most = Math.max(most, Math.abs(c[k]));
      }
    }
    float keep = same ? 0 : Math.max(0, Math.min(1, (TO - most) / (TO - FROM)));
    if (a >= 0) {
      diagonal[a]++;
      link[a] = b;
    }
    if (b >= 0) {
      diagonal[b]++;
    }
    if (keep > 0) {
      for (int k = 0; k < ch; k++) {
        if (a >= 0) rhs[k][a] -= keep * c[k];
        if (b >= 0) rhs[k][b] += keep * c[k];
      }
    }
  }

  private static int known(Level level, int packed, int dx, int dy) {
    int x = (packed & 0xffff) + dx;
    int y = (packed >> 16) + dy;
    return x >= 0 && y >= 0 && x < level.width && y < level.height && !level.hole[y * level.width + x] ? y * level.width + x : -1;
  }

  private static float[] solve(int n, int[] right, int[] down, float[] diagonal, float[] r) {
    float[] x = new float[n];
    float[] d = r.clone();
    float[] q = new float[n];
    double rr = dot(r, r);
    double goal = rr * 1e-6;
    for (int it = 0; it < MOST && rr > goal && rr > 0; it++) {
      for (int i = 0; i < n; i++) {
        q[i] = diagonal[i] * d[i];
      }
      for (int i = 0; i < n; i++) {
        int a = right[i];
        int b = down[i];
        float di = d[i];
        float s = 0;
        if (a >= 0) {
          q[a] -= di;
          s += d[a];
        }
        if (b >= 0) {
          q[b] -= di;
          s += d[b];
        }
        q[i] -= s;
      }
      double alpha = rr / dot(d, q);
      float al = (float) alpha;
      for (int i = 0; i < n; i++) {
        x[i] += al * d[i];
        r[i] -= al * q[i];
      }
      double next = dot(r, r);
      float beta = (float) (next / rr);
      rr = next;
      for (int i = 0; i < n; i++) {
        d[i] = r[i] + beta * d[i];
      }
    }
    return x;
  }

  private static double dot(float[] a, float[] b) {
    double s = 0;
    for (int i = 0; i < a.length; i++) {
      s += a[i] * b[i];
    }
    return s;
  }
}
