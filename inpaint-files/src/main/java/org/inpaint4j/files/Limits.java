package org.inpaint4j.files;

import java.util.Locale;

/**
 * How large a picture may be, known before anything is decoded: so that a small file which claims
 * to hold a huge picture costs nothing.
 */
final class Limits {

  private static final int MEGA = 1 << 20;

  private Limits() {}

  /** The bytes that the samples of a picture may take: half of Java's memory, 2 GiB at most. */
  static long mostBytes() {
    return Math.min(Integer.MAX_VALUE - 64, Runtime.getRuntime().maxMemory() / 2);
  }

  /** The bytes that a file may have: an array of Java, and a half of its memory. */
  static long mostFileBytes() {
    return mostBytes();
  }

  static void check(long width, long height, int bands, int bytesPerSample)
      throws PictureException {
    if (width <= 0 || height <= 0) {
      throw new PictureException(
          "it must have at least one row and column: found " + width + "x" + height);
    }
    long most = mostBytes();
    // Not a product: that of four such numbers can be more than a long holds.
    double bytes = (double) width * height * bands * bytesPerSample;
    if (bytes > most || (double) width * height > Integer.MAX_VALUE / 4.0) {
      throw new PictureException(
          String.format(
              Locale.ROOT,
              "it must fit into memory: expected at most %d MB of samples, found %dx%d pixels"
                  + " (%.0f MB)",
              most / MEGA,
              width,
              height,
              bytes / MEGA));
    }
  }
}
