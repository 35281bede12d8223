package org.inpaint4j.image;

import java.util.BitSet;

/**
 * What {@link Resampler} does, for squares whose sides are not those of pixels. The area that a
 * turned cell and a pixel have in common is computed exactly.
 */
final class TurnedResampler {

  /** So many rows and columns of the model are made from one reading of the photo. */
  private static final int TILE = 8;

  private TurnedResampler() {}

  static Resampler.Shrunk shrink(Photo photo, Mask mask, Square square, ImageShape shape) {
    Size size = shape.pixels();
    ImagePlanes target = ImagePlanes.zeros(shape.channels(), size);
    BitSet unknown = new BitSet();
    TurnedCell cell =
        new TurnedCell(
            square.size() / size.width(),
            square.size() / size.height(),
            square.cosine(),
            square.sine());
    SquareAxes axes = square.axes();
    double[] sums = new double[shape.channels()];
    for (int top = 0; top < size.height(); top += TILE) {
      for (int left = 0; left < size.width(); left += TILE) {
        int bottom = Math.min(size.height(), top + TILE);
        int right = Math.min(size.width(), left + TILE);
        Grid grid =
            Grid.of(photo, mask, around(square, size, left, top, right, bottom), sums.length);
        for (int j = top; j < bottom; j++) {
          for (int i = left; i < right; i++) {
            double across = (i + 0.5) / size.width();
            double down = (j + 0.5) / size.height();
            cell.moveTo(axes.column(across, down), axes.row(across, down));
            double weight = cell.addKnown(grid, sums);
            int pixel = j * size.width() + i;
            if (weight >= 0.5 * cell.area() * (1 - 1e-9)) {
              for (int c = 0; c < sums.length; c++) {
                target.samples()[c * size.pixels() + pixel] = (float) (sums[c] / weight);
              }
            } else {
              unknown.set(pixel);
            }
          }
        }
      }
    }
    return new Resampler.Shrunk(target, Mask.of(size, unknown));
  }

  /** The pixels of the photo that some of the model's pixels touch. */
  private static Bounds around(Square square, Size size, int left, int top, int right, int bottom) {
    double across = (left + right) / 2.0 / size.width();
    double down = (top + bottom) / 2.0 / size.height();
    double wide = square.size() * (right - left) / size.width();
    double tall = square.size() * (bottom - top) / size.height();
    double x = square.column(across, down);
    double y = square.row(across, down);
    double reachX = (wide * Math.abs(square.cosine()) + tall * Math.abs(square.sine())) / 2;
    double reachY = (wide * Math.abs(square.sine()) + tall * Math.abs(square.cosine())) / 2;
    int x0 = (int) Math.floor(x - reachX);
    int y0 = (int) Math.floor(y - reachY);
    return new Bounds(
        x0, y0, (int) Math.ceil(x + reachX) + 1 - x0, (int) Math.ceil(y + reachY) + 1 - y0);
  }

  static ImagePlanes cover(ImagePlanes image, Square square, Bounds part) {
    return image.width() > square.size() || image.height() > square.size()
        ? coverByArea(image, square, part)
        : coverByCubic(image, square, part);
  }

  private static ImagePlanes coverByCubic(ImagePlanes image, Square square, Bounds part) {
    ImagePlanes result = ImagePlanes.zeros(image.channels(), part.size());
    float[] samples = result.samples();
    int plane = part.size().pixels();
    SquareAxes axes = square.axes();
    double[] across = new double[4];
    double[] down = new double[4];
    for (int y = 0, i = 0; y < part.height(); y++) {
      for (int x = 0; x < part.width(); x++, i++) {
        double column = part.x() + x + 0.5;
        double row = part.y() + y + 0.5;
        double u = axes.across(column, row) * image.width() - 0.5;
        double v = axes.down(column, row) * image.height() - 0.5;
        int left = (int) Math.floor(u) - 1;
        int top = (int) Math.floor(v) - 1;
        for (int k = 0; k < 4; k++) {
          across[k] = Resampler.cubic(left + k - u);
          down[k] = Resampler.cubic(top + k - v);
        }
        for (int c = 0; c < image.channels(); c++) {
          double sum = 0;
          for (int q = 0; q < 4; q++) {
            int line = clamp(top + q, image.height());
            double inLine = 0;
            for (int p = 0; p < 4; p++) {
              inLine += across[p] * image.get(c, clamp(left + p, image.width()), line);
            }
            sum += down[q] * inLine;
          }
          samples[c * plane + i] = (float) sum;
        }
      }
    }
    return result;
  }

  /** A pixel of the photo is a turned cell in the grid of the model's pixels. */
  private static ImagePlanes coverByArea(ImagePlanes image, Square square, Bounds part) {
    ImagePlanes result = ImagePlanes.zeros(image.channels(), part.size());
    int plane = part.size().pixels();
    Grid grid = Grid.of(image);
    TurnedCell cell =
        new TurnedCell(
            image.width() / square.size(),
            image.height() / square.size(),
            square.cosine(),
            -square.sine());
    SquareAxes axes = square.axes();
    double[] sums = new double[image.channels()];
    for (int y = 0, i = 0; y < part.height(); y++) {
      for (int x = 0; x < part.width(); x++, i++) {
        double column = part.x() + x + 0.5;
        double row = part.y() + y + 0.5;
        double u = axes.across(column, row) * image.width();
        double v = axes.down(column, row) * image.height();
        cell.moveTo(
            Math.max(0.5, Math.min(image.width() - 0.5, u)),
            Math.max(0.5, Math.min(image.height() - 0.5, v)));
        double weight = cell.addKnown(grid, sums);
        for (int c = 0; c < sums.length; c++) {
          result.samples()[c * plane + i] = (float) (sums[c] / weight);
        }
      }
    }
    return result;
  }

  private static int clamp(int index, int length) {
    return Math.max(0, Math.min(length - 1, index));
  }
}
