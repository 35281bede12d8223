package org.inpaint4j.eval.experiment;

import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * A hole to be filled.
 *
 * @param image the name of the image in the table
 * @param kind the kind of mask
 * @param truth the image, [C, H, W]. Not modified.
 * @param mask the hole
 * @param seed of the hole and of the search
 */
record TableHole(String image, String kind, ImagePlanes truth, Mask mask, long seed) {

  /** The image without what is in the hole, so that no method can look there. */
  ImagePlanes known() {
    ImagePlanes known = truth.copy();
    int pixels = truth.width() * truth.height();
    for (int i = 0; i < known.samples().length; i++) {
      int pixel = i % pixels;
      if (mask.isHole(pixel % truth.width(), pixel / truth.width())) {
        known.samples()[i] = 0;
      }
    }
    return known;
  }
}
