package org.inpaint4j.blend;

import java.util.BitSet;

/** The stretches of missing pixels of a hole, row by row, and where their unknowns are kept. */
final class HoleRuns {

  /** Of each row its first stretch; one entry more than rows. */
  final int[] ofRow;

  /** Of each stretch its row. */
  final int[] row;

  /** Of each stretch its first column. */
  final int[] from;

  /** Of each stretch the column after its last. */
  final int[] to;

  /** Of each stretch the index that place 0 would have: pixel x is at origin + x / 2. */
  final int[] origin;

  HoleRuns(HoleGrid grid, Runs runs) {
    IntList rows = new IntList();
    IntList starts = new IntList();
    IntList ends = new IntList();
    IntList origins = new IntList();
    BitSet hole = grid.hole;
    ofRow = new int[grid.height + 1];
    for (int y = 0; y < grid.height; y++) {
      int first = y * grid.width;
      int end = first + grid.width;
      int run = runs.ofRow[y];
      for (int bit = hole.nextSetBit(first); bit >= 0 && bit < end; ) {
        int clear = Math.min(end, hole.nextClearBit(bit));
        while (runs.to[run] <= (bit - first) >> 1) {
          run++;
        }
        rows.add(y);
        starts.add(bit - first);
        ends.add(clear - first);
        origins.add(runs.origin[run]);
        bit = hole.nextSetBit(clear);
      }
      ofRow[y + 1] = rows.size();
    }
    row = rows.toArray();
    from = starts.toArray();
    to = ends.toArray();
    origin = origins.toArray();
  }

  int count() {
    return row.length;
  }
}
