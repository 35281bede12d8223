package org.inpaint4j.patch;

import java.util.Arrays;

/**
 * Finds the patches around a patch that are most like it, by the mean squared difference of their
 * guides, weighted with the {@link Trust} in each of the two pixels.
 *
 * <p>All distances of a window are summed up together, one pixel of the patch after the other: so
 * the inner loop runs along one array, and Hotspot vectorises it. (It does not where the indices of
 * two arrays differ by a variable, hence the copies.)
 *
 * <p>Not for several threads at once.
 */
final class Neighbours {

  /**
   * What missing pixels in a neighbour cost: a neighbour with nothing known counts as this much
   * farther away, in part relative to its distance and in part absolutely (squared grey levels).
   */
  private static final float MISSING_COST = 3;

  /** Keeps a quotient of two small sums finite. */
  private static final float LITTLE = 1e-3f;

  private final ThinPlanes planes;
  private final int side;
  private final int reach;
  private final int most;

  /** The guide and the trust in a window, one row after the other. */
  private final float[] window;

  private final float[] windowTrust;
  private final float[] shifted;
  private final float[] shiftedTrust;
  private final float[] sums;

  /** Indices of the upper left pixels; the nearest are first after {@link #find}, in no order. */
  final int[] places;

  private final float[] distances;

  Neighbours(ThinPlanes planes, int side, int reach, int most) {
    this.planes = planes;
    this.side = side;
    this.reach = reach;
    this.most = most;
    int row = 2 * reach + side;
    window = new float[row * row];
    windowTrust = new float[row * row];
    int sumsLength = 2 * reach * row + 2 * reach + 1;
    shifted = new float[sumsLength];
    shiftedTrust = new float[sumsLength];
    sums = new float[sumsLength];
    places = new int[(2 * reach + 1) * (2 * reach + 1)];
    distances = new float[places.length];
  }

  /**
   * Finds the neighbours of the patch at (x, y).
   *
   * @return how many there are in {@link #places}: a multiple of 4, at most the number asked for
   */
  int find(int x, int y, Trust trust) {
    int left = Math.max(0, x - reach);
    int right = Math.min(planes.width - side, x + reach);
    int top = Math.max(0, y - reach);
    int bottom = Math.min(planes.height - side, y + reach);
    int row = right - left + side;
    int length = (bottom - top) * row + right - left + 1;
    copyWindow(left, top, row, bottom - top + side, trust);
    Arrays.fill(sums, 0, length, 0);
    float weights = 0;
    for (int j = 0; j < side; j++) {
      for (int i = 0, p = (y + j) * planes.width + x; i < side; i++, p++) {
        float weight = planes.hole[p] ? trust.inPatch() : 1;
        weights += weight;
        System.arraycopy(window, j * row + i, shifted, 0, length);
        System.arraycopy(windowTrust, j * row + i, shiftedTrust, 0, length);
        add(sums, shifted, shiftedTrust, length, planes.guide[p], weight);
      }
    }
    int count = 0;
    float perPixel = (1 - trust.inNeighbour()) / (side * side);
    for (int v = top; v <= bottom; v++) {
      for (int u = left; u <= right; u++) {
        if (u != x || v != y) {
          float missing = perPixel * planes.missing(u, v, u + side, v + side);
          float mean = sums[(v - top) * row + u - left] / (weights * (1 - missing) + LITTLE);
          places[count] = v * planes.width + u;
          distances[count++] = mean + MISSING_COST * missing * (mean + 1);
        }
      }
    }
    int wanted = Math.min(most, count) & ~3;
    nearestFirst(count, wanted);
    return wanted;
  }

  private void copyWindow(int left, int top, int row, int rows, Trust trust) {
    for (int j = 0, to = 0; j < rows; j++) {
      int from = (top + j) * planes.width + left;
      for (int i = 0; i < row; i++, to++, from++) {
        window[to] = planes.guide[from];
        windowTrust[to] = planes.hole[from] ? trust.inNeighbour() : 1;
      }
    }
  }

  private static void add(
      float[] sums, float[] guide, float[] trust, int length, float value, float weight) {
    for (int t = 0; t < length; t++) {
      float difference = guide[t] - value;
      sums[t] += weight * trust[t] * difference * difference;
    }
  }

  /** Hoare's selection: the first {@code wanted} are no farther than the rest. */
  private void nearestFirst(int count, int wanted) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      float pivot = distances[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (distances[i] < pivot) {
          i++;
        }
        while (distances[j] > pivot) {
          j--;
        }
        if (i <= j) {
          swap(i++, j--);
        }
      }
      if (wanted - 1 <= j) {
        high = j;
      } else if (wanted - 1 >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private void swap(int i, int j) {
    float distance = distances[i];
    distances[i] = distances[j];
    distances[j] = distance;
    int place = places[i];
    places[i] = places[j];
    places[j] = place;
  }
}
