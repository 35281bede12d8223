package org.inpaint4j.patch;

/** Gaussian blur of planes in which some pixels are unknown; unknown pixels count for nothing. */
final class Blur {

  /** Weights are never divided by less: far from all that is usable the result is near 0. */
  private static final float LEAST = 1e-3f;

  private final int width;
  private final int height;
  private final float[] usable;
  private final float[] kernel;
  private final float[] weight;
  private final float[] across;

  /**
   * A blur.
   *
   * @param usable [H, W] 1 for pixels that count, 0 for the others. Not modified, must not change.
   * @param sigma the standard deviation in pixels; the kernel ends at three of them
   */
  Blur(float[] usable, int width, int height, double sigma) {
    this.width = width;
    this.height = height;
    this.usable = usable;
    int radius = (int) (3 * sigma + 0.5);
    kernel = new float[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      sum += Math.exp(-0.5 * i * i / (sigma * sigma));
    }
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = (float) (Math.exp(-0.5 * i * i / (sigma * sigma)) / sum);
    }
    across = new float[width * height];
    weight = convolved(usable);
  }

  /** The mean of the usable pixels around each pixel. The plane is not modified. */
  float[] of(float[] plane) {
    float[] weighed = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      weighed[i] = plane[i] * usable[i];
    }
    float[] sum = convolved(weighed);
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= Math.max(weight[i], LEAST);
    }
    return sum;
  }

  /** Rows, then columns; beyond the border is 0. */
  private float[] convolved(float[] plane) {
    int radius = kernel.length / 2;
    for (int y = 0; y < height; y++) {
      int row = y * width;
      for (int x = 0; x < width; x++) {
        int first = Math.max(-radius, -x);
        int last = Math.min(radius, width - 1 - x);
        float sum = 0;
        for (int i = first; i <= last; i++) {
          sum += kernel[i + radius] * plane[row + x + i];
        }
        across[row + x] = sum;
      }
    }
    float[] result = new float[plane.length];
    for (int y = 0; y < height; y++) {
      int row = y * width;
      for (int i = Math.max(-radius, -y); i <= Math.min(radius, height - 1 - y); i++) {
        float k = kernel[i + radius];
        int from = (y + i) * width;
        for (int x = 0; x < width; x++) {
          result[row + x] += k * across[from + x];
        }
      }
    }
    return result;
  }
}
