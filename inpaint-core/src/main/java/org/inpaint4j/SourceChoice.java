package org.inpaint4j;

import java.util.BitSet;
import java.util.Optional;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/**
 * What may be copied, where some pixels should better not be. Missing pixels are not taken out: a
 * filler can fill some of them first, and then copy them.
 */
final class SourceChoice {

  /** With fewer known pixels left to copy from, what should be avoided is not. */
  private static final int LEAST = 1000;

  /** Nothing smaller than a square of this side is ever copied. */
  private static final int LEAST_SIDE = 3;

  private SourceChoice() {}

  /**
   * The sources without what is avoided, if enough known ones are left.
   *
   * @param unknown what is missing
   * @param sources what may be copied; empty: everything
   * @param avoided what should not be
   * @return pixels that may be copied once they are known; empty: all
   */
  static Optional<Mask> of(Mask unknown, Optional<Mask> sources, Optional<Mask> avoided) {
    if (avoided.isEmpty() || avoided.get().holeCount() == 0) {
      return sources;
    }
    Size size = unknown.size();
    BitSet left = new BitSet(size.pixels());
    if (sources.isPresent()) {
      left.or(sources.get().holeBits());
    } else {
      left.set(0, size.pixels());
    }
    left.andNot(avoided.get().holeBits());
    BitSet known = (BitSet) left.clone();
    known.andNot(unknown.holeBits());
    boolean enough = known.cardinality() >= LEAST && holdsASquare(known, size);
    return enough ? Optional.of(Mask.of(size, left)) : sources;
  }

  private static boolean holdsASquare(BitSet pixels, Size size) {
    int[] above = new int[size.width()];
    for (int y = 0, i = 0; y < size.height(); y++) {
      int columns = 0;
      for (int x = 0; x < size.width(); x++, i++) {
        above[x] = pixels.get(i) ? above[x] + 1 : 0;
        columns = above[x] >= LEAST_SIDE ? columns + 1 : 0;
        if (columns >= LEAST_SIDE) {
          return true;
        }
      }
    }
    return false;
  }
}
