package org.inpaint4j.model.face;

import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.PhotoRows;
import org.inpaint4j.image.Size;

/**
 * A part of a photo at a whole fraction of its resolution: means of some of the pixels that each
 * pixel here stands for, at least 4 of them if there are as many.
 *
 * @param part the part of the photo
 * @param by how many columns and rows of the photo are one here
 * @param known [4, H, W]: blue, green and red from 0 to 255, times what of the pixel is known; then
 *     that share, from 0 to 1
 */
record Reduction(Bounds part, int by, Picture known) {

  /** So many rows and columns of a pixel are read. */
  private static final int READ = 2;

  /**
   * Reads a part of a photo.
   *
   * @param photo not modified; what it holds in the hole has no influence
   * @param mask of the whole photo
   * @param part inside of the photo
   * @param by at least 1
   */
  static Reduction of(Photo photo, Mask mask, Bounds part, int by) {
    Size size = new Size((part.width() + by - 1) / by, (part.height() + by - 1) / by);
    int plane = size.pixels();
    float[] samples = new float[4 * plane];
    int[] counts = new int[plane];
    int step = (by + READ - 1) / READ;
    int first = Math.min((step - 1) / 2, Math.min(part.width(), part.height()) - 1);
    float[] row = new float[3 * ((part.width() - 1 - first) / step + 1)];
    int columns = row.length / 3;
    int[] columnOf = new int[columns];
    for (int i = 0; i < columns; i++) {
      columnOf[i] = (first + i * step) / by;
    }
    Bounds hole = mask.holeBounds().orElse(new Bounds(-1, -1, 1, 1));
    PhotoRows rows = PhotoRows.of(photo);
    for (int y = first; y < part.height(); y += step) {
      rows.read(part.y() + y, part.x() + first, step, row);
      boolean mayMiss = part.y() + y >= hole.y() && part.y() + y < hole.y() + hole.height();
      int line = y / by * size.width();
      for (int i = 0, x = part.x() + first; i < columns; i++, x += step) {
        int pixel = line + columnOf[i];
        counts[pixel]++;
        if (mayMiss && mask.isHole(x, part.y() + y)) {
          continue;
        }
        samples[pixel] += row[2 * columns + i];
        samples[plane + pixel] += row[columns + i];
        samples[2 * plane + pixel] += row[i];
        samples[3 * plane + pixel]++;
      }
    }
    for (int i = 0; i < plane; i++) {
      // Of the last column or row, which may be narrow, perhaps no pixel was read.
      int from =
          counts[i] > 0 ? i : i % size.width() > 0 && counts[i - 1] > 0 ? i - 1 : i - size.width();
      for (int c = 0; c < 4; c++) {
        samples[c * plane + i] = samples[c * plane + from] / (from == i ? counts[i] : 1);
      }
      counts[i] = Math.max(1, counts[i]);
    }
    return new Reduction(part, by, new Picture(size, samples));
  }
}
