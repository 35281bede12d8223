package org.inpaint4j.blend;

import org.inpaint4j.ImagePlanes;

/**
 * The image and the filling of one blend, as the equations read them: one channel at a time, with
 * the guidance applied.
 *
 * <p>The unknown is what has to be added to the filling, u = g + e, so a filling whose gradients
 * are imported as they are leaves nothing on the right-hand side but its difference to the image on
 * the known neighbours.
 */
final class Sources {

  private static final double[] BRIGHTNESS = {0.299, 0.587, 0.114};

  private final ImagePlanes image;
  private final ImagePlanes filling;
  private final Guidance guidance;
  private final int plane;

  Sources(ImagePlanes image, ImagePlanes filling, Guidance guidance) {
    this.image = image;
    this.filling = filling;
    this.guidance = guidance;
    plane = image.width() * image.height();
  }

  /** A sample of the image; throws if it is not finite. */
  double image(int channel, int pixel) {
    return Samples.finite("image", image, channel * plane + pixel);
  }

  /** What is added to: a sample of the filling, its brightness, or 0; throws if not finite. */
  double base(int channel, int pixel) {
    if (guidance == Guidance.NONE) {
      return 0;
    }
    if (guidance == Guidance.MONOCHROME && image.channels() >= 3 && channel < 3) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += BRIGHTNESS[c] * Samples.finite("filling", filling, c * plane + pixel);
      }
      return sum;
    }
    return Samples.finite("filling", filling, channel * plane + pixel);
  }

  /** Whether the guidance is more than the gradient of {@link #base}. */
  boolean isMixed() {
    return guidance == Guidance.MIXED;
  }

  /**
   * The guidance from a neighbour to a pixel, v_pq of Pérez et al. (equation 13), minus the
   * gradient of the base.
   */
  double excess(int channel, int pixel, int neighbour) {
    double own = image(channel, pixel) - image(channel, neighbour);
    double imported = base(channel, pixel) - base(channel, neighbour);
    return Math.abs(own) > Math.abs(imported) ? own - imported : 0;
  }

  /** The mean of a channel of the filling over the whole image. */
  double fillingMean(int channel) {
    double sum = 0;
    for (int pixel = 0; pixel < plane; pixel++) {
      sum += Samples.finite("filling", filling, channel * plane + pixel);
    }
    return sum / plane;
  }
}
