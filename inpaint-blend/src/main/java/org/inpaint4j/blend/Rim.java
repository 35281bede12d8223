package org.inpaint4j.blend;

/** The pairs of a missing pixel and a known neighbour: where the image enters the equations. */
final class Rim {

  /** Of each pair the missing pixel, as a {@link Checkerboard#code}. */
  final int[] place;

  /** Of each pair the known pixel, as an index into a plane of the image. */
  final int[] known;

  Rim(HoleGrid grid, HoleRuns stretches) {
    IntList places = new IntList();
    IntList pixels = new IntList();
    for (int s = 0; s < stretches.count(); s++) {
      int y = stretches.row[s];
      int from = stretches.from[s];
      int to = stretches.to[s];
      int origin = stretches.origin[s];
      if (grid.left + from > 0) {
        places.add(Checkerboard.code(origin, from, y));
        pixels.add(grid.imageIndex(from - 1, y));
      }
      if (grid.left + to < grid.imageWidth) {
        places.add(Checkerboard.code(origin, to - 1, y));
        pixels.add(grid.imageIndex(to, y));
      }
      for (int other = y - 1; other <= y + 1; other += 2) {
        if (grid.top + other >= 0 && grid.top + other < grid.imageHeight) {
          for (int x = nextKnown(grid, from, other); x < to; x = nextKnown(grid, x + 1, other)) {
            places.add(Checkerboard.code(origin, x, y));
            pixels.add(grid.imageIndex(x, other));
          }
        }
      }
    }
    place = places.toArray();
    known = pixels.toArray();
  }

  private static int nextKnown(HoleGrid grid, int x, int y) {
    if (y < 0 || y >= grid.height) {
      return x;
    }
    int row = y * grid.width;
    return grid.hole.nextClearBit(row + x) - row;
  }
}
