package org.inpaint4j.completion;

import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** How far images are from the known pixels within two pixels of the hole. */
final class RimError {

  private static final int REACH = 2;

  private final ImagePlanes target;
  private final boolean[] rim;

  private RimError(ImagePlanes target, boolean[] rim) {
    this.target = target;
    this.rim = rim;
  }

  /** For one image with its hole. The image is not modified and must not change. */
  static RimError of(ImagePlanes target, Mask mask) {
    int width = mask.width();
    int height = mask.height();
    boolean[] rim = new boolean[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (mask.isHole(x, y)) {
          for (int v = Math.max(0, y - REACH); v <= Math.min(height - 1, y + REACH); v++) {
            for (int u = Math.max(0, x - REACH); u <= Math.min(width - 1, x + REACH); u++) {
              rim[v * width + u] |= !mask.isHole(u, v);
            }
          }
        }
      }
    }
    return new RimError(target, rim);
  }

  /**
   * The mean absolute difference.
   *
   * @param image as large as the target. Not modified.
   * @return 0 if there is no rim
   */
  double of(ImagePlanes image) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < image.samples().length; i++) {
      if (rim[i % rim.length]) {
        sum += Math.abs((double) image.samples()[i] - target.samples()[i]);
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
