package org.inpaint4j.image;

import java.util.Arrays;
import java.util.BitSet;

/** Changes the resolution of pictures: down to a model's for the known pixels, and back up. */
public final class Resampler {

  private Resampler() {}

  /**
   * The known pixels of a square at the size of a model.
   *
   * @param target [C, H, W] samples from 0 to 1, 0 where unknown
   * @param mask which of its pixels are unknown
   */
  public record Shrunk(ImagePlanes target, Mask mask) {}

  /**
   * The known pixels of a square of a photo at the size of a model.
   *
   * <p>A pixel of the model is the mean of the known part of the area it covers, and is known where
   * at least half of that area is; pixels of the hole, and what lies outside of the photo, count
   * for nothing. A few rows of the photo are read at a time, or small parts of it if the square is
   * turned.
   *
   * @param photo not modified
   * @param mask of the whole photo
   * @param square may reach beyond the photo
   * @param shape the shape of the model's images
   * @return the square as the model sees it
   */
  public static Shrunk shrink(Photo photo, Mask mask, Square square, ImageShape shape) {
    return square.isWhole()
        ? shrink(photo, mask, square.bounds(), shape)
        : TurnedResampler.shrink(photo, mask, square, shape);
  }

  private static Shrunk shrink(Photo photo, Mask mask, Bounds square, ImageShape shape) {
    Size size = shape.pixels();
    double scaleX = (double) square.width() / size.width();
    double scaleY = (double) square.height() / size.height();
    ImagePlanes target = ImagePlanes.zeros(shape.channels(), size);
    BitSet unknown = new BitSet();
    double[] sums = new double[shape.channels()];
    int x0 = Math.max(0, square.x());
    int x1 = Math.min(photo.size().width(), square.x() + square.width());
    for (int j = 0; j < size.height(); j++) {
      double top = square.y() + j * scaleY;
      double bottom = top + scaleY;
      int y0 = Math.max(0, (int) Math.floor(top));
      int y1 = Math.min(photo.size().height(), (int) Math.ceil(bottom));
      if (x0 >= x1 || y0 >= y1) {
        unknown.set(j * size.width(), (j + 1) * size.width());
        continue;
      }
      Bounds rows = new Bounds(x0, y0, x1 - x0, y1 - y0);
      Band band =
          new Band(Photo.withChannels(photo.read(rows, mask), shape.channels()), rows, mask);
      for (int i = 0; i < size.width(); i++) {
        double left = square.x() + i * scaleX;
        Arrays.fill(sums, 0);
        double weight = band.addKnown(left, top, left + scaleX, bottom, sums);
        int pixel = j * size.width() + i;
        if (weight >= 0.5 * scaleX * scaleY * (1 - 1e-9)) {
          for (int c = 0; c < sums.length; c++) {
            target.samples()[c * size.pixels() + pixel] = (float) (sums[c] / weight);
          }
        } else {
          unknown.set(pixel);
        }
      }
    }
    return new Shrunk(target, Mask.of(size, unknown));
  }

  /** Some rows of a photo. */
  private record Band(ImagePlanes planes, Bounds at, Mask mask) {

    /** Adds the known pixels of a rectangle, by area; returns the known area. */
    double addKnown(double left, double top, double right, double bottom, double[] sums) {
      double weight = 0;
      int x0 = Math.max(at.x(), (int) Math.floor(left));
      int x1 = Math.min(at.x() + at.width(), (int) Math.ceil(right));
      for (int y = at.y(); y < at.y() + at.height(); y++) {
        double tall = Math.min(bottom, y + 1.0) - Math.max(top, y);
        for (int x = x0; x < x1; x++) {
          double area = tall * (Math.min(right, x + 1.0) - Math.max(left, x));
          if (area > 0 && !mask.isHole(x, y)) {
            weight += area;
            for (int c = 0; c < sums.length; c++) {
              sums[c] += area * planes.get(c, x - at.x(), y - at.y());
            }
          }
        }
      }
      return weight;
    }
  }

  /**
   * A part of a photo that an image of another resolution covers: by cubic convolution when it
   * grows (Keys, "Cubic convolution interpolation for digital image processing", 1981, a = -1/2),
   * by area when it shrinks. Borders are repeated.
   *
   * @param image [C, h, w], covers the square. Not modified.
   * @param square in pixels of the photo
   * @param part the rectangle of the photo that is wanted, may lie outside of the square
   * @return [C, H, W] as large as the part
   */
  public static ImagePlanes cover(ImagePlanes image, Square square, Bounds part) {
    return square.isWhole()
        ? cover(image, square.bounds(), part)
        : TurnedResampler.cover(image, square, part);
  }

  private static ImagePlanes cover(ImagePlanes image, Bounds square, Bounds part) {
    int width = part.width();
    int height = part.height();
    Taps columns = Taps.of(part.x() - square.x(), width, square.width(), image.width());
    Taps rows = Taps.of(part.y() - square.y(), height, square.height(), image.height());
    ImagePlanes result = ImagePlanes.zeros(image.channels(), part.size());
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
  }

  /**
   * The kernel of cubic convolution (Keys 1981, a = -1/2).
   *
   * @param distance in samples
   * @return the weight; 0 from a distance of 2 on
   */
  @Internal
  public static double cubic(double distance) {
    double x = Math.abs(distance);
    if (x >= 2) {
      return 0;
    }
    return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
  }
}
