package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.lang.reflect.Array;

/** Turns pictures upright: 1 is upright, 2 to 8 are the other ways to turn and mirror. */
final class Orientation {

  static final int UPRIGHT = 1;

  private Orientation() {}

  /** Whether rows are stored that are columns of what is seen. */
  static boolean isTurned(int orientation) {
    return orientation >= 5;
  }

  /**
   * Turns and mirrors a picture so that it is upright.
   *
   * @param stored a picture of {@link Layout}'s kinds as it is stored. Not modified.
   * @param orientation from 1 to 8
   * @return a picture of the same kind with the same samples; the given one if it is upright
   */
  static BufferedImage upright(BufferedImage stored, int orientation) {
    if (orientation == UPRIGHT) {
      return stored;
    }
    int width = stored.getWidth();
    int height = stored.getHeight();
    boolean turned = isTurned(orientation);
    boolean lastRowFirst =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    boolean lastPixelFirst =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    Layout layout = Layout.of(stored);
    BufferedImage upright = layout.create(turned ? height : width, turned ? width : height);
    Object from = Layout.array(stored);
    Object to = Layout.array(upright);
    int bands = layout.bands();
    // A pixel and a row further in the stored picture are so many pixels further in the other.
    int acrossStep = (lastPixelFirst ? -1 : 1) * (turned ? height : 1);
    int downStep = (lastRowFirst ? -1 : 1) * (turned ? 1 : width);
    int first =
        (lastPixelFirst ? (width - 1) * Math.abs(acrossStep) : 0)
            + (lastRowFirst ? (height - 1) * Math.abs(downStep) : 0);
    if (Array.getLength(from) != Array.getLength(to)) {
      throw new IllegalStateException("a turned picture must have as many samples");
    }
    for (int y = 0, i = 0; y < height; y++) {
      int target = (first + y * downStep) * bands;
      if (from instanceof byte[] in && to instanceof byte[] out) {
        for (int x = 0; x < width; x++, target += acrossStep * bands) {
          for (int b = 0; b < bands; b++) {
            out[target + b] = in[i++];
          }
        }
      } else if (from instanceof short[] in && to instanceof short[] out) {
        for (int x = 0; x < width; x++, target += acrossStep * bands) {
          for (int b = 0; b < bands; b++) {
            out[target + b] = in[i++];
          }
        }
      } else if (from instanceof float[] in && to instanceof float[] out) {
        for (int x = 0; x < width; x++, target += acrossStep * bands) {
          for (int b = 0; b < bands; b++) {
            out[target + b] = in[i++];
          }
        }
      }
    }
    return upright;
  }
}
