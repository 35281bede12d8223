package org.inpaint4j.patch;

import org.inpaint4j.image.Bounds;

/**
 * Takes away differences of level between pieces from different places, and between them and the
 * rim: a correction e of the hole for which {@code e_q - e_p} is, for neighbours p and q, the
 * difference between the slope that the sources of both have there and the slope that is there now
 * (Pérez et al. 2003; Darabi et al. 2012). Between neighbours from one piece that is 0.
 *
 * <p>Where the two slopes differ by more than a bound, the edge is taken to be one of the picture,
 * and is left. Where both pieces are smooth the bound is higher: there a step is seen that texture
 * would hide, and the picture itself has none. A weak hold on the level keeps errors from adding
 * up; it also keeps the number of steps of the conjugate gradients from growing with the hole.
 * Nothing becomes darker or lighter than what is known.
 */
final class Seams {

  /** The weight of {@code e = 0} beside 1 for each edge: a reach of about 30 pixels. */
  private static final float HOLD = 0.001f;

  /** The part of the bound up to which a difference is taken away in full. */
  private static final float FULLY = 0.375f;

  /** As {@link #FULLY}, between pieces that are smooth all through. */
  private static final float SMOOTH_FULLY = 0.6f;

  /** How many times the bound is higher between pieces that are smooth all through. */
  private static final float SMOOTH_BOUND = 3;

  /** The mean slope around a pixel, along rows and along columns together, that is not smooth. */
  private static final float ROUGH = 0.04f;

  private static final int MOST_STEPS = 150;

  /** The squared residual at which to stop, relative to that of e = 0. */
  private static final double ENOUGH = 1e-6;

  private final Level level;
  private final int[] origin;
  private final float bound;
  private final int[] number;
  private final int count;
  private final int[] right;
  private final int[] down;
  private final float[] diagonal;
  private final float[][] wanted;
  private final float[] gap;

  private Seams(Level level, int[] origin, float bound) {
    this.level = level;
    this.origin = origin;
    this.bound = bound;
    Bounds box = level.box;
    number = new int[box.width() * box.height()];
    int n = 0;
    for (int y = 0, k = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++, k++) {
        number[k] = level.hole[(y + box.y()) * level.width + x + box.x()] ? n++ : -1;
      }
    }
    count = n;
    right = new int[n];
    down = new int[n];
    diagonal = new float[n];
    wanted = new float[level.channels][n];
    gap = new float[level.channels];
  }

  /**
   * Corrects the hole of a level.
   *
   * @param level the level, put together of whole pieces. Its hole is modified.
   * @param origin where each pixel of the hole came from, as {@link Vote#best} tells
   * @param bound the largest difference that is taken away, more than 0
   * @param crew does the channels
   */
  static void hide(Level level, int[] origin, float bound, Crew crew) {
    Seams seams = new Seams(level, origin, bound);
    seams.link();
    crew.run(level.channels, seams::correct);
  }

  private void link() {
    Bounds box = level.box;
    for (int y = box.y() - 1; y < box.y() + box.height(); y++) {
      for (int x = box.x() - 1; x < box.x() + box.width(); x++) {
        int a = number(x, y);
        int b = number(x + 1, y);
        int c = number(x, y + 1);
        if (a >= 0) {
          diagonal[a] += HOLD;
          right[a] = b;
          down[a] = c;
        }
        if (a >= 0 || b >= 0) {
          edge(a, b, x, y, 1, 0);
        }
        if (a >= 0 || c >= 0) {
          edge(a, c, x, y, 0, 1);
        }
      }
    }
  }

  private int number(int x, int y) {
    Bounds box = level.box;
    int u = x - box.x();
    int v = y - box.y();
    boolean inside = u >= 0 && v >= 0 && u < box.width() && v < box.height();
    return inside ? number[v * box.width() + u] : -1;
  }

  private int origin(int x, int y) {
    return origin[(y - level.box.y()) * level.box.width() + x - level.box.x()];
  }

  private void edge(int a, int b, int x, int y, int dx, int dy) {
    if (x < 0 || y < 0 || x + dx >= level.pictureWidth || y + dy >= level.pictureHeight) {
      return;
    }
    float keep = gap(a, b, x, y, dx, dy);
    if (a >= 0) {
      diagonal[a]++;
    }
    if (b >= 0) {
      diagonal[b]++;
    }
    for (int c = 0; c < gap.length && keep > 0; c++) {
      if (a >= 0) {
        wanted[c][a] -= keep * gap[c];
      }
      if (b >= 0) {
        wanted[c][b] += keep * gap[c];
      }
    }
  }

  /** Sets the gap between wanted and present slope; returns which part of it to take away. */
  private float gap(int a, int b, int x, int y, int dx, int dy) {
    int step = (dy << 16) + dx;
    if (a >= 0 && b >= 0 && origin(x + dx, y + dy) == origin(x, y) + step) {
      return 0;
    }
    int from = a >= 0 ? pixel(origin(x, y)) : -1;
    int fromNext = a >= 0 ? pixel(origin(x, y) + step) : -1;
    int to = b >= 0 ? pixel(origin(x + dx, y + dy)) : -1;
    int toBefore = b >= 0 ? pixel(origin(x + dx, y + dy) - step) : -1;
    int slopes = (fromNext >= 0 ? 1 : 0) + (toBefore >= 0 ? 1 : 0);
    if (slopes == 0) {
      return 0;
    }
    float[] p = level.pixels;
    int channels = level.channels;
    int i = y * level.width + x;
    int j = i + dy * level.width + dx;
    float most = 0;
    for (int c = 0; c < channels; c++) {
      float slope = 0;
      if (fromNext >= 0) {
        slope += p[fromNext * channels + c] - p[from * channels + c];
      }
      if (toBefore >= 0) {
        slope += p[to * channels + c] - p[toBefore * channels + c];
      }
      gap[c] = slope / slopes - (p[j * channels + c] - p[i * channels + c]);
      most = Math.max(most, Math.abs(gap[c]));
    }
    float smooth = Math.max(0, 1 - Math.max(slope(from), slope(to)) / ROUGH);
    float highest = bound * (1 + (SMOOTH_BOUND - 1) * smooth);
    float fully = FULLY + (SMOOTH_FULLY - FULLY) * smooth;
    return Math.max(0, Math.min(1, (highest - most) / (highest * (1 - fully))));
  }

  /** The mean slope around a pixel; 0 if there is none. */
  private float slope(int pixel) {
    float[] t = level.texture;
    return pixel < 0 ? 0 : t[2 * pixel] + t[2 * pixel + 1];
  }

  /** The index of a known pixel, or -1. A column or row too far is seen as one of no pixel. */
  private int pixel(int packed) {
    int x = packed & 0xffff;
    int y = packed >> 16;
    boolean inside = x < level.width && y >= 0 && y < level.height;
    return inside && level.isKnown(x, y) ? y * level.width + x : -1;
  }

  private void correct(int channel) {
    float[] e = solve(wanted[channel]);
    Bounds box = level.box;
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int y = 0; y < level.pictureHeight; y++) {
      for (int i = y * level.width; i < y * level.width + level.pictureWidth; i++) {
        if (!level.hole[i]) {
          least = Math.min(least, level.pixels[i * level.channels + channel]);
          most = Math.max(most, level.pixels[i * level.channels + channel]);
        }
      }
    }
    for (int k = 0; k < number.length; k++) {
      if (number[k] >= 0) {
        int i = (box.y() + k / box.width()) * level.width + box.x() + k % box.width();
        int sample = i * level.channels + channel;
        float corrected = level.pixels[sample] + e[number[k]];
        level.pixels[sample] = Math.max(least, Math.min(most, corrected));
      }
    }
  }

  /** Conjugate gradients. The residual is modified. */
  private float[] solve(float[] residual) {
    float[] e = new float[count];
    float[] direction = residual.clone();
    float[] product = new float[count];
    double norm = dot(residual, residual);
    double goal = norm * ENOUGH;
    for (int step = 0; step < MOST_STEPS && norm > goal; step++) {
      multiply(direction, product);
      float length = (float) (norm / dot(direction, product));
      for (int i = 0; i < count; i++) {
        e[i] += length * direction[i];
        residual[i] -= length * product[i];
      }
      double next = dot(residual, residual);
      float turn = (float) (next / norm);
      norm = next;
      for (int i = 0; i < count; i++) {
        direction[i] = residual[i] + turn * direction[i];
      }
    }
    return e;
  }

  private void multiply(float[] v, float[] product) {
    for (int i = 0; i < count; i++) {
      product[i] = diagonal[i] * v[i];
    }
    for (int i = 0; i < count; i++) {
      float sum = 0;
      if (right[i] >= 0) {
        product[right[i]] -= v[i];
        sum += v[right[i]];
      }
      if (down[i] >= 0) {
        product[down[i]] -= v[i];
        sum += v[down[i]];
      }
      product[i] -= sum;
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
