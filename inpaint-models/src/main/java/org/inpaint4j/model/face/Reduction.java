package org.inpaint4j.model.face;

import java.util.stream.IntStream;
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

  /** So many rows of the result are made by a thread at a time. */
  private static final int BAND = 32;

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
    Sums sums = new Sums(photo, mask, part, by, size);
    IntStream.range(0, (size.height() + BAND - 1) / BAND)
        .parallel()
        .forEach(band -> sums.add(BAND * band, Math.min(size.height(), BAND * (band + 1))));
    float[] samples = sums.samples;
    int[] counts = sums.counts;
    int plane = size.pixels();
    for (int i = 0; i < plane; i++) {
      // Of the last column or row, which may be narrow, perhaps no pixel was read: it is like the
      // one beside it, and its corner like what is above.
      int from =
          counts[i] > 0 ? i : i % size.width() > 0 && counts[i - 1] > 0 ? i - 1 : i - size.width();
      for (int c = 0; c < 4; c++) {
        samples[c * plane + i] = samples[c * plane + from] / (from == i ? counts[i] : 1);
      }
    }
    return new Reduction(part, by, new Picture(size, samples));
  }

  /** Sums of pixels, and how many were looked at. Threads may add rows, each its own. */
  private static final class Sums {
    final Photo photo;
    final Mask mask;
    final Bounds hole;
    final Bounds part;
    final int by;
    final Size size;
    final float[] samples;
    final int[] counts;

    /** The distance of the rows and columns that are read, and the first of them. */
    final int step;

    final int first;

    /** For each column that is read, the one of the result. */
    final int[] columnOf;

    Sums(Photo photo, Mask mask, Bounds part, int by, Size size) {
      this.photo = photo;
      this.mask = mask;
      this.hole = mask.holeBounds().orElse(new Bounds(-1, -1, 1, 1));
      this.part = part;
      this.by = by;
      this.size = size;
      this.samples = new float[4 * size.pixels()];
      this.counts = new int[size.pixels()];
      this.step = (by + READ - 1) / READ;
      this.first = Math.min((step - 1) / 2, Math.min(part.width(), part.height()) - 1);
      this.columnOf = new int[(part.width() - 1 - first) / step + 1];
      for (int i = 0; i < columnOf.length; i++) {
        columnOf[i] = (first + i * step) / by;
      }
    }

    /** Adds what some rows of the result stand for. */
    void add(int top, int bottom) {
      int plane = size.pixels();
      int columns = columnOf.length;
      float[] row = new float[3 * columns];
      PhotoRows rows = PhotoRows.of(photo);
      int end = Math.min(part.height(), bottom * by);
      // The first of the rows first, first + step and so on that is not above.
      int start = first + Math.max(0, (top * by - first + step - 1) / step) * step;
      for (int y = start; y < end; y += step) {
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
    }
  }
}
