package org.inpaint4j.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
  private final int imageWidth;
  private final List<Bounds> bounds = new ArrayList<>();

  private Connected(Bounds box, int[] parts, int imageWidth) {
    this.box = box;
    this.parts = parts;
    this.imageWidth = imageWidth;
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
    Connected connected = new Connected(box, parts, mask.width());
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
   * @param pixel {@code y * width + x} of a pixel of the image
   * @return from 0, or {@link #KNOWN}
   */
  public int part(int pixel) {
    int x = pixel % imageWidth - box.x();
    int y = pixel / imageWidth - box.y();
    boolean inside = x >= 0 && y >= 0 && x < box.width() && y < box.height();
    return inside ? parts[y * box.width() + x] : KNOWN;
  }

  /**
   * Unites parts.
   *
   * @param numbers of the parts
   * @return the bits {@code y * width + x} of all their pixels, of the whole image
   */
  public BitSet pixels(List<Integer> numbers) {
    boolean[] wanted = new boolean[bounds.size()];
    numbers.forEach(number -> wanted[number] = true);
    BitSet pixels = new BitSet();
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] >= 0 && wanted[parts[i]]) {
        pixels.set((box.y() + i / box.width()) * imageWidth + box.x() + i % box.width());
      }
    }
    return pixels;
  }
}
