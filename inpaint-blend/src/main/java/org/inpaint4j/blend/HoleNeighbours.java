package org.inpaint4j.blend;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Numbers the missing pixels of a hole, then the known pixels beside them, and lists the neighbours
 * of each by number.
 */
final class HoleNeighbours {

  private final HoleGrid grid;

  /** The number of missing pixels: their numbers are below it. */
  final int unknowns;

  /** Image index of each pixel. */
  final int[] pixel;

  /** Of each missing pixel its {@link Checkerboard#code}. */
  final int[] code;

  /** Of each pixel the number of its neighbours in the image. */
  final double[] degree;

  /**
   * Of each pixel the numbers of its four neighbours. A neighbour without a number is given as
   * {@link #count}.
   */
  final int[] neighbours;

  HoleNeighbours(HoleGrid grid, HoleRuns stretches) {
    this.grid = grid;
    IntList pixels = new IntList();
    IntList codes = new IntList();
    for (int s = 0; s < stretches.count(); s++) {
      int y = stretches.row[s];
      for (int x = stretches.from[s]; x < stretches.to[s]; x++) {
        pixels.add(grid.imageIndex(x, y));
        codes.add(Checkerboard.code(stretches.origin[s], x, y));
      }
    }
    unknowns = pixels.size();
    code = codes.toArray();
    int[] number = numbered(pixels);
    pixel = pixels.toArray();
    degree = new double[pixel.length];
    neighbours = new int[4 * pixel.length];
    for (int i = 0; i < pixel.length; i++) {
      for (int side = 0; side < 4; side++) {
        int q = neighbour(pixel[i], side);
        degree[i] += q >= 0 ? 1 : 0;
        int there = q >= 0 && isNear(q) ? number[local(q)] : -1;
        neighbours[4 * i + side] = there >= 0 ? there : pixel.length;
      }
    }
  }

  /** Adds the known pixels beside the missing ones, and gives the number of each pixel or -1. */
  private int[] numbered(IntList pixels) {
    int[] number = new int[(grid.width + 2) * (grid.height + 2)];
    Arrays.fill(number, -1);
    for (int u = 0; u < unknowns; u++) {
      number[local(pixels.get(u))] = u;
    }
    BitSet seen = new BitSet();
    for (int u = 0; u < unknowns; u++) {
      for (int side = 0; side < 4; side++) {
        int q = neighbour(pixels.get(u), side);
        if (q >= 0 && number[local(q)] < 0 && !seen.get(q)) {
          seen.set(q);
          number[local(q)] = pixels.size();
          pixels.add(q);
        }
      }
    }
    return number;
  }

  /** The number of numbered pixels, missing and known. */
  int count() {
    return pixel.length;
  }

  /** The image index of a neighbour, or -1 beyond the border. */
  int neighbour(int p, int side) {
    int x = p % grid.imageWidth;
    int y = p / grid.imageWidth;
    return switch (side) {
      case 0 -> x > 0 ? p - 1 : -1;
      case 1 -> x < grid.imageWidth - 1 ? p + 1 : -1;
      case 2 -> y > 0 ? p - grid.imageWidth : -1;
      default -> y < grid.imageHeight - 1 ? p + grid.imageWidth : -1;
    };
  }

  /** Whether a pixel of the image is in the rectangle around the hole or right beside it. */
  private boolean isNear(int p) {
    int x = p % grid.imageWidth - grid.left;
    int y = p / grid.imageWidth - grid.top;
    return x >= -1 && y >= -1 && x <= grid.width && y <= grid.height;
  }

  /** The index of a pixel in that larger rectangle. */
  private int local(int p) {
    int x = p % grid.imageWidth - grid.left + 1;
    int y = p / grid.imageWidth - grid.top + 1;
    return y * (grid.width + 2) + x;
  }
}
