package org.inpaint4j.blend;

import java.util.BitSet;

/**
 * Numbers the unknowns of one grid, row by row, so that memory is used for the unknowns only and
 * not for the rectangle around them.
 *
 * <p>A row is cut into <em>runs</em>: stretches that begin and end with an unknown. A gap of up to
 * {@link #MERGED_GAP} places stays inside a run, as places that always hold zero, because one long
 * loop is faster than many short ones. (In a scattered hole each row is one run.) In the arrays,
 * each run has one place that holds zero before it and one after it. So the neighbours of a run's
 * ends are read without a test. A block of zeros as long as a row comes before all runs. Loops read
 * there where a row has nothing above or below it.
 *
 * <p>A place is one node of a coarse grid, or two neighbouring pixels of the image (see {@link
 * Checkerboard}).
 */
final class Runs {

  /** A gap this short costs no more memory than the zeros between two runs. */
  private static final int MERGED_GAP = 3;

  final int rows;

  /** Places in a whole row. */
  final int places;

  /** Of each row its first run; one entry more than rows. */
  final int[] ofRow;

  /** Of each run its first place. */
  final int[] from;

  /** Of each run the place after its last. */
  final int[] to;

  /** Of each run the index that place 0 would have: index = origin + place. */
  final int[] origin;

  /** Where the block of zeros can be entered; one place before it is zero too. */
  final int zeros = 1;

  /** The length of an array over this numbering. */
  final int length;

  private Runs(int rows, int places, int[] ofRow, int[] from, int[] to) {
    this.rows = rows;
    this.places = places;
    this.ofRow = ofRow;
    this.from = from;
    this.to = to;
    origin = new int[from.length];
    int next = zeros + places + 3;
    for (int run = 0; run < from.length; run++) {
      origin[run] = next + 1 - from[run];
      next = Math.addExact(next, to[run] - from[run] + 2);
    }
    length = Math.addExact(next, 2);
  }

  /**
   * Numbers a grid.
   *
   * @param unknowns bit {@code y * width + x} is set where there is an unknown. Not modified.
   * @param width columns of the grid
   * @param height rows of the grid
   * @param perPlace columns that share a place, 1 or 2
   */
  static Runs of(BitSet unknowns, int width, int height, int perPlace) {
    IntList from = new IntList();
    IntList to = new IntList();
    int[] ofRow = new int[height + 1];
    int shift = perPlace - 1;
    for (int y = 0; y < height; y++) {
      int row = y * width;
      int end = row + width;
      int last = -1;
      for (int bit = unknowns.nextSetBit(row); bit >= 0 && bit < end; ) {
        int clear = Math.min(end, unknowns.nextClearBit(bit));
        int first = (bit - row) >> shift;
        int after = (clear - row + shift) >> shift;
        if (last >= 0 && first - to.get(last) <= MERGED_GAP) {
          to.set(last, after);
        } else {
          last = from.size();
          from.add(first);
          to.add(after);
        }
        bit = unknowns.nextSetBit(clear);
      }
      ofRow[y + 1] = from.size();
    }
    return new Runs(height, (width + shift) >> shift, ofRow, from.toArray(), to.toArray());
  }

  /** The index at which the places of a row begin, with the zero before them. */
  int startOfRow(int y) {
    int run = ofRow[y];
    return run == from.length ? length - 2 : origin[run] + from[run] - 1;
  }

  /** The number of places in the runs of rows [from, to): a measure of the work in them. */
  int placesBetween(int fromRow, int toRow) {
    int sum = 0;
    for (int run = ofRow[fromRow]; run < ofRow[toRow]; run++) {
      sum += to[run] - from[run];
    }
    return sum;
  }
}
