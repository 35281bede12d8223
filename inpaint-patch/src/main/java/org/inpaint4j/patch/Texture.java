package org.inpaint4j.patch;

/** Texture features after Newson et al.: mean absolute slopes. */
final class Texture {
  static final int WINDOW = Tune.i("texWindow", 8);

  private Texture() {}

  static float[] of(float[] px, boolean[] hole, int w, int h, int ch) {
    float[] grey = new float[w * h];
    for (int i = 0; i < w * h; i++) {
      float s = 0;
      for (int c = 0; c < ch; c++) {
        s += px[i * ch + c];
      }
      grey[i] = s / ch;
    }
    float[] t = new float[2 * w * h];
    double[] sum = new double[(w + 1) * 3];
    double[][] sat = new double[3][(w + 1) * (h + 1)];
    for (int y = 0; y < h; y++) {
      double a = 0, b = 0, n = 0;
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        boolean ok = !hole[i] && x + 1 < w && y + 1 < h && !hole[i + 1] && !hole[i + w];
        if (ok) {
          a += Math.abs(grey[i + 1] - grey[i]);
          b += Math.abs(grey[i + w] - grey[i]);
          n++;
        }
        int j = (y + 1) * (w + 1) + x + 1;
        sat[0][j] = sat[0][j - w - 1] + a;
        sat[1][j] = sat[1][j - w - 1] + b;
        sat[2][j] = sat[2][j - w - 1] + n;
      }
    }
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int x0 = Math.max(0, x - WINDOW), x1 = Math.min(w, x + WINDOW + 1);
        int y0 = Math.max(0, y - WINDOW), y1 = Math.min(h, y + WINDOW + 1);
        double n = box(sat[2], w, x0, y0, x1, y1);
        if (n > 0) {
          t[2 * (y * w + x)] = (float) (box(sat[0], w, x0, y0, x1, y1) / n);
          t[2 * (y * w + x) + 1] = (float) (box(sat[1], w, x0, y0, x1, y1) / n);
        }
      }
    }
    return t;
  }

  private static double box(double[] s, int w, int x0, int y0, int x1, int y1) {
    int k = w + 1;
    return s[y1 * k + x1] - s[y0 * k + x1] - s[y1 * k + x0] + s[y0 * k + x0];
  }
}
