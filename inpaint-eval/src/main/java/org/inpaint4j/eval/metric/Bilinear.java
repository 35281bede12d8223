package org.inpaint4j.eval.metric;

import org.inpaint4j.image.ImagePlanes;

/**
 * Bilinear resizing with pixel centres at half-integers and no low-pass filter, as PyTorch's {@code
 * interpolate(mode="bilinear", align_corners=False)} does it, because FID is defined with that.
 */
final class Bilinear {

  private Bilinear() {}

  /**
   * Resizes one channel.
   *
   * @param out takes height * width samples from {@code offset} on. Modified.
   */
  static void resize(
      ImagePlanes image, int channel, int height, int width, float[] out, int offset) {
    float[] in = image.samples();
    int base = channel * image.height() * image.width();
    for (int y = 0; y < height; y++) {
      double sourceY = Math.max(0, (y + 0.5) * image.height() / height - 0.5);
      int top = Math.min((int) sourceY, image.height() - 1);
      int bottom = Math.min(top + 1, image.height() - 1);
      double down = sourceY - top;
      for (int x = 0; x < width; x++) {
        double sourceX = Math.max(0, (x + 0.5) * image.width() / width - 0.5);
        int left = Math.min((int) sourceX, image.width() - 1);
        int right = Math.min(left + 1, image.width() - 1);
        double along = sourceX - left;
        double upper =
            (1 - along) * in[base + top * image.width() + left]
                + along * in[base + top * image.width() + right];
        double lower =
            (1 - along) * in[base + bottom * image.width() + left]
                + along * in[base + bottom * image.width() + right];
        out[offset + y * width + x] = (float) ((1 - down) * upper + down * lower);
      }
    }
  }
}
