package org.inpaint4j.patch;

/** A picture at one resolution, what of it is known, and what is to get detail. */
final class DetailPicture {

  final int width;
  final int height;

  /** For each channel [H, W] samples from 0 to 1. */
  final float[][] planes;

  /** [H, W] pixels that detail is taken from. */
  final boolean[] known;

  /** [H, W] pixels that get detail; none of them is known. */
  final boolean[] hole;

  DetailPicture(int width, int height, float[][] planes, boolean[] known, boolean[] hole) {
    this.width = width;
    this.height = height;
    this.planes = planes;
    this.known = known;
    this.hole = hole;
  }

  /** Weights for means: 1 for pixels that are known or filled. */
  float[] usable() {
    float[] usable = new float[known.length];
    for (int i = 0; i < usable.length; i++) {
      usable[i] = known[i] || hole[i] ? 1 : 0;
    }
    return usable;
  }

  /**
   * Half the resolution. A pixel is the mean of the usable ones under it; it is known if none of
   * them is missing, and of the hole if any is.
   */
  DetailPicture half() {
    int w = (width + 1) / 2;
    int h = (height + 1) / 2;
    DetailPicture result =
        new DetailPicture(
            w, h, new float[planes.length][w * h], new boolean[w * h], new boolean[w * h]);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        reduce(result, x, y);
      }
    }
    return result;
  }

  private void reduce(DetailPicture half, int x, int y) {
    int to = y * half.width + x;
    int count = 0;
    half.known[to] = true;
    for (int v = 2 * y; v < Math.min(height, 2 * y + 2); v++) {
      for (int u = 2 * x; u < Math.min(width, 2 * x + 2); u++) {
        int i = v * width + u;
        half.known[to] &= known[i];
        half.hole[to] |= hole[i];
        if (known[i] || hole[i]) {
          count++;
          for (int c = 0; c < planes.length; c++) {
            half.planes[c][to] += planes[c][i];
          }
        }
      }
    }
    for (int c = 0; c < planes.length && count > 0; c++) {
      half.planes[c][to] /= count;
    }
  }

  /** This picture with something added in the hole. Nothing is modified. */
  DetailPicture plus(float[][] added) {
    float[][] sums = new float[planes.length][];
    for (int c = 0; c < planes.length; c++) {
      sums[c] = planes[c].clone();
      for (int i = 0; i < hole.length; i++) {
        if (hole[i]) {
          sums[c][i] += added[c][i];
        }
      }
    }
    return new DetailPicture(width, height, sums, known, hole);
  }
}
