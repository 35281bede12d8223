package org.inpaint4j.image;

import java.util.BitSet;

/**
 * How much of a picture is looked at to copy from, if only a part of it may be: what is around the
 * hole, or all sources where these are few there.
 */
@Internal
public final class SourceReach {

  /** So many times the pixels of the hole are enough to choose from. */
  private static final long ENOUGH = 4;

  private SourceReach() {}

  /**
   * What to look at.
   *
   * @param near what is around the hole
   * @param hole the pixels to fill
   * @param sources what may be copied from, as large as the hole's mask
   * @return {@code near}; or that and the rectangle of all sources, if fewer than four times the
   *     pixels of the hole are near
   */
  public static Bounds of(Bounds near, Mask hole, Mask sources) {
    BitSet usable = sources.crop(near).holeBits();
    usable.andNot(hole.crop(near).holeBits());
    if (usable.cardinality() >= ENOUGH * hole.crop(near).holeCount()) {
      return near;
    }
    return sources.holeBounds().map(near::union).orElse(near);
  }
}
