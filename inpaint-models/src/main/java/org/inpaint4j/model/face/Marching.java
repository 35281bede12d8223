package org.inpaint4j.model.face;

import java.util.Arrays;

/**
 * Fills holes from their edge inwards: each pixel is a mean of pixels near by that are known or
 * were filled before it, those first that lie across the edge (Telea, <em>An image inpainting
 * technique based on the fast marching method</em>, 2004, without its gradients, and with chamfer
 * distances).
 */
final class Marching {

  /** How far pixels are looked at. */
  private static final int RADIUS = 5;

  private static final float GRAY = 128;
  private static final float ACROSS = 1;
  private static final float ASKEW = 1.4142135f;

  /** Of a pixel that lies along the edge. */
  private static final double LEAST_ACROSS = 0.01;

  private final int width;
  private final int height;
  private final float[] samples;
  private final float[] distance;

  private Marching(Picture known, boolean[] missing) {
    this.width = known.size().width();
    this.height = known.size().height();
    this.samples = known.samples().clone();
    this.distance = new float[missing.length];
    for (int i = 0; i < missing.length; i++) {
      distance[i] = missing[i] ? Float.MAX_VALUE / 4 : 0;
    }
  }

  /**
   * Fills.
   *
   * @param known [3, H, W]; what it holds in the hole has no influence. Not modified.
   * @param missing the hole. If it is all of the picture the result is gray.
   */
  static Picture fill(Picture known, boolean[] missing) {
    Marching marching = new Marching(known, missing);
    marching.measure();
    for (long pixel : marching.order()) {
      marching.fill((int) pixel);
    }
    return new Picture(known.size(), marching.samples);
  }

  /** Distances from the known pixels, in two passes. */
  private void measure() {
    for (int i = 0; i < distance.length; i++) {
      int x = i % width;
      nearer(i, x > 0 ? i - 1 : -1, ACROSS);
      nearer(i, i - width, ACROSS);
      nearer(i, x > 0 ? i - width - 1 : -1, ASKEW);
      nearer(i, x < width - 1 ? i - width + 1 : -1, ASKEW);
    }
    for (int i = distance.length - 1; i >= 0; i--) {
      int x = i % width;
      nearer(i, x < width - 1 ? i + 1 : -1, ACROSS);
      nearer(i, i + width, ACROSS);
      nearer(i, x < width - 1 ? i + width + 1 : -1, ASKEW);
      nearer(i, x > 0 ? i + width - 1 : -1, ASKEW);
    }
  }

  private void nearer(int pixel, int by, float step) {
    if (by >= 0 && by < distance.length && distance[by] + step < distance[pixel]) {
      distance[pixel] = distance[by] + step;
    }
  }

  /** The pixels of the hole in the lower halves of numbers, the nearest to the edge first. */
  private long[] order() {
    long[] order = new long[distance.length];
    int count = 0;
    for (int i = 0; i < distance.length; i++) {
      if (distance[i] > 0) {
        order[count++] = (long) Float.floatToIntBits(distance[i]) << 32 | i;
      }
    }
    long[] hole = Arrays.copyOf(order, count);
    Arrays.sort(hole);
    return hole;
  }

  private void fill(int pixel) {
    int x = pixel % width;
    int y = pixel / width;
    float here = distance[pixel];
    double slopeX = slope(x > 0 ? pixel - 1 : pixel, x < width - 1 ? pixel + 1 : pixel);
    double slopeY = slope(y > 0 ? pixel - width : pixel, y < height - 1 ? pixel + width : pixel);
    double steep = Math.max(1e-6, Math.hypot(slopeX, slopeY));
    double blue = 0;
    double green = 0;
    double red = 0;
    double all = 0;
    int plane = width * height;
    for (int v = Math.max(0, y - RADIUS); v <= Math.min(height - 1, y + RADIUS); v++) {
      for (int u = Math.max(0, x - RADIUS); u <= Math.min(width - 1, x + RADIUS); u++) {
        int from = v * width + u;
        int dx = x - u;
        int dy = y - v;
        int square = dx * dx + dy * dy;
        if (square > RADIUS * RADIUS || distance[from] >= here) {
          continue;
        }
        double across =
            Math.max(LEAST_ACROSS, Math.abs(dx * slopeX + dy * slopeY) / steep / Math.sqrt(square));
        double weight = across / square / (1 + here - distance[from]);
        blue += weight * samples[from];
        green += weight * samples[plane + from];
        red += weight * samples[2 * plane + from];
        all += weight;
      }
    }
    samples[pixel] = all == 0 ? GRAY : (float) (blue / all);
    samples[plane + pixel] = all == 0 ? GRAY : (float) (green / all);
    samples[2 * plane + pixel] = all == 0 ? GRAY : (float) (red / all);
  }

  private double slope(int before, int after) {
    return before == after ? 0 : (distance[after] - distance[before]) / 2.0;
  }
}
