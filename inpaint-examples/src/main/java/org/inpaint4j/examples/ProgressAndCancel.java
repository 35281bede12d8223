package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.time.Duration;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.Mask;

/** Follows a search, and ends it when its time is up: the best so far is the result. */
final class ProgressAndCancel {

  private ProgressAndCancel() {}

  /**
   * Fills a hole within a time.
   *
   * @param photo the photo. Not modified.
   * @param mask its hole
   * @param model the model
   * @param limit the time to search for; at least one step is taken
   * @return the result; its status tells whether the time was enough
   */
  static InpaintResult fillWithin(
      BufferedImage photo, Mask mask, LatentModel model, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try (Inpainter inpainter = Inpainter.builder().model(model).build()) {
      return inpainter.inpaint(
          InpaintRequest.of(photo, mask).cancelWhen(() -> System.nanoTime() - end >= 0));
    }
  }
}
