package org.inpaint4j.train;

import java.awt.image.BufferedImage;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Photo;

/**
 * Resizes the central square of an image with a triangle filter, which averages when it reduces and
 * interpolates linearly when it enlarges. This is "bilinear" with antialiasing in Pillow and
 * torchvision.
 */
final class Resize {

  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  private Resize() {}

  /**
   * Resizes.
   *
   * @param image any image. Not modified.
   * @param size height and width of the result
   * @param channels 1 or 3
   * @return [C, H, W], 0 to 255
   */
  static byte[] toBytes(BufferedImage image, int size, int channels) {
    int side = Math.min(image.getWidth(), image.getHeight());
    int left = (image.getWidth() - side) / 2;
    int top = (image.getHeight() - side) / 2;
    Bounds square = new Bounds(left, top, side, side);
    Photo photo = Photo.of(image);
    byte[] result = new byte[channels * size * size];
    float[] plane = new float[side * side];
    float[] small = new float[size * size];
    Filter filter = new Filter(side, size);
    for (int c = 0; c < channels; c++) {
      if (photo.channels() == channels || photo.channels() == 1) {
        photo.read(square, Math.min(c, photo.channels() - 1), plane, 0);
      } else {
        gray(photo, square, plane);
      }
      filter.apply(plane, small);
      for (int i = 0; i < small.length; i++) {
        int level = Math.round(255 * Math.max(0, Math.min(1, small[i])));
        result[c * small.length + i] = (byte) level;
      }
    }
    return result;
  }

  private static void gray(Photo photo, Bounds square, float[] plane) {
    float[] color = new float[plane.length];
    for (int c = 0; c < LUMA.length; c++) {
      photo.read(square, c, color, 0);
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (c == 0 ? 0 : plane[i]) + LUMA[c] * color[i];
      }
    }
  }

  /** The weights of one axis; both axes have the same. */
  private static final class Filter {
    private final int from;
    private final int to;
    private final int[] first;
    private final float[][] weights;

    Filter(int from, int to) {
      this.from = from;
      this.to = to;
      first = new int[to];
      weights = new float[to][];
      double scale = (double) from / to;
      double radius = Math.max(1, scale);
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int start = Math.max(0, (int) Math.floor(centre - radius));
        int end = Math.min(from, (int) Math.ceil(centre + radius));
        float[] row = new float[end - start];
        double sum = 0;
        for (int j = start; j < end; j++) {
          double weight = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / radius);
          row[j - start] = (float) weight;
          sum += weight;
        }
        for (int j = 0; j < row.length; j++) {
          row[j] = (float) (row[j] / sum);
        }
        first[i] = start;
        weights[i] = row;
      }
    }

    void apply(float[] plane, float[] small) {
      float[] narrow = new float[from * to];
      for (int y = 0; y < from; y++) {
        for (int x = 0; x < to; x++) {
          float sum = 0;
          for (int k = 0; k < weights[x].length; k++) {
            sum += weights[x][k] * plane[y * from + first[x] + k];
          }
          narrow[y * to + x] = sum;
        }
      }
      for (int y = 0; y < to; y++) {
        for (int x = 0; x < to; x++) {
          float sum = 0;
          for (int k = 0; k < weights[y].length; k++) {
            sum += weights[y][k] * narrow[(first[y] + k) * to + x];
          }
          small[y * to + x] = sum;
        }
      }
    }
  }
}
