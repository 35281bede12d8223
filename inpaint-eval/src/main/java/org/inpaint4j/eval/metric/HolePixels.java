package org.inpaint4j.eval.metric;

import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/**
 * A set of pixels, grown and shrunk by the cross of 4 neighbours. Outside the picture nothing
 * belongs to it.
 */
final class HolePixels {

  private final Size size;

  /** Which pixels belong to the set, row by row. */
  private final boolean[] in;

  private HolePixels(Size size, boolean[] in) {
    this.size = size;
    this.in = in;
  }

  /** The pixels of a hole. */
  static HolePixels of(Mask mask) {
    boolean[] in = new boolean[mask.size().pixels()];
    for (int i = 0; i < in.length; i++) {
      in[i] = mask.isHole(i % mask.width(), i / mask.width());
    }
    return new HolePixels(mask.size(), in);
  }

  /** The size of the picture. */
  Size size() {
    return size;
  }

  /** Whether a pixel belongs to the set. */
  boolean has(int x, int y) {
    return in[y * size.width() + x];
  }

  /** The number of pixels. */
  int count() {
    int count = 0;
    for (boolean pixel : in) {
      count += pixel ? 1 : 0;
    }
    return count;
  }

  /** The sum of values over the pixels. */
  double sum(double[] values) {
    double sum = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i]) {
        sum += values[i];
      }
    }
    return sum;
  }

  /** The pixels whose 4 neighbours belong to the set, as often as wanted. */
  HolePixels eroded(int times) {
    HolePixels pixels = this;
    for (int n = 0; n < times; n++) {
      boolean[] left = new boolean[in.length];
      for (int i = 0; i < in.length; i++) {
        left[i] = pixels.in[i] && pixels.neighbours(i) == 4;
      }
      pixels = new HolePixels(size, left);
    }
    return pixels;
  }

  /** The pixels next to the edge of the set, on both sides of it. */
  HolePixels ring() {
    boolean[] ring = new boolean[in.length];
    for (int i = 0; i < in.length; i++) {
      int neighbours = neighbours(i);
      ring[i] = in[i] ? neighbours < 4 : neighbours > 0;
    }
    return new HolePixels(size, ring);
  }

  private int neighbours(int i) {
    int width = size.width();
    int x = i % width;
    int count = 0;
    count += x > 0 && in[i - 1] ? 1 : 0;
    count += x < width - 1 && in[i + 1] ? 1 : 0;
    count += i >= width && in[i - width] ? 1 : 0;
    count += i < in.length - width && in[i + width] ? 1 : 0;
    return count;
  }
}
