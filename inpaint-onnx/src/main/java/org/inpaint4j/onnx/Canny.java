package org.inpaint4j.onnx;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.inpaint4j.image.Mask;

/**
 * Edges of the known part of an image (Canny, "A Computational Approach to Edge Detection", 1986),
 * with the conventions that EdgeConnect was trained with, which are those of scikit-image: a
 * Gaussian that leaves the hole out, Sobel derivatives, maxima along the interpolated gradient,
 * hysteresis from 0.1 to 0.2. Pixels that touch the hole or the border are no edges.
 */
final class Canny {

  private static final double LOW = 0.1;
  private static final double HIGH = 0.2;
  private static final double TRUNCATE = 4;

  private final int width;
  private final int height;
  private final Mask mask;
  private final double[] down;
  private final double[] across;
  private final double[] magnitude;

  private Canny(double[] smooth, Mask mask) {
    this.width = mask.width();
    this.height = mask.height();
    this.mask = mask;
    this.down = new double[smooth.length];
    this.across = new double[smooth.length];
    this.magnitude = new double[smooth.length];
    for (int y = 0; y < height; y++) {
      int above = Math.max(0, y - 1) * width;
      int here = y * width;
      int below = Math.min(height - 1, y + 1) * width;
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - 1);
        int right = Math.min(width - 1, x + 1);
        int i = here + x;
        down[i] =
            smooth[below + left]
                - smooth[above + left]
                + 2 * (smooth[below + x] - smooth[above + x])
                + smooth[below + right]
                - smooth[above + right];
        across[i] =
            smooth[above + right]
                - smooth[above + left]
                + 2 * (smooth[here + right] - smooth[here + left])
                + smooth[below + right]
                - smooth[below + left];
        magnitude[i] = Math.hypot(down[i], across[i]);
      }
    }
  }

  /**
   * Finds edges.
   *
   * @param gray [H, W] from 0 to 1; what it holds in the hole is not looked at. Not modified.
   * @param mask as large
   * @param sigma of the Gaussian in pixels
   * @return [H, W], 1 at edges, else 0
   */
  static float[] edges(float[] gray, Mask mask, double sigma) {
    double[] known = new double[gray.length];
    double[] share = new double[gray.length];
    for (int i = 0; i < gray.length; i++) {
      if (!mask.isHole(i % mask.width(), i / mask.width())) {
        known[i] = gray[i];
        share[i] = 1;
      }
    }
    double[] kernel = gaussian(sigma);
    double[] smooth = blurred(known, mask.width(), mask.height(), kernel);
    double[] weight = blurred(share, mask.width(), mask.height(), kernel);
    for (int i = 0; i < smooth.length; i++) {
      smooth[i] /= weight[i] + Math.ulp(1.0);
    }
    return new Canny(smooth, mask).connected();
  }

  private static double[] gaussian(double sigma) {
    int radius = (int) (TRUNCATE * sigma + 0.5);
    double[] kernel = new double[2 * radius + 1];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = Math.exp(-0.5 * (i - radius) * (i - radius) / (sigma * sigma));
    }
    double sum = Arrays.stream(kernel).sum();
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  /** Along columns, then rows; what lies outside of the image is 0. */
  private static double[] blurred(double[] image, int width, int height, double[] kernel) {
    double[] first = new double[image.length];
    double[] second = new double[image.length];
    int radius = kernel.length / 2;
    for (int y = 0; y < height; y++) {
      int from = Math.max(-radius, -y);
      int to = Math.min(radius, height - 1 - y);
      for (int k = from; k <= to; k++) {
        double weight = kernel[k + radius];
        for (int x = 0; x < width; x++) {
          first[y * width + x] += weight * image[(y + k) * width + x];
        }
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int k = Math.max(-radius, -x); k <= Math.min(radius, width - 1 - x); k++) {
          sum += kernel[k + radius] * first[y * width + x + k];
        }
        second[y * width + x] = sum;
      }
    }
    return second;
  }

  /** Weak maxima that strong ones lead to. */
  private float[] connected() {
    boolean[] weak = new boolean[magnitude.length];
    float[] edges = new float[magnitude.length];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < weak.length; i++) {
      weak[i] = magnitude[i] >= LOW && isMaximum(i % width, i / width);
      if (weak[i] && magnitude[i] >= HIGH) {
        edges[i] = 1;
        open.add(i);
      }
    }
    while (!open.isEmpty()) {
      int i = open.remove();
      // Maxima have no border pixels among them, so their neighbours lie in the image.
      for (int v = -width; v <= width; v += width) {
        for (int u = -1; u <= 1; u++) {
          int next = i + v + u;
          if (weak[next] && edges[next] == 0) {
            edges[next] = 1;
            open.add(next);
          }
        }
      }
    }
    return edges;
  }

  /** Whether all around is known, and the magnitude is no greater on either side. */
  private boolean isMaximum(int x, int y) {
    if (x == 0 || y == 0 || x == width - 1 || y == height - 1) {
      return false;
    }
    for (int v = -1; v <= 1; v++) {
      for (int u = -1; u <= 1; u++) {
        if (mask.isHole(x + u, y + v)) {
          return false;
        }
      }
    }
    int i = y * width + x;
    double vertical = Math.abs(down[i]);
    double horizontal = Math.abs(across[i]);
    boolean steep = vertical > horizontal;
    double share = steep ? horizontal / vertical : vertical / horizontal;
    int diagonal = down[i] * across[i] >= 0 ? width + 1 : 1 - width;
    int straight = steep ? (diagonal > 1 ? width : -width) : 1;
    return isGreatest(i, straight, diagonal, share) && isGreatest(i, -straight, -diagonal, share);
  }

  private boolean isGreatest(int i, int straight, int diagonal, double share) {
    double beside = magnitude[i + diagonal] * share + magnitude[i + straight] * (1 - share);
    return beside <= magnitude[i];
  }
}
