package org.inpaint4j.files;

import java.awt.image.BufferedImage;

/** The rows of a picture of {@link Layout}'s kinds as bytes, red first, as files have them. */
final class PixelRows {

  private final Layout layout;
  private final Object samples;
  private final int width;
  private final boolean little;

  PixelRows(BufferedImage image, boolean little) {
    this.layout = Layout.of(image);
    this.samples = Layout.array(image);
    this.width = image.getWidth();
    this.little = little;
  }

  int length() {
    return Math.multiplyExact(width, layout.bands() * layout.bytesPerSample());
  }

  /** Puts row y into an array from a place on. */
  void read(int y, byte[] into, int at) {
    int bands = layout.bands();
    int from = y * width * bands;
    int to = at;
    if (samples instanceof byte[] bytes) {
      if (layout.colors() == 1) {
        System.arraycopy(bytes, from, into, at, width * bands);
        return;
      }
      int last = bands - 1;
      for (int x = 0; x < width; x++, from += bands) {
        for (int b = last; b >= 0; b--) {
          into[to++] = bytes[from + b];
        }
      }
    } else if (samples instanceof short[] shorts) {
      for (int i = 0; i < width * bands; i++, to += 2) {
        int sample = shorts[from + i];
        into[to + (little ? 1 : 0)] = (byte) (sample >> 8);
        into[to + (little ? 0 : 1)] = (byte) sample;
      }
    } else if (samples instanceof float[] floats) {
      for (int i = 0; i < width * bands; i++, to += 4) {
        int bits = Float.floatToRawIntBits(floats[from + i]);
        for (int k = 0; k < 4; k++) {
          into[to + k] = (byte) (bits >> (little ? 8 * k : 24 - 8 * k));
        }
      }
    }
  }
}
