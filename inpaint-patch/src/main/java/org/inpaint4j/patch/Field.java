package org.inpaint4j.patch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which source patch each target patch looks like: offsets by whole pixels, one level. */
final class Field {

  static final int NONE = -1;

  final Level level;
  final int radius;

  /** Bounding box of target centres. */
  final int left;

  final int top;
  final int width;
  final int height;

  /** For each place of the box the centre of its source patch, or NONE outside the target. */
  final int[] match;

  final float[] distance;

  /** 1 at the rim of the hole and lower inside. */
  final float[] trust;

  /** Mean of the patch around each target centre, and what is added to its source. */
  final float[] mean;

  final float[] shift;

  /** Mean of the patch around each pixel of the level. */
  final float[] sourceMean;

  /** Whether a patch around a pixel of the level is all source. */
  final boolean[] valid;

  /** All centres that are valid. */
  final int[] centres;

  Field(Level level, int radius) {
    this.level = level;
    this.radius = radius;
    int w = level.width;
    int h = level.height;
    valid = erode(level.source, w, h, radius);
    int n = 0;
    for (boolean b : valid) {
      n += b ? 1 : 0;
    }
    centres = new int[n];
    n = 0;
    for (int i = 0; i < valid.length; i++) {
      if (valid[i]) {
        centres[n++] = i / w << 16 | i % w;
      }
    }
    int l = w, r = -1, t = h, b = -1;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        if (level.hole[y * w + x]) {
          l = Math.min(l, x);
          r = Math.max(r, x);
          t = Math.min(t, y);
          b = Math.max(b, y);
        }
      }
    }
    left = clamp(l - radius, radius, w - 1 - radius);
    top = clamp(t - radius, radius, h - 1 - radius);
    int right = clamp(r + radius, radius, w - 1 - radius);
    int bottom = clamp(b + radius, radius, h - 1 - radius);
    width = right - left + 1;
    height = bottom - top + 1;
    match = new int[width * height];
    distance = new float[width * height];
    trust = new float[width * height];
    Arrays.fill(match, NONE);
    boolean[] near = touching();
    for (int i = 0; i < near.length; i++) {
      if (near[i]) {
        match[i] = centres.length > 0 ? centres[0] : NONE;
        distance[i] = Float.MAX_VALUE;
      }
    }
    depth();
    mean = new float[match.length * level.channels];
    shift = new float[match.length * level.channels];
    sourceMean = boxMean(level.pixels, w, h, level.channels, radius);
  }

  static float[] boxMean(float[] p, int w, int h, int ch, int r) {
    int n = (2 * r + 1) * (2 * r + 1);
    float[] out = new float[p.length];
    double[] col = new double[w * ch];
    for (int y = 0; y < h; y++) {
      for (int k = 0; k < w * ch; k++) {
        col[k] += p[y * w * ch + k];
        if (y > 2 * r) {
          col[k] -= p[(y - 2 * r - 1) * w * ch + k];
        }
      }
      if (y < 2 * r) {
        continue;
      }
      for (int c = 0; c < ch; c++) {
        double s = 0;
        for (int x = 0; x < w; x++) {
          s += col[x * ch + c];
          if (x > 2 * r) {
            s -= col[(x - 2 * r - 1) * ch + c];
          }
          if (x >= 2 * r) {
            out[((y - r) * w + x - r) * ch + c] = (float) (s / n);
          }
        }
      }
    }
    return out;
  }

  private static int clamp(int v, int lo, int hi) {
    return Math.max(lo, Math.min(hi, v));
  }

  boolean isTarget(int x, int y) {
    return x >= left && y >= top && x < left + width && y < top + height
        && match[(y - top) * width + x - left] != NONE;
  }

  int at(int x, int y) {
    return (y - top) * width + x - left;
  }

  private boolean[] touching() {
    int w = level.width;
    boolean[] near = new boolean[width * height];
    // prefix sums of hole along rows, then columns
    int[] sum = new int[(level.height + 1) * (w + 1)];
    for (int y = 0; y < level.height; y++) {
      int row = 0;
      for (int x = 0; x < w; x++) {
        row += level.hole[y * w + x] ? 1 : 0;
        sum[(y + 1) * (w + 1) + x + 1] = sum[y * (w + 1) + x + 1] + row;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int x0 = x + left - radius, x1 = x + left + radius + 1;
        int y0 = y + top - radius, y1 = y + top + radius + 1;
        int s = sum[y1 * (w + 1) + x1] - sum[y0 * (w + 1) + x1] - sum[y1 * (w + 1) + x0] + sum[y0 * (w + 1) + x0];
        near[y * width + x] = s > 0;
      }
    }
    return near;
  }

  private void depth() {
    int w = level.width;
    float[] d = trust;
    float big = 1e9f;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        d[y * width + x] = level.hole[(y + top) * w + x + left] ? big : 0;
      }
    }
    float diag = 1.41421356f;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        float v = d[i];
        if (x > 0) v = Math.min(v, d[i - 1] + 1);
        if (y > 0) {
          v = Math.min(v, d[i - width] + 1);
          if (x > 0) v = Math.min(v, d[i - width - 1] + diag);
          if (x + 1 < width) v = Math.min(v, d[i - width + 1] + diag);
        }
        d[i] = v;
      }
    }
    for (int y = height - 1; y >= 0; y--) {
      for (int x = width - 1; x >= 0; x--) {
        int i = y * width + x;
        float v = d[i];
        if (x + 1 < width) v = Math.min(v, d[i + 1] + 1);
        if (y + 1 < height) {
          v = Math.min(v, d[i + width] + 1);
          if (x > 0) v = Math.min(v, d[i + width - 1] + diag);
          if (x + 1 < width) v = Math.min(v, d[i + width + 1] + diag);
        }
        d[i] = v;
      }
    }
  }

  static boolean[] erode(boolean[] on, int w, int h, int r) {
    boolean[] rows = new boolean[w * h];
    boolean[] out = new boolean[w * h];
    for (int y = 0; y < h; y++) {
      int run = 0;
      for (int x = 0; x < w; x++) {
        run = on[y * w + x] ? run + 1 : 0;
        if (run >= 2 * r + 1) {
          rows[y * w + x - r] = true;
        }
      }
    }
    int[] run = new int[w];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        run[x] = rows[y * w + x] ? run[x] + 1 : 0;
        if (run[x] >= 2 * r + 1) {
          out[(y - r) * w + x] = true;
        }
      }
    }
    return out;
  }

  /** Takes over the matches of the level of half the size. */
  void from(Field coarse, long seed) {
    int w = level.width;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        if (match[i] == NONE) {
          continue;
        }
        int px = x + left;
        int py = y + top;
        int best = NONE;
        int cx = px >> 1;
        int cy = py >> 1;
        float score = Float.MAX_VALUE;
        for (int dy = -2; dy <= 2; dy++) {
          for (int dx = -2; dx <= 2; dx++) {
            if (!coarse.isTarget(cx + dx, cy + dy)) {
              continue;
            }
            float s = dx * dx + dy * dy;
            if (s >= score) {
              continue;
            }
            int m = coarse.match[coarse.at(cx + dx, cy + dy)];
            int sx = 2 * ((m & 0xffff) - dx) + (px & 1);
            int sy = 2 * ((m >> 16) - dy) + (py & 1);
            if (sx >= 0 && sy >= 0 && sx < w && sy < level.height && valid[sy * w + sx]) {
              score = s;
              best = sy << 16 | sx;
              distance[i] = coarse.distance[coarse.at(cx + dx, cy + dy)];
            }
          }
        }
        if (best == NONE) {
          best = centres[(int) Long.remainderUnsigned(Search.mix(seed + i), centres.length)];
          distance[i] = 1e6f;
        }
        match[i] = best;
      }
    }
  }

  double energy() {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < match.length; i++) {
      if (match[i] != NONE) {
        sum += distance[i];
        n++;
      }
    }
    return n == 0 ? 0 : sum / n;
  }
}
