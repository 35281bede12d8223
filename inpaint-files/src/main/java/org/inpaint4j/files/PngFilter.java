package org.inpaint4j.files;

import java.io.IOException;

/**
 * The filters of rows of PNG files (PNG specification, section 9). A row is its bytes after one
 * byte that names its filter.
 */
final class PngFilter {

  static final int NONE = 0;
  static final int SUB = 1;
  static final int UP = 2;
  static final int AVERAGE = 3;
  static final int PAETH = 4;

  private PngFilter() {}

  /**
   * Brings the bytes of a row back.
   *
   * @param row modified
   * @param before the row above, or zeros
   * @param pixel the distance of the same byte of the pixel before
   */
  static void undo(byte[] row, byte[] before, int pixel) throws IOException {
    int length = row.length;
    switch (row[0]) {
      case NONE -> {}
      case SUB -> {
        for (int i = 1 + pixel; i < length; i++) {
          row[i] += row[i - pixel];
        }
      }
      case UP -> {
        for (int i = 1; i < length; i++) {
          row[i] += before[i];
        }
      }
      case AVERAGE -> {
        for (int i = 1; i < length; i++) {
          int left = i > pixel ? row[i - pixel] & 255 : 0;
          row[i] += (byte) ((left + (before[i] & 255)) >> 1);
        }
      }
      case PAETH -> {
        for (int i = 1; i < length; i++) {
          int left = i > pixel ? row[i - pixel] & 255 : 0;
          int corner = i > pixel ? before[i - pixel] & 255 : 0;
          row[i] += (byte) paeth(left, before[i] & 255, corner);
        }
      }
      default -> throw new IOException("a row must have a known filter: found " + row[0]);
    }
  }

  /** Every so manyth byte of a row is looked at to choose its filter; a prime, to see all bands. */
  private static final int LOOK = 7;

  /**
   * Filters a row with the filter that promises most: the smallest sum of absolute values, over a
   * part of its bytes.
   *
   * @param row the bytes of the row. Not modified.
   * @param above those of the row above, or zeros. Not modified.
   * @param pixel the distance of the same byte of the pixel before
   * @param into receives the name of the filter and the filtered bytes
   * @param at from where on
   */
  static void apply(byte[] row, byte[] above, int pixel, byte[] into, int at) {
    int none = 0;
    int sub = 0;
    int up = 0;
    int paeth = 0;
    for (int i = pixel; i < row.length; i += LOOK) {
      int left = row[i - pixel];
      none += Math.abs((int) row[i]);
      sub += Math.abs((int) (byte) (row[i] - left));
      up += Math.abs((int) (byte) (row[i] - above[i]));
      int predicted = paeth(left & 255, above[i] & 255, above[i - pixel] & 255);
      paeth += Math.abs((int) (byte) (row[i] - predicted));
    }
    int best = Math.min(Math.min(none, sub), Math.min(up, paeth));
    int filter = best == none ? NONE : best == up ? UP : best == sub ? SUB : PAETH;
    into[at] = (byte) filter;
    int to = at + 1;
    int start = Math.min(pixel, row.length);
    // The first pixel has none to its left.
    for (int i = 0; i < start; i++) {
      into[to + i] = (byte) (filter == NONE || filter == SUB ? row[i] : row[i] - above[i]);
    }
    switch (filter) {
      case NONE -> System.arraycopy(row, start, into, to + start, row.length - start);
      case SUB -> {
        for (int i = start; i < row.length; i++) {
          into[to + i] = (byte) (row[i] - row[i - pixel]);
        }
      }
      case UP -> {
        for (int i = start; i < row.length; i++) {
          into[to + i] = (byte) (row[i] - above[i]);
        }
      }
      default -> {
        for (int i = start; i < row.length; i++) {
          int predicted = paeth(row[i - pixel] & 255, above[i] & 255, above[i - pixel] & 255);
          into[to + i] = (byte) (row[i] - predicted);
        }
      }
    }
  }

  private static int paeth(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }
}
