package org.inpaint4j.patch;

import org.inpaint4j.image.Mask;

/**
 * The missing pixels of a part of a picture, one after the other, with their neighbours; beyond the
 * border the pixel itself stands for its neighbour, so that nothing flows across.
 */
final class HolePixels {

  final int[] pixel;
  final int[] left;
  final int[] right;
  final int[] up;
  final int[] down;

  HolePixels(Mask mask) {
    int width = mask.width();
    int height = mask.height();
    pixel = mask.holeBits().stream().toArray();
    left = new int[pixel.length];
    right = new int[pixel.length];
    up = new int[pixel.length];
    down = new int[pixel.length];
    for (int i = 0; i < pixel.length; i++) {
      int x = pixel[i] % width;
      int y = pixel[i] / width;
      left[i] = x > 0 ? pixel[i] - 1 : pixel[i];
      right[i] = x < width - 1 ? pixel[i] + 1 : pixel[i];
      up[i] = y > 0 ? pixel[i] - width : pixel[i];
      down[i] = y < height - 1 ? pixel[i] + width : pixel[i];
    }
  }
}
