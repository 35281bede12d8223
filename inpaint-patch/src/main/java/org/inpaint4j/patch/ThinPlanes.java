package org.inpaint4j.patch;

import static com.google.common.base.Preconditions.checkArgument;

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

  /** The part's place in the picture. */
  private final Bounds part;

  /** Samples of the part; the missing ones are estimates. */
  final float[][] channels;

  /** Mean of the channels, from 0 to 255. */
  final float[] guide;

  final boolean[] hole;

  /** Missing pixels above and to the left: index {@code y * (width + 1) + x}, exclusive. */
  private final int[] missingBefore;

  private float least = Float.POSITIVE_INFINITY;
  private float most = Float.NEGATIVE_INFINITY;

  ThinPlanes(ImagePlanes image, Mask mask, Bounds part) {
    this.part = part;
    width = part.width();
    height = part.height();
    channels = new float[image.channels()][width * height];
    guide = new float[width * height];
    hole = new boolean[width * height];
    missingBefore = new int[(width + 1) * (height + 1)];
    for (int y = 0, i = 0; y < height; y++) {
      int inRow = 0;
      for (int x = 0; x < width; x++, i++) {
        hole[i] = mask.isHole(part.x() + x, part.y() + y);
        inRow += hole[i] ? 1 : 0;
        missingBefore[(y + 1) * (width + 1) + x + 1] =
            missingBefore[y * (width + 1) + x + 1] + inRow;
      }
    }
    copy(image);
  }

  private void copy(ImagePlanes image) {
    int plane = image.width() * image.height();
    for (int c = 0; c < channels.length; c++) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(
            image.samples(),
            c * plane + (part.y() + y) * image.width() + part.x(),
            channels[c],
            y * width,
            width);
      }
      for (int i = 0; i < hole.length; i++) {
        float value = channels[c][i];
        checkArgument(
            Float.isFinite(value), "known samples must be finite: found %s near the hole", value);
        if (!hole[i]) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
    }
    for (int i = 0; i < hole.length; i++) {
      for (float[] channel : channels) {
        channel[i] = hole[i] ? clamp(channel[i]) : channel[i];
      }
      updateGuide(i);
    }
  }

  /** Missing pixels in columns [x0, x1) of rows [y0, y1). */
  int missing(int x0, int y0, int x1, int y1) {
    int row = width + 1;
    return missingBefore[y1 * row + x1]
        - missingBefore[y0 * row + x1]
        - missingBefore[y1 * row + x0]
        + missingBefore[y0 * row + x0];
  }

  /** The nearest value that the known samples reach. */
  float clamp(float value) {
    return Math.max(least, Math.min(most, value));
  }

  /** Computes the guide of one pixel from its channels. */
  void updateGuide(int pixel) {
    float sum = 0;
    for (float[] channel : channels) {
      sum += channel[pixel];
    }
    guide[pixel] = sum * (LEVELS / channels.length);
  }

  /** Writes the missing pixels into a picture of the whole size. */
  void writeTo(ImagePlanes image) {
    int plane = image.width() * image.height();
    for (int c = 0; c < channels.length; c++) {
      for (int y = 0, i = 0; y < height; y++) {
        int to = c * plane + (part.y() + y) * image.width() + part.x();
        for (int x = 0; x < width; x++, i++) {
          if (hole[i]) {
            image.samples()[to + x] = channels[c][i];
          }
        }
      }
    }
  }
}
