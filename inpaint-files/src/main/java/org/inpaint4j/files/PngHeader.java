package org.inpaint4j.files;

import java.io.IOException;

/**
 * The header of a PNG file.
 *
 * @param depth bits of a sample
 * @param color the colour type: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha
 */
record PngHeader(int width, int height, int depth, int color, boolean interlaced) {

  static final int GRAY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GRAY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  static PngHeader read(Bytes file, long at, int length) throws IOException {
    if (length != 13) {
      throw new IOException("its header must have 13 bytes: found " + length);
    }
    long width = file.u32(at);
    long height = file.u32(at + 4);
    int depth = file.u8(at + 8);
    int color = file.u8(at + 9);
    boolean known =
        switch (color) {
          case GRAY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case RGB, GRAY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
          default -> false;
        };
    if (!known || file.u8(at + 10) != 0 || file.u8(at + 11) != 0 || file.u8(at + 12) > 1) {
      throw new IOException(
          "its header must be that of a PNG file: found colour type "
              + color
              + ", "
              + depth
              + " bits");
    }
    // With room for the alpha that a transparent colour brings.
    Limits.check(width, height, color == GRAY || color == GRAY_ALPHA ? 2 : 4, depth == 16 ? 2 : 1);
    return new PngHeader((int) width, (int) height, depth, color, file.u8(at + 12) == 1);
  }

  int samples() {
    return switch (color) {
      case RGB -> 3;
      case GRAY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  int rowBytes(int columns) {
    return (int) (((long) columns * samples() * depth + 7) / 8);
  }

  /** How far away the same byte of the pixel before is. */
  int pixelBytes() {
    return Math.max(1, samples() * depth / 8);
  }
}
