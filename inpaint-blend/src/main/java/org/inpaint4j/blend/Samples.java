package org.inpaint4j.blend;

import static com.google.common.base.Preconditions.checkArgument;

import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** Checks what comes in. */
final class Samples {

  private Samples() {}

  static void checkSizes(ImagePlanes image, Mask mask) {
    checkArgument(
        image.width() == mask.width() && image.height() == mask.height(),
        "the mask must be as large as the image: expected %sx%s, found %sx%s",
        image.width(),
        image.height(),
        mask.width(),
        mask.height());
  }

  static void checkSizes(ImagePlanes image, ImagePlanes filling) {
    checkArgument(
        image.channels() == filling.channels()
            && image.width() == filling.width()
            && image.height() == filling.height(),
        "the filling must have the shape of the image: expected %s, found %s",
        image,
        filling);
  }

  /** The value at an index of an image; throws if it is not finite. */
  static double finite(String what, ImagePlanes image, int index) {
    float value = image.samples()[index];
    if (!Float.isFinite(value)) {
      int plane = image.width() * image.height();
      throw notFinite(what, image, value, index / plane, index % plane);
    }
    return value;
  }

  static IllegalArgumentException notFinite(
      String what, ImagePlanes image, float value, int channel, int pixel) {
    return new IllegalArgumentException(
        "a sample of the %s that is used must be finite: expected a number, found %s at (%s, %s), channel %s"
            .formatted(what, value, pixel % image.width(), pixel / image.width(), channel));
  }
}
