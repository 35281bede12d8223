package org.inpaint4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The connected parts of a hole: pixels that touch each other, at a corner at least, are of one
 * part.
 */
final class Connected {

  /** In {@link #part}: the pixel is known. */
  static final int KNOWN = -1;

  private static final int UNSEEN = -2;

  private final int[] parts;
  private final List<Bounds> bounds = new ArrayList<>();

  private Connected(int[] parts) {
    this.parts = parts;
  }

  /** The parts of a mask's hole, in the order of their first pixels. */
  static Connected of(Mask mask) {
    int width = mask.width();
    int[] parts = new int[width * mask.height()];
    Arrays.fill(parts, KNOWN);
    mask.holeBits().stream().forEach(i -> parts[i] = UNSEEN);
    Connected connected = new Connected(parts);
    int[] queue = new int[mask.holeCount()];
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] == UNSEEN) {
        connected.fill(i, width, queue);
      }
    }
    return connected;
  }

  private void fill(int first, int width, int[] queue) {
    int part = bounds.size();
    int height = parts.length / width;
    int left = width;
    int right = -1;
    int bottom = -1;
    int end = 0;
    queue[end++] = first;
    parts[first] = part;
    for (int next = 0; next < end; next++) {
      int x = queue[next] % width;
      int y = queue[next] / width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
      for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          int i = v * width + u;
          if (parts[i] == UNSEEN) {
            parts[i] = part;
            queue[end++] = i;
          }
        }
      }
    }
    int top = first / width;
    bounds.add(new Bounds(left, top, right + 1 - left, bottom + 1 - top));
  }

  /** The bounding box of each part. */
  List<Bounds> bounds() {
    return bounds;
  }

  /** The part that a pixel belongs to, or {@link #KNOWN}. */
  int part(int pixel) {
    return parts[pixel];
  }
}
