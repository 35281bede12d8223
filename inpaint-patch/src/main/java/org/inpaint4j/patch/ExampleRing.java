package org.inpaint4j.patch;

import java.util.Arrays;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/** The known pixels along the hole, nearer ones with more weight. */
final class ExampleRing {

  /** Colours are changed by a gain within these bounds. */
  private static final double LEAST_GAIN = 0.8;

  private static final double LARGEST_GAIN = 1.25;

  private static final int CELL = Example.CELL;

  /**
   * What brings a channel of an example nearest to the picture's.
   *
   * @param gain factor
   * @param offset added after it
   * @param error the weighted mean of the squared differences that remain
   */
  record ColourMatch(double gain, double offset, double error) {}

  private final int width;
  private final int height;
  private final int channels;
  private final int[] at;
  private final float[] weights;
  private final double weight;

  /** Samples of the picture, [C, at.length]. */
  private final float[] samples;

  private ExampleRing(ImagePlanes picture, int[] at, float[] weights) {
    width = picture.width();
    height = picture.height();
    channels = picture.channels();
    this.at = at;
    this.weights = weights;
    samples = new float[channels * at.length];
    double sum = 0;
    for (int k = 0; k < at.length; k++) {
      sum += weights[k];
      for (int c = 0; c < channels; c++) {
        samples[c * at.length + k] = picture.samples()[c * width * height + at[k]];
      }
    }
    weight = sum;
  }

  static ExampleRing of(ImagePlanes picture, Mask mask, int reach) {
    int[] distance = distances(mask);
    int[] at = new int[distance.length];
    float[] weights = new float[distance.length];
    int count = 0;
    for (int i = 0; i < distance.length; i++) {
      if (distance[i] > 0 && distance[i] <= reach) {
        at[count] = i;
        weights[count++] = 1 - distance[i] / (reach + 1f);
      }
    }
    return new ExampleRing(picture, Arrays.copyOf(at, count), Arrays.copyOf(weights, count));
  }

  /** Cells at least half of whose pixels are known, and some of them in the ring. */
  static ExampleRing coarse(ImagePlanes picture, Mask mask, ExampleRing fine) {
    int columns = picture.width() / CELL;
    int rows = picture.height() / CELL;
    float[] near = new float[picture.width() * picture.height()];
    for (int k = 0; k < fine.at.length; k++) {
      near[fine.at[k]] = fine.weights[k];
    }
    ImagePlanes means = ImagePlanes.zeros(picture.channels(), new Size(columns, rows));
    int[] at = new int[columns * rows];
    float[] weights = new float[columns * rows];
    int count = 0;
    for (int i = 0; i < columns * rows; i++) {
      float weight = 0;
      int known = 0;
      float[] sums = new float[picture.channels()];
      for (int k = 0; k < CELL * CELL; k++) {
        int x = i % columns * CELL + k % CELL;
        int y = i / columns * CELL + k / CELL;
        weight += near[y * picture.width() + x];
        if (!mask.isHole(x, y)) {
          known++;
          for (int c = 0; c < sums.length; c++) {
            sums[c] += picture.get(c, x, y);
          }
        }
      }
      if (2 * known >= CELL * CELL && weight > 0) {
        for (int c = 0; c < sums.length; c++) {
          means.samples()[c * columns * rows + i] = sums[c] / known;
        }
        at[count] = i;
        weights[count++] = weight;
      }
    }
    return new ExampleRing(means, Arrays.copyOf(at, count), Arrays.copyOf(weights, count));
  }

  /** Steps to the hole, diagonal ones allowed; 0 in it. */
  private static int[] distances(Mask mask) {
    int width = mask.width();
    int height = mask.height();
    int[] distance = new int[width * height];
    for (int i = 0; i < distance.length; i++) {
      distance[i] = mask.isHole(i % width, i / width) ? 0 : width + height;
    }
    for (int i = 0; i < distance.length; i++) {
      shorten(distance, i, width, -1, height);
    }
    for (int i = distance.length - 1; i >= 0; i--) {
      shorten(distance, i, width, 1, height);
    }
    return distance;
  }

  /** By way of the four neighbours that come before a pixel in one direction. */
  private static void shorten(int[] distance, int i, int width, int way, int height) {
    int x = i % width;
    int y = i / width;
    for (int k = 0; k < 4; k++) {
      int u = k == 3 ? x + way : x + way * (k - 1);
      int v = k == 3 ? y : y + way;
      if (u >= 0 && u < width && v >= 0 && v < height) {
        distance[i] = Math.min(distance[i], distance[v * width + u] + 1);
      }
    }
  }

  /** The pixel of an example that lies over a pixel; its border is drawn out. */
  int from(int x, int y, boolean mirrored, int dx, int dy) {
    int u = Math.max(0, Math.min(width - 1, x - dx));
    int v = Math.max(0, Math.min(height - 1, y - dy));
    return v * width + (mirrored ? width - 1 - u : u);
  }

  /** See {@link ExampleMatch.Fit#error}. */
  double error(byte[] example, boolean mirrored, int dx, int dy) {
    double error = 0;
    for (int c = 0; c < channels; c++) {
      error += match(c, example, mirrored, dx, dy).error();
    }
    return error;
  }

  /** Gain and offset that match a channel best. */
  ColourMatch match(int channel, byte[] example, boolean mirrored, int dx, int dy) {
    double sumE = 0;
    double sumT = 0;
    double sumEe = 0;
    double sumEt = 0;
    double sumTt = 0;
    int plane = channel * width * height;
    int own = channel * at.length;
    for (int k = 0; k < at.length; k++) {
      int y = at[k] / width;
      int x = at[k] - y * width;
      double e = (example[plane + from(x, y, mirrored, dx, dy)] & 0xff) / 255.0;
      double t = samples[own + k];
      double w = weights[k];
      sumE += w * e;
      sumT += w * t;
      sumEe += w * e * e;
      sumEt += w * e * t;
      sumTt += w * t * t;
    }
    if (weight == 0) {
      return new ColourMatch(1, 0, 0);
    }
    double meanE = sumE / weight;
    double meanT = sumT / weight;
    double varianceE = Math.max(0, sumEe / weight - meanE * meanE);
    double varianceT = Math.max(0, sumTt / weight - meanT * meanT);
    double covariance = sumEt / weight - meanE * meanT;
    double gain = varianceE == 0 ? 1 : covariance / varianceE;
    gain = Math.max(LEAST_GAIN, Math.min(LARGEST_GAIN, gain));
    double rest = varianceT - 2 * gain * covariance + gain * gain * varianceE;
    return new ColourMatch(gain, meanT - gain * meanE, Math.max(0, rest));
  }
}
