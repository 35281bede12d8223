package org.inpaint4j.patch;

/** Makes the hole's pixels out of the patches that cover them. */
final class Vote {
  static final float POWER = Tune.f("power", 2);
  static final float TRUST = Tune.f("trust", 2);
  static final float EPS = Tune.f("eps", 1e-2);

  private final Field field;
  private final Level level;
  private final Crew crew;
  private final float[] weight;

  /** Of the last vote without means: the source pixel of each pixel of the hole, packed. */
  final int[] label;

  Vote(Field field, Crew crew) {
    this.field = field;
    this.level = field.level;
    this.crew = crew;
    weight = new float[field.match.length];
    label = new int[level.hole.length];
  }

  /** mean: weighted mean; else the best patch of each pixel. */
  void run(boolean mean, float power) {
    int r = field.radius;
    int n = (2 * r + 1) * (2 * r + 1) * level.channels;
    for (int i = 0; i < weight.length; i++) {
      if (field.match[i] != Field.NONE) {
        double conf = Math.pow(mean ? TRUST : Tune.f("modeTrust", 2), -field.trust[i]);
        weight[i] = (float) (conf * Math.pow(field.distance[i] / n + EPS, -power));
      }
    }
    crew.run((field.height + 2 * r + 15) / 16, band -> {
      int y0 = field.top - r + band * 16;
      for (int y = Math.max(0, y0); y < Math.min(level.height, y0 + 16); y++) {
        row(y, mean);
      }
    });
  }

  private void row(int y, boolean mean) {
    int r = field.radius;
    int w = level.width;
    int ch = level.channels;
    float[] p = level.pixels;
    float[] t = level.texture;
    float[] acc = new float[ch];
    int x0 = Math.max(0, field.left - r);
    int x1 = Math.min(w, field.left + field.width + r);
    for (int x = x0; x < x1; x++) {
      int i = y * w + x;
      if (!level.hole[i]) {
        continue;
      }
      float sum = 0;
      float ta = 0;
      float tb = 0;
      float best = -1;
      int bestSource = -1;
      int bestPlace = -1;
      java.util.Arrays.fill(acc, 0);
      int v0 = Math.max(field.top, y - r);
      int v1 = Math.min(field.top + field.height - 1, y + r);
      int u0 = Math.max(field.left, x - r);
      int u1 = Math.min(field.left + field.width - 1, x + r);
      for (int v = v0; v <= v1; v++) {
        int k = (v - field.top) * field.width + u0 - field.left;
        for (int u = u0; u <= u1; u++, k++) {
          int m = field.match[k];
          if (m == Field.NONE) {
            continue;
          }
          float a = weight[k];
          int s = ((m >> 16) + y - v) * w + (m & 0xffff) + x - u;
          if (mean) {
            sum += a;
            for (int c = 0; c < ch; c++) {
              acc[c] += a * (p[s * ch + c] + field.shift[k * ch + c]);
            }
            ta += a * t[2 * s];
            tb += a * t[2 * s + 1];
          } else if (a > best) {
            best = a;
            bestSource = s;
            bestPlace = k;
          }
        }
      }
      if (mean && sum > 0) {
        for (int c = 0; c < ch; c++) {
          p[i * ch + c] = acc[c] / sum;
        }
        t[2 * i] = ta / sum;
        t[2 * i + 1] = tb / sum;
      } else if (bestSource >= 0) {
        label[i] = bestSource / w << 16 | bestSource % w;
        for (int c = 0; c < ch; c++) {
          p[i * ch + c] = p[bestSource * ch + c] + field.shift[bestPlace * ch + c];
        }
      }
    }
  }
}
