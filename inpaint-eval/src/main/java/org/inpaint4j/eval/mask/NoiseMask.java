package org.inpaint4j.eval.mask;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.BitSet;
import java.util.Random;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;

/** A fixed number of pixels, each equally likely. */
record NoiseMask(String name, double share) implements MaskGenerator {

  @Override
  public Mask generate(int width, int height, long seed) {
    int pixels = Math.multiplyExact(width, height);
    checkArgument(
        pixels >= 2, "the image of a noise mask must have 2 pixels: found %sx%s", width, height);
    int count = (int) Math.max(1, Math.min(pixels - 1, Math.round(share * pixels)));
    Random random = Seeds.random(seed);
    BitSet hole = new BitSet(pixels);
    // Floyd's sampling without replacement: one draw a pixel of the hole, every set equally likely.
    for (int last = pixels - count; last < pixels; last++) {
      int chosen = random.nextInt(last + 1);
      hole.set(hole.get(chosen) ? last : chosen);
    }
    return Mask.of(width, height, (x, y) -> hole.get(y * width + x));
  }
}
