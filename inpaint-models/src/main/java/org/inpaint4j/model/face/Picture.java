package org.inpaint4j.model.face;

import java.util.Arrays;
import org.inpaint4j.image.Size;

/**
 * A picture as the network takes it: [3, H, W], blue, green and red from 0 to 255; perhaps with
 * more planes behind them.
 *
 * @param size columns and rows
 * @param samples plane after plane. Not modified by anything here.
 */
@SuppressWarnings("ArrayRecordComponent") // a bare holder for numeric code, never compared
record Picture(Size size, float[] samples) {

  static Picture blank(int planes, Size size) {
    return new Picture(size, new float[planes * size.pixels()]);
  }

  int planes() {
    return samples.length / size.pixels();
  }

  /** One of the planes, copied. */
  Picture plane(int index) {
    int plane = size.pixels();
    return new Picture(size, Arrays.copyOfRange(samples, index * plane, (index + 1) * plane));
  }

  /** The same picture at another size: by area along an axis that shrinks, else linearly. */
  Picture resized(Size to) {
    if (to.equals(size)) {
      return this;
    }
    float[] wide = new float[planes() * size.height() * to.width()];
    Axis columns = Axis.of(size.width(), to.width());
    for (int line = 0; line < planes() * size.height(); line++) {
      columns.apply(samples, line * size.width(), wide, line * to.width());
    }
    Picture result = blank(planes(), to);
    Axis rows = Axis.of(size.height(), to.height());
    for (int c = 0; c < planes(); c++) {
      rows.applyToRows(
          wide, c * size.height() * to.width(), to.width(), result.samples, c * to.pixels());
    }
    return result;
  }

  /** The same picture with black columns and rows at its right and lower side. */
  Picture padded(Size to) {
    if (to.equals(size)) {
      return this;
    }
    Picture result = blank(planes(), to);
    for (int c = 0; c < planes(); c++) {
      for (int y = 0; y < size.height(); y++) {
        System.arraycopy(
            samples,
            (c * size.height() + y) * size.width(),
            result.samples,
            (c * to.height() + y) * to.width(),
            size.width());
      }
    }
    return result;
  }

  /** The picture as a mirror shows it. */
  Picture mirrored() {
    Picture result = blank(planes(), size);
    int width = size.width();
    for (int line = 0; line < planes() * size.height(); line++) {
      for (int x = 0; x < width; x++) {
        result.samples[line * width + x] = samples[(line + 1) * width - 1 - x];
      }
    }
    return result;
  }

  /**
   * Interpolates between pixels; the border is repeated.
   *
   * @param x the column; a whole number is the centre of a pixel
   * @param y the row
   * @param into takes one sample of each plane
   * @param at the index of the first of them
   * @param plane the distance of the planes there
   */
  void sample(double x, double y, float[] into, int at, int plane) {
    double u = Math.max(0, Math.min(size.width() - 1, x));
    double v = Math.max(0, Math.min(size.height() - 1, y));
    int left = Math.min((int) u, Math.max(0, size.width() - 2));
    int top = Math.min((int) v, Math.max(0, size.height() - 2));
    int right = Math.min(left + 1, size.width() - 1);
    int bottom = Math.min(top + 1, size.height() - 1);
    float across = (float) (u - left);
    float down = (float) (v - top);
    for (int c = 0; c < planes(); c++) {
      int upper = (c * size.height() + top) * size.width();
      int lower = (c * size.height() + bottom) * size.width();
      float above =
          samples[upper + left] + across * (samples[upper + right] - samples[upper + left]);
      float below =
          samples[lower + left] + across * (samples[lower + right] - samples[lower + left]);
      into[at + c * plane] = above + down * (below - above);
    }
  }

  /** Which samples of a line make up which others. */
  @SuppressWarnings("ArrayRecordComponent") // a bare holder for numeric code, never compared
  private record Axis(int taps, int[] index, float[] weight) {

    static Axis of(int from, int to) {
      double scale = (double) from / to;
      int taps = scale > 1 ? (int) Math.ceil(scale) + 1 : 2;
      int[] index = new int[taps * to];
      float[] weight = new float[taps * to];
      for (int i = 0; i < to; i++) {
        double center = (i + 0.5) * scale - 0.5;
        int first = (int) (scale > 1 ? Math.floor(i * scale) : Math.floor(center));
        for (int k = 0; k < taps; k++) {
          int sample = first + k;
          index[i * taps + k] = Math.max(0, Math.min(from - 1, sample));
          double share =
              scale > 1
                  ? Math.max(
                          0, Math.min(sample + 1.0, (i + 1) * scale) - Math.max(sample, i * scale))
                      / scale
                  : Math.max(0, 1 - Math.abs(sample - center));
          weight[i * taps + k] = (float) share;
        }
      }
      return new Axis(taps, index, weight);
    }

    /** Makes one line of another. */
    void apply(float[] from, int start, float[] to, int first) {
      for (int i = first, t = 0; t < weight.length; i++) {
        float sum = 0;
        for (int k = 0; k < taps; k++, t++) {
          sum += weight[t] * from[start + index[t]];
        }
        to[i] = sum;
      }
    }

    /** Makes rows of rows of the same width. */
    void applyToRows(float[] from, int start, int width, float[] to, int first) {
      for (int t = 0; t < weight.length; t++) {
        int row = first + t / taps * width;
        int source = start + index[t] * width;
        float share = weight[t];
        for (int x = 0; share != 0 && x < width; x++) {
          to[row + x] += share * from[source + x];
        }
      }
    }
  }
}
