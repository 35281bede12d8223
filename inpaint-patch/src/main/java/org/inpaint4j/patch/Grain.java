package org.inpaint4j.patch;

import java.util.Arrays;

/**
 * The grain of a picture: what its pixels differ by from the mean of their neighbours where nothing
 * else happens. It is copied from the nearest calm place, so that its colours and its coarseness
 * are those of the picture.
 *
 * <p>How strong it is tells the calmest fifth of the known pixels: texture is not taken for grain,
 * and a picture without grain gets none.
 */
final class Grain {

  /** Pixels to each side that the strength is measured over. */
  private static final int WINDOW = 2;

  /** The share of the known pixels that is calm. */
  private static final double CALM = 0.2;

  /** A mean of so few squares, and the least of many: 1.25 in Gaussian grain. */
  private static final double TOO_LITTLE = 1.25;

  /** Of the difference from a mean of 3x3 to the grain itself. */
  private static final double OF_MEANS = Math.sqrt(9.0 / 8);

  /** More than so many times the strength is an edge. */
  private static final float MOST = 2.5f;

  /** Side of the squares that are copied from one place each. */
  private static final int TILE = 8;

  /** How far a place may be. */
  private static final int FAR = 24;

  private final ThinPlanes planes;
  private final int width;
  private final int height;

  /** Differences from the mean around, by channel; 0 where one of its pixels is missing. */
  private final float[][] rest;

  /** Whether all pixels around are known. */
  private final boolean[] whole;

  /** Mean squares of the differences around, over all channels; no number if too few are known. */
  private final float[] strength;

  private final double calm;

  private Grain(ThinPlanes planes) {
    this.planes = planes;
    width = planes.width;
    height = planes.height;
    whole = Field.whole(planes.hole, false, width, height, 1);
    rest = new float[planes.channels.length][width * height];
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        for (int c = 0; c < rest.length && whole[y * width + x]; c++) {
          rest[c][y * width + x] = difference(planes.channels[c], y * width + x);
        }
      }
    }
    strength = new float[width * height];
    calm = measure();
  }

  private float difference(float[] p, int i) {
    float sum = 0;
    for (int row = i - width; row <= i + width; row += width) {
      sum += p[row - 1] + p[row] + p[row + 1];
    }
    return p[i] - sum / 9;
  }

  /** Sets the strengths; returns that of the calm part, squared. */
  private double measure() {
    float[] all = new float[width * height];
    int count = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float square = meanSquare(x, y);
        strength[y * width + x] = square;
        if (square >= 0) {
          all[count++] = square;
        }
      }
    }
    if (count == 0) {
      return 0;
    }
    Arrays.sort(all, 0, count);
    return all[(int) (CALM * count)] * TOO_LITTLE * TOO_LITTLE;
  }

  /** Around a pixel; -1 if a pixel there has no difference. */
  private float meanSquare(int x, int y) {
    if (x < WINDOW || y < WINDOW || x >= width - WINDOW || y >= height - WINDOW) {
      return -1;
    }
    float sum = 0;
    int count = 0;
    for (int v = y - WINDOW; v <= y + WINDOW; v++) {
      for (int i = v * width + x - WINDOW; i <= v * width + x + WINDOW; i++) {
        if (!whole[i]) {
          return -1;
        }
        for (float[] plane : rest) {
          sum += plane[i] * plane[i];
          count++;
        }
      }
    }
    return sum / count;
  }

  /**
   * Adds grain to what was estimated.
   *
   * @param planes modified in the hole
   * @param amount from 0 to 1
   */
  static void add(ThinPlanes planes, double amount) {
    if (Math.min(planes.width, planes.height) <= 2 * WINDOW) {
      return;
    }
    Grain grain = new Grain(planes);
    if (grain.calm > 0) {
      for (int y = 0; y < grain.height; y += TILE) {
        for (int x = 0; x < grain.width; x += TILE) {
          grain.addTile(x, y, (float) (amount * OF_MEANS));
        }
      }
    }
  }

  private void addTile(int left, int top, float amount) {
    int right = Math.min(width, left + TILE);
    int bottom = Math.min(height, top + TILE);
    if (planes.wanted(left, top, right, bottom) == 0) {
      return;
    }
    int[] shift = calmest(left, top, right, bottom);
    float most = MOST * (float) Math.sqrt(calm);
    for (int y = top; y < bottom && shift.length > 0; y++) {
      for (int x = left; x < right; x++) {
        int i = y * width + x;
        if (planes.hole[i] && planes.wanted(x, y, x + 1, y + 1) > 0) {
          int from = (y + shift[1]) * width + x + shift[0];
          for (int c = 0; c < rest.length; c++) {
            float more = Math.max(-most, Math.min(most, rest[c][from]));
            planes.channels[c][i] = planes.clamp(c, planes.channels[c][i] + amount * more);
          }
        }
      }
    }
  }

  /** The shift to the calmest place that is near enough and known; the nearest of equals. */
  private int[] calmest(int left, int top, int right, int bottom) {
    double least = Double.POSITIVE_INFINITY;
    int[] best = {};
    for (int dy = -FAR; dy <= FAR; dy += 2) {
      for (int dx = -FAR; dx <= FAR; dx += 2) {
        // Calmer than calm is no better: else all tiles would copy one place.
        double unrest = Math.max(calm, unrest(left + dx, top + dy, right + dx, bottom + dy));
        double cost = unrest * (1 + (double) (dx * dx + dy * dy) / (FAR * FAR));
        if (cost < least) {
          least = cost;
          best = new int[] {dx, dy};
        }
      }
    }
    return best;
  }

  private double unrest(int left, int top, int right, int bottom) {
    if (left < 0 || top < 0 || right > width || bottom > height) {
      return Double.POSITIVE_INFINITY;
    }
    double most = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int i = y * width + x;
        if (strength[i] < 0) {
          return Double.POSITIVE_INFINITY;
        }
        most = Math.max(most, strength[i]);
      }
    }
    return most;
  }
}
