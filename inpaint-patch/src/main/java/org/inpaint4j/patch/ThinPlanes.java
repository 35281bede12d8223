package org.inpaint4j.patch;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.BitSet;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * The part of a picture around its hole, as a thin fill works on it: the channels, their mean as
 * the guide by which patches are compared, and which pixels are missing.
 */
final class ThinPlanes {

  /** The guide counts in grey levels, so that the constants of the estimate do too. */
  private static final float LEVELS = 255;

  final int width;
  final int height;

  /** Samples of the part; the missing ones are estimates. */
  final float[][] channels;

  /** Mean of the channels, from 0 to 255. */
  final float[] guide;

  final boolean[] hole;

  /** Known pixels beside a missing one. */
  final boolean[] rim;

  /** Missing pixels above and to the left: index {@code y * (width + 1) + x}, exclusive. */
  private final int[] missingBefore;

  /** Those of them that are to be estimated. */
  private final int[] wantedBefore;

  /** The least and the greatest known sample of each channel. */
  private final float[] least;

  private final float[] most;

  /**
   * Copies.
   *
   * @param image the part, with a first estimate in the hole. Not modified.
   * @param mask the hole
   * @param wanted those of its pixels that are to be estimated
   */
  ThinPlanes(ImagePlanes image, Mask mask, Mask wanted) {
    width = image.width();
    height = image.height();
    channels = new float[image.channels()][width * height];
    guide = new float[width * height];
    least = new float[channels.length];
    most = new float[channels.length];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
    hole = new boolean[width * height];
    rim = new boolean[width * height];
    for (int i = 0; i < hole.length; i++) {
      hole[i] = mask.isHole(i % width, i / width);
    }
    for (int i = 0; i < hole.length; i++) {
      int x = i % width;
      rim[i] =
          !hole[i]
              && ((x > 0 && hole[i - 1])
                  || (x < width - 1 && hole[i + 1])
                  || (i >= width && hole[i - width])
                  || (i + width < hole.length && hole[i + width]));
    }
    missingBefore = before(mask);
    wantedBefore = before(wanted);
    copy(image);
  }

  private static int[] before(Mask mask) {
    int row = mask.width() + 1;
    int[] before = new int[row * (mask.height() + 1)];
    for (int y = 0; y < mask.height(); y++) {
      int inRow = 0;
      for (int x = 0; x < mask.width(); x++) {
        inRow += mask.isHole(x, y) ? 1 : 0;
        before[(y + 1) * row + x + 1] = before[y * row + x + 1] + inRow;
      }
    }
    return before;
  }

  private void copy(ImagePlanes image) {
    for (int c = 0; c < channels.length; c++) {
      System.arraycopy(image.samples(), c * hole.length, channels[c], 0, hole.length);
      for (int i = 0; i < hole.length; i++) {
        float value = channels[c][i];
        checkArgument(
            Float.isFinite(value), "known samples must be finite: found %s near the hole", value);
        if (!hole[i]) {
          least[c] = Math.min(least[c], value);
          most[c] = Math.max(most[c], value);
        }
      }
    }
    for (int i = 0; i < hole.length; i++) {
      for (int c = 0; c < channels.length; c++) {
        channels[c][i] = hole[i] ? clamp(c, channels[c][i]) : channels[c][i];
      }
      updateGuide(i);
    }
  }

  /** The hole of the part. */
  Mask mask() {
    return Mask.of(width, height, (x, y) -> hole[y * width + x]);
  }

  /** Missing pixels in columns [x0, x1) of rows [y0, y1). */
  int missing(int x0, int y0, int x1, int y1) {
    return count(missingBefore, x0, y0, x1, y1);
  }

  /** Pixels to estimate in columns [x0, x1) of rows [y0, y1). */
  int wanted(int x0, int y0, int x1, int y1) {
    return count(wantedBefore, x0, y0, x1, y1);
  }

  private int count(int[] before, int x0, int y0, int x1, int y1) {
    int row = width + 1;
    return before[y1 * row + x1]
        - before[y0 * row + x1]
        - before[y1 * row + x0]
        + before[y0 * row + x0];
  }

  /** The nearest value between the known samples of a channel. */
  float clamp(int channel, float value) {
    return Math.max(least[channel], Math.min(most[channel], value));
  }

  /** Computes the guide of one pixel from its channels. */
  void updateGuide(int pixel) {
    float sum = 0;
    for (float[] channel : channels) {
      sum += channel[pixel];
    }
    guide[pixel] = sum * (LEVELS / channels.length);
  }

  /**
   * Writes some pixels into a picture, at the part's place in it.
   *
   * @param image modified
   * @param part the part's place
   * @param pixels which ones, as a mask of the part
   */
  void writeTo(ImagePlanes image, Bounds part, Mask pixels) {
    int plane = image.width() * image.height();
    BitSet written = pixels.holeBits();
    for (int i = written.nextSetBit(0); i >= 0; i = written.nextSetBit(i + 1)) {
      int to = (part.y() + i / width) * image.width() + part.x() + i % width;
      for (int c = 0; c < channels.length; c++) {
        image.samples()[c * plane + to] = channels[c][i];
      }
    }
  }
}
