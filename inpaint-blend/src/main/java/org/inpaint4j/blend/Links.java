package org.inpaint4j.blend;

/**
 * Cuts the runs of a grid into segments. Within a segment, the rows that a kernel reads beside its
 * own are at constant distances, so the kernel is one loop without a test.
 */
final class Links {

  /**
   * A row to be found for each row: row {@code (y * times + plus) >> shift} of {@code runs}.
   *
   * @param runs the numbering it is looked up in
   * @param times factor of the row
   * @param plus summand of the row
   * @param shift halvings of the row
   * @param scale place k belongs to place k there if 0, to 2k if 1, to k / 2 if -1
   */
  record Companion(Runs runs, int times, int plus, int shift, int scale) {

    /** Row y + plus of the same grid. */
    static Companion beside(Runs runs, int plus) {
      return new Companion(runs, 1, plus, 0, 0);
    }

    /** Row 2 y + plus of the finer grid, which has {@code places} places for each own one. */
    static Companion finer(Runs runs, int plus, int places) {
      return new Companion(runs, 2, plus, 0, places == 2 ? 1 : 0);
    }

    /** Row (y + plus) / 2 of the coarser grid, which has a place for each {@code places} own. */
    static Companion coarser(Runs runs, int plus, int places) {
      return new Companion(runs, 1, plus, 1, places == 2 ? -1 : 0);
    }

    int row(int y) {
      int row = (y * times + plus) >> shift;
      return row < 0 || row >= runs.rows ? -1 : row;
    }

    int there(int place) {
      return scale == 0 ? place : scale > 0 ? 2 * place : place >> 1;
    }

    /** The first own place whose counterpart is not before a place there. */
    int here(int placeThere) {
      return scale == 0 ? placeThere : scale > 0 ? (placeThere + 1) >> 1 : 2 * placeThere;
    }
  }

  /** Of each row its first segment; one entry more than rows. */
  final int[] ofRow;

  /** Of each segment its first place. */
  final int[] place;

  /** Of each segment the index of its first place. */
  final int[] index;

  /** Of each segment the number of its places. */
  final int[] count;

  /** Of each segment whether all its places are plain: one stencil serves them all. */
  final boolean[] plain;

  /**
   * Of each companion and segment the index that place 0 would have there; where the companion has
   * nothing, the segment lands in its block of zeros.
   */
  final int[][] origin;

  private Links(Builder builder, int[] ofRow) {
    this.ofRow = ofRow;
    place = builder.place.toArray();
    index = builder.index.toArray();
    count = builder.count.toArray();
    plain = new boolean[place.length];
    for (int segment = 0; segment < plain.length; segment++) {
      plain[segment] = builder.plain.get(segment) != 0;
    }
    origin = new int[builder.origin.length][];
    for (int c = 0; c < origin.length; c++) {
      origin[c] = builder.origin[c].toArray();
    }
  }

  /** Collects segments. */
  private static final class Builder {

    /** A shorter plain segment is not worth a loop of its own. */
    private static final int LEAST_PLAIN = 8;

    final IntList place = new IntList();
    final IntList index = new IntList();
    final IntList count = new IntList();
    final IntList plain = new IntList();
    final IntList[] origin;
    final int[] current;

    Builder(int companions) {
      origin = new IntList[companions];
      for (int c = 0; c < companions; c++) {
        origin[c] = new IntList();
      }
      current = new int[companions];
    }

    void add(int from, int to, int ownOrigin, boolean allPlain) {
      if (from == to) {
        return;
      }
      place.add(from);
      index.add(ownOrigin + from);
      count.add(to - from);
      plain.add(allPlain ? 1 : 0);
      for (int c = 0; c < current.length; c++) {
        origin[c].add(current[c]);
      }
    }

    /** Adds a segment in up to three parts: the plain middle of a hole and its ragged ends. */
    void addParts(int from, int to, int ownOrigin, boolean[] plainAt) {
      int first = from;
      while (first < to && !plainAt[ownOrigin + first]) {
        first++;
      }
      int after = to;
      while (after > first && !plainAt[ownOrigin + after - 1]) {
        after--;
      }
      boolean middle = after - first >= LEAST_PLAIN;
      for (int k = first; middle && k < after; k++) {
        middle = plainAt[ownOrigin + k];
      }
      if (middle) {
        add(from, first, ownOrigin, false);
        add(first, after, ownOrigin, true);
        add(after, to, ownOrigin, false);
      } else {
        add(from, to, ownOrigin, false);
      }
    }
  }

  /** Cuts the runs of a grid, with the rows above and below each row as companions. */
  static Links beside(Runs own, boolean[] plainAt) {
    return between(own, plainAt, Companion.beside(own, -1), Companion.beside(own, 1));
  }

  /** In links made by {@link #beside}: the distance from a place of a segment to the one above. */
  int above(int segment) {
    return origin[0][segment] + place[segment] - index[segment];
  }

  /** In links made by {@link #beside}: the distance from a place of a segment to the one below. */
  int below(int segment) {
    return origin[1][segment] + place[segment] - index[segment];
  }

  /**
   * Cuts the runs of a grid.
   *
   * @param own the grid
   * @param plainAt of each index of {@code own} whether the place there is plain. Not modified.
   * @param companions the rows to read beside each row
   */
  static Links between(Runs own, boolean[] plainAt, Companion... companions) {
    int[] ofRow = new int[own.rows + 1];
    Builder builder = new Builder(companions.length);
    int[] candidate = new int[companions.length];
    int[] last = new int[companions.length];
    for (int y = 0; y < own.rows; y++) {
      for (int c = 0; c < companions.length; c++) {
        int row = companions[c].row(y);
        candidate[c] = row < 0 ? 0 : companions[c].runs.ofRow[row];
        last[c] = row < 0 ? 0 : companions[c].runs.ofRow[row + 1];
      }
      for (int run = own.ofRow[y]; run < own.ofRow[y + 1]; run++) {
        int at = own.from[run];
        while (at < own.to[run]) {
          int end = own.to[run];
          for (int c = 0; c < companions.length; c++) {
            Companion companion = companions[c];
            Runs there = companion.runs;
            // A run reaches one place further to either side: the zeros around it.
            while (candidate[c] < last[c] && companion.here(there.to[candidate[c]] + 1) <= at) {
              candidate[c]++;
            }
            int start =
                candidate[c] < last[c]
                    ? companion.here(there.from[candidate[c]] - 1)
                    : Integer.MAX_VALUE;
            if (start <= at) {
              end = Math.min(end, companion.here(there.to[candidate[c]] + 1));
              builder.current[c] = there.origin[candidate[c]];
            } else {
              end = Math.min(end, start);
              builder.current[c] = there.zeros - companion.there(at);
            }
          }
          builder.addParts(at, end, own.origin[run], plainAt);
          at = end;
        }
      }
      ofRow[y + 1] = builder.place.size();
    }
    return new Links(builder, ofRow);
  }
}
