package org.inpaint4j.search;

import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** Between the samples of pictures, from 0 to 1, and those of the search, from -1 to 1. */
final class Samples {

  private Samples() {}

  /**
   * From [0, 1] to [-1, 1]. In the hole 0 stays 0: nothing is there. Any other sample in the hole
   * is a guess, which losses may look at.
   */
  static ImagePlanes toSigned(ImagePlanes unit, Mask mask) {
    ImagePlanes signed = unit.copy();
    float[] samples = signed.samples();
    int pixels = unit.width() * unit.height();
    for (int i = 0; i < samples.length; i++) {
      int pixel = i % pixels;
      boolean hole = mask.isHole(pixel % unit.width(), pixel / unit.width());
      samples[i] = hole && samples[i] == 0 ? 0 : 2 * samples[i] - 1;
    }
    return signed;
  }

  /** From [-1, 1] to [0, 1]. */
  static ImagePlanes toUnit(ImagePlanes signed) {
    ImagePlanes unit = signed.copy();
    float[] samples = unit.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 0.5f * samples[i] + 0.5f;
    }
    return unit;
  }
}
