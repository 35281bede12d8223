package org.inpaint4j.patch;

/** PatchMatch sweeps over a field. */
final class Search {

  static final float TEXTURE = Tune.f("texture", 1.0);
  static final int BAND = 16;

  private final Field field;
  private final Level level;
  private final Crew crew;
  private final int r;
  private final float textureWeight;
  private final float nearness;

  private final Novelty novelty;
  private final int halvings;
  static final float NOVEL = Tune.f("novel", 0.2);

  Search(Field field, Crew crew, Novelty novelty, int halvings) {
    this.novelty = novelty;
    this.halvings = halvings;
    this.field = field;
    this.level = field.level;
    this.crew = crew;
    this.r = field.radius;
    int side = 2 * r + 1;
    float reach = Math.max(field.width, field.height) * Tune.f("localReach", 1);
    nearness = 1 / (reach * reach);
    textureWeight = TEXTURE * side * side * level.channels;
  }

  static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  static final float BOUND = Tune.f("bound", 0);
  static final float KAPPA = Tune.f("kappa", 0.1);
  static final float LOCAL = Tune.f("local", 0.0);

  /**
   * Squared difference of two patches, or something not below the limit.
   *
   * @param k place of the target in the field
   * @param ax target
   * @param source packed
   */
  float distance(int k, int ax, int ay, int source, float limit) {
    float[] p = level.pixels;
    float[] t = level.texture;
    int c = level.channels;
    int bx = source & 0xffff;
    int by = source >> 16;
    int a = ay * level.width + ax;
    int b = by * level.width + bx;
    float t0 = t[2 * a] - t[2 * b];
    float t1 = t[2 * a + 1] - t[2 * b + 1];
    int side = 2 * r + 1;
    float area = side * side;
    float sum = textureWeight * (t0 * t0 + t1 * t1);
    if (LOCAL > 0) {
      float dx = ax - bx;
      float dy = ay - by;
      float far = (dx * dx + dy * dy) * nearness;
      sum += LOCAL * area * c * (far / (1 + far));
    }
    if (NOVEL > 0) {
      sum += NOVEL * area * novelty.at(bx, by, halvings);
    }
    for (int q = 0; BOUND > 0 && q < c; q++) {
      float gap = field.mean[k * c + q] - field.sourceMean[b * c + q];
      float shift = gap / (1 + KAPPA);
      shift = Math.max(-BOUND, Math.min(BOUND, shift));
      sum += area * shift * (shift * (1 + KAPPA) - 2 * gap);
    }
    int stride = level.width * c;
    int n = side * c;
    int i = a * c - r * stride - r * c;
    int j = b * c - r * stride - r * c;
    for (int y = -r; y <= r; y++, i += stride, j += stride) {
      if (sum >= limit) {
        return sum;
      }
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      int x = 0;
      for (; x + 2 < n; x += 3) {
        float d0 = p[i + x] - p[j + x];
        float d1 = p[i + x + 1] - p[j + x + 1];
        float d2 = p[i + x + 2] - p[j + x + 2];
        s0 += d0 * d0;
        s1 += d1 * d1;
        s2 += d2 * d2;
      }
      for (; x < n; x++) {
        float d0 = p[i + x] - p[j + x];
        s0 += d0 * d0;
      }
      sum += s0 + s1 + s2;
    }
    return Math.max(0, sum);
  }

  /** Distances of the present matches, after pixels have changed. */
  void refresh() {
    int c = level.channels;
    int side = 2 * r + 1;
    crew.run(bands(), band -> {
      int y1 = Math.min(field.height, (band + 1) * BAND);
      for (int y = band * BAND; y < y1; y++) {
        for (int x = 0; x < field.width; x++) {
          int i = y * field.width + x;
          if (field.match[i] == Field.NONE) {
            continue;
          }
          for (int q = 0; q < c; q++) {
            float s = 0;
            for (int v = -r; v <= r; v++) {
              int at = ((y + field.top + v) * level.width + x + field.left - r) * c + q;
              for (int u = 0; u < side; u++) {
                s += level.pixels[at + u * c];
              }
            }
            field.mean[i * c + q] = s / (side * side);
          }
          field.distance[i] = distance(i, x + field.left, y + field.top, field.match[i], Float.MAX_VALUE);
        }
      }
    });
  }

  void shifts() {
    int c = level.channels;
    for (int i = 0; i < field.match.length; i++) {
      int m = field.match[i];
      if (m == Field.NONE) {
        continue;
      }
      int b = (m >> 16) * level.width + (m & 0xffff);
      for (int q = 0; q < c; q++) {
        float gap = field.mean[i * c + q] - field.sourceMean[b * c + q];
        field.shift[i * c + q] = Math.max(-BOUND, Math.min(BOUND, gap / (1 + KAPPA)));
      }
    }
  }

  private int bands() {
    return (field.height + BAND - 1) / BAND;
  }

  void sweep(boolean forward, long seed, int randoms) {
    int fw = field.width;
    int bands = bands();
    int[] edge = new int[bands * fw];
    for (int b = 0; b < bands; b++) {
      int y = forward ? b * BAND - 1 : (b + 1) * BAND;
      if (y >= 0 && y < field.height) {
        System.arraycopy(field.match, y * fw, edge, b * fw, fw);
      } else {
        java.util.Arrays.fill(edge, b * fw, (b + 1) * fw, Field.NONE);
      }
    }
    crew.run(bands, band -> sweepBand(band, forward, seed, randoms, edge));
  }

  private void sweepBand(int band, boolean forward, long seed, int randoms, int[] edge) {
    int fw = field.width;
    int w = level.width;
    int h = level.height;
    int[] match = field.match;
    int y0 = band * BAND;
    int y1 = Math.min(field.height, y0 + BAND);
    int step = forward ? 1 : -1;
    int first = forward ? y0 : y1 - 1;
    for (int y = first; y >= y0 && y < y1; y += step) {
      for (int x = forward ? 0 : fw - 1; x >= 0 && x < fw; x += step) {
        int i = y * fw + x;
        int m = match[i];
        if (m == Field.NONE) {
          continue;
        }
        int ax = x + field.left;
        int ay = y + field.top;
        float best = field.distance[i];
        int px = x - step;
        if (px >= 0 && px < fw && match[i - step] != Field.NONE) {
          int cand = match[i - step] + step;
          if (cand != m && isValid(cand)) {
            float d = distance(i, ax, ay, cand, best);
            if (d < best) {
              best = d;
              m = cand;
            }
          }
        }
        int n = y == first ? edge[band * fw + x] : match[i - step * fw];
        if (n != Field.NONE) {
          int cand = n + (step << 16);
          if (cand != m && isValid(cand)) {
            float d = distance(i, ax, ay, cand, best);
            if (d < best) {
              best = d;
              m = cand;
            }
          }
        }
        long z = mix(seed + i);
        int span = Math.max(w, h);
        for (int k = 0; k < randoms && span >= 1; k++, span >>= 1) {
          z = z * 6364136223846793005L + 1442695040888963407L;
          int rx = (int) ((z >>> 33) * (2L * span + 1) >>> 31);
          z = z * 6364136223846793005L + 1442695040888963407L;
          int ry = (int) ((z >>> 33) * (2L * span + 1) >>> 31);
          int cx = (m & 0xffff) - span + rx;
          int cy = (m >> 16) - span + ry;
          if (cx < 0 || cy < 0 || cx >= w || cy >= h || !field.valid[cy * w + cx]) {
            continue;
          }
          int cand = cy << 16 | cx;
          float d = distance(i, ax, ay, cand, best);
          if (d < best) {
            best = d;
            m = cand;
          }
        }
        match[i] = m;
        field.distance[i] = best;
      }
    }
  }

  private boolean isValid(int cand) {
    int x = cand & 0xffff;
    int y = cand >> 16;
    return x < level.width && y >= 0 && y < level.height && field.valid[y * level.width + x];
  }
}
