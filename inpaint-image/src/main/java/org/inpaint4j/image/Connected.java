package org.inpaint4j.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The connected parts of a hole: pixels that touch each other, at a corner at least, are of one
 * part. Memory follows the bounding box of the hole, not the picture.
 */
@Internal
public final class Connected {

  /** In {@link #part}: the pixel is known. */
  public static final int KNOWN = -1;

  private static final int UNSEEN = -2;

  /** The smallest rectangle around the hole, and the part of each of its pixels. */
  private final Bounds box;

  private final int[] parts;
  private final List<Bounds> bounds = new ArrayList<>();

  private Connected(Bounds box, int[] parts) {
    this.box = box;
    this.parts = parts;
  }

  /**
   * The parts of a mask's hole, in the order of their first pixels.
   *
   * @param mask a mask with a hole
   * @return its parts
   */
  public static Connected of(Mask mask) {
    Bounds box = mask.holeBounds().orElseThrow();
    int[] parts = new int[box.size().pixels()];
    Arrays.fill(parts, KNOWN);
    Mask hole = mask.crop(box);
    hole.holeBits().stream().forEach(i -> parts[i] = UNSEEN);
    Connected connected = new Connected(box, parts);
    int[] queue = new int[hole.holeCount()];
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] == UNSEEN) {
        connected.fill(i, queue);
      }
    }
    return connected;
  }

  private void fill(int first, int[] queue) {
    int part = bounds.size();
    int width = box.width();
    int height = box.height();
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
    bounds.add(new Bounds(box.x() + left, box.y() + top, right + 1 - left, bottom + 1 - top));
  }

  /**
   * The bounding box of each part.
   *
   * @return one rectangle a part. Immutable.
   */
  public List<Bounds> bounds() {
    return List.copyOf(bounds);
  }

  /**
   * The number of the part that a pixel belongs to.
   *
   * @param x the column in the image
   * @param y the row in the image
   * @return from 0, or {@link #KNOWN}
   */
  public int part(int x, int y) {
    int u = x - box.x();
    int v = y - box.y();
    boolean inside = u >= 0 && v >= 0 && u < box.width() && v < box.height();
    return inside ? parts[v * box.width() + u] : KNOWN;
  }

  /**
   * The smallest rectangle around some parts.
   *
   * @param numbers of the parts, at least one
   * @return the rectangle, in the image
   */
  public Bounds bounds(List<Integer> numbers) {
    return numbers.stream().map(bounds::get).reduce(Bounds::union).orElseThrow();
  }

  /**
   * The mask whose hole is some parts, as far as they lie in a rectangle.
   *
   * @param numbers of the parts
   * @param part a rectangle of the image
   * @return a mask as large as the rectangle
   */
  public Mask mask(List<Integer> numbers, Bounds part) {
    boolean[] wanted = new boolean[bounds.size()];
    numbers.forEach(number -> wanted[number] = true);
    return Mask.of(
        part.width(),
        part.height(),
        (x, y) -> {
          int number = part(part.x() + x, part.y() + y);
          return number != KNOWN && wanted[number];
        });
  }
}
