package org.inpaint4j.train;

import java.awt.image.BufferedImage;

/**
 * Resizes the central square of an image with a triangle filter, which averages when it reduces and
 * interpolates linearly when it enlarges. This is "bilinear" with antialiasing in Pillow and
 * torchvision.
 */
final class Resize {

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
    int[] rgb = image.getRGB(left, top, side, side, null, 0, side);
    byte[] result = new byte[channels * size * size];
    float[] plane = new float[side * side];
    float[] small = new float[size * size];
    Filter filter = new Filter(side, size);
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = channels == 1 ? gray(rgb[i]) : rgb[i] >> (16 - 8 * c) & 255;
      }
      filter.apply(plane, small);
      for (int i = 0; i < small.length; i++) {
        result[c * small.length + i] = (byte) Math.round(Math.max(0, Math.min(255, small[i])));
      }
    }
    return result;
  }

  private static float gray(int rgb) {
    return 0.299f * (rgb >> 16 & 255) + 0.587f * (rgb >> 8 & 255) + 0.114f * (rgb & 255);
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
