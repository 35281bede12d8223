package org.inpaint4j;

/** Changes the resolution of images: down to the model's for the known pixels, and back up. */
final class Resampler {

  private Resampler() {}

  /**
   * The known pixels of a square of an image at the size of a model.
   *
   * <p>A pixel of the model is the mean of the known part of the area it covers, and is known where
   * at least half of that area is; pixels of the hole, and what lies outside of the image, count
   * for nothing.
   *
   * @param image samples in any range, of the whole image. Not modified.
   * @param mask of the whole image
   * @param region the square, may reach beyond the image
   * @param width columns of the result
   * @param height rows of the result
   * @return target in the image's range, 0 where unknown, and its mask
   */
  static Problem shrink(ImagePlanes image, Mask mask, Region region, int width, int height) {
    double scaleX = (double) region.size() / width;
    double scaleY = (double) region.size() / height;
    ImagePlanes target = ImagePlanes.zeros(image.channels(), height, width);
    boolean[] known = new boolean[width * height];
    double[] sums = new double[image.channels()];
    for (int j = 0; j < height; j++) {
      double top = region.y() + j * scaleY;
      for (int i = 0; i < width; i++) {
        double left = region.x() + i * scaleX;
        java.util.Arrays.fill(sums, 0);
        double weight = addKnown(image, mask, left, top, left + scaleX, top + scaleY, sums);
        if (weight >= 0.5 * scaleX * scaleY * (1 - 1e-9)) {
          known[j * width + i] = true;
          for (int c = 0; c < sums.length; c++) {
            target.samples()[(c * height + j) * width + i] = (float) (sums[c] / weight);
          }
        }
      }
    }
    return new Problem(target, Mask.of(width, height, (x, y) -> !known[y * width + x]));
  }

  /** Adds the known pixels of a rectangle, by area; returns the known area. */
  private static double addKnown(
      ImagePlanes image,
      Mask mask,
      double left,
      double top,
      double right,
      double bottom,
      double[] sums) {
    double weight = 0;
    int x0 = Math.max(0, (int) Math.floor(left));
    int x1 = Math.min(image.width(), (int) Math.ceil(right));
    int y0 = Math.max(0, (int) Math.floor(top));
    int y1 = Math.min(image.height(), (int) Math.ceil(bottom));
    for (int y = y0; y < y1; y++) {
      double tall = Math.min(bottom, y + 1.0) - Math.max(top, y);
      for (int x = x0; x < x1; x++) {
        double area = tall * (Math.min(right, x + 1.0) - Math.max(left, x));
        if (area > 0 && !mask.isHole(x, y)) {
          weight += area;
          for (int c = 0; c < sums.length; c++) {
            sums[c] += area * image.get(c, x, y);
          }
        }
      }
    }
    return weight;
  }

  /**
   * A rectangle of a square that an image of another resolution covers: by cubic convolution when
   * it grows (Keys, "Cubic convolution interpolation for digital image processing", 1981, a =
   * -1/2), by area when it shrinks. Borders are repeated.
   *
   * @param image what covers the square. Not modified.
   * @param region the square, in pixels of the result
   * @param x0 leftmost column of the rectangle, may lie outside of the square
   * @param y0 uppermost row
   * @param width columns of the rectangle
   * @param height rows of the rectangle
   * @return the rectangle
   */
  static ImagePlanes cover(
      ImagePlanes image, Region region, int x0, int y0, int width, int height) {
    Taps columns = Taps.of(x0 - region.x(), width, region.size(), image.width());
    Taps rows = Taps.of(y0 - region.y(), height, region.size(), image.height());
    ImagePlanes result = ImagePlanes.zeros(image.channels(), height, width);
    double[] wide = new double[image.height() * width];
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < width; x++) {
          double sum = 0;
          for (int k = 0; k < columns.taps; k++) {
            int t = x * columns.taps + k;
            sum += columns.weight[t] * image.get(c, columns.index[t], y);
          }
          wide[y * width + x] = sum;
        }
      }
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double sum = 0;
          for (int k = 0; k < rows.taps; k++) {
            int t = y * rows.taps + k;
            sum += rows.weight[t] * wide[rows.index[t] * width + x];
          }
          result.samples()[(c * height + y) * width + x] = (float) sum;
        }
      }
    }
    return result;
  }

  /** Which samples of a line make up which others. */
  private static final class Taps {
    final int taps;
    final int[] index;
    final double[] weight;

    private Taps(int taps, int length) {
      this.taps = taps;
      this.index = new int[taps * length];
      this.weight = new double[taps * length];
    }

    /** Taps for pixels {@code from} to {@code from + length} of a line of {@code size} pixels. */
    static Taps of(int from, int length, int size, int samples) {
      double scale = (double) samples / size;
      double radius = scale > 1 ? scale / 2 : 2;
      Taps taps = new Taps((int) Math.ceil(2 * radius) + 1, length);
      for (int i = 0; i < length; i++) {
        double center = (from + i + 0.5) * scale - 0.5;
        int first = (int) Math.ceil(center - radius);
        double sum = 0;
        for (int k = 0; k < taps.taps; k++) {
          int sample = first + k;
          double w = scale > 1 ? overlap(sample - center, scale) : cubic(sample - center);
          taps.index[i * taps.taps + k] = Math.max(0, Math.min(samples - 1, sample));
          taps.weight[i * taps.taps + k] = w;
          sum += w;
        }
        for (int k = 0; k < taps.taps; k++) {
          taps.weight[i * taps.taps + k] /= sum;
        }
      }
      return taps;
    }

    /** How much of a sample of width 1 at {@code distance} a box of width {@code scale} covers. */
    private static double overlap(double distance, double scale) {
      double right = Math.min(distance + 0.5, scale / 2);
      double left = Math.max(distance - 0.5, -scale / 2);
      return Math.max(0, right - left);
    }

    private static double cubic(double distance) {
      double x = Math.abs(distance);
      if (x >= 2) {
        return 0;
      }
      return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
    }
  }
}
