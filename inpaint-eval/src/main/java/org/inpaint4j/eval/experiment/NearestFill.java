package org.inpaint4j.eval.experiment;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Map;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * Every pixel of the hole takes the colour of the known pixel nearest to it; of several as near,
 * the leftmost, and of these the uppermost.
 */
final class NearestFill implements Filler {

  @Override
  public List<Filling> fill(FillTask task) {
    return List.of(Filling.of(fill(task.target(), task.mask())));
  }

  @Override
  public boolean isThreadSafe() {
    return true;
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of("filler", "nearest known pixel");
  }

  /**
   * Fills one image in O(width² height): first the nearest known pixel above or below in every
   * column, then for each pixel of the hole the best of these along its row.
   */
  static ImagePlanes fill(ImagePlanes image, Mask mask) {
    int width = image.width();
    int height = image.height();
    checkArgument(
        mask.holeCount() < width * height, "a mask must have a known pixel: found %s", mask);
    int[] nearestRow = new int[width * height];
    for (int x = 0; x < width; x++) {
      int last = -1;
      for (int y = 0; y < height; y++) {
        last = mask.isHole(x, y) ? last : y;
        nearestRow[y * width + x] = last;
      }
      last = -1;
      for (int y = height - 1; y >= 0; y--) {
        last = mask.isHole(x, y) ? last : y;
        int above = nearestRow[y * width + x];
        if (above < 0 || (last >= 0 && last - y < y - above)) {
          nearestRow[y * width + x] = last;
        }
      }
    }
    ImagePlanes filled = image.copy();
    float[] samples = filled.samples();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (mask.isHole(x, y)) {
          long best = Long.MAX_VALUE;
          int source = 0;
          for (int column = 0; column < width; column++) {
            int row = nearestRow[y * width + column];
            if (row >= 0) {
              long dx = (long) column - x;
              long dy = (long) row - y;
              long distance = dx * dx + dy * dy;
              if (distance < best) {
                best = distance;
                source = row * width + column;
              }
            }
          }
          for (int c = 0; c < image.channels(); c++) {
            samples[c * width * height + y * width + x] =
                image.samples()[c * width * height + source];
          }
        }
      }
    }
    return filled;
  }
}
