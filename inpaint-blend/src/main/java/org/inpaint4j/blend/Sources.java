package org.inpaint4j.blend;

import org.inpaint4j.image.ImagePlanes;

/**
 * The image and the filling of one blend, as the equations read them: with the guidance applied.
 *
 * <p>The unknown is the difference e between the result and the base g, u = g + e. If the base is
 * the filling with its gradients as they are, the right-hand side is zero but for the differences
 * between image and filling on known neighbours.
 */
final class Sources {

  private final ImagePlanes image;
  private final ImagePlanes filling;
  private final Guidance guidance;
  private final int plane;

  /** The base: the filling, its brightness, or 0; one plane for all channels or one for each. */
  private final float[] base;

  Sources(ImagePlanes image, ImagePlanes filling, Guidance guidance) {
    this.image = image;
    this.filling = filling;
    this.guidance = guidance;
    plane = image.width() * image.height();
    base =
        guidance == Guidance.NONE
            ? new float[plane]
            : isBrightness(0) ? brightness(filling.samples()) : filling.samples();
  }

  private boolean isBrightness(int channel) {
    return guidance == Guidance.MONOCHROME && image.channels() >= 3 && channel < 3;
  }

  private float[] brightness(float[] samples) {
    float[] result = new float[plane];
    for (int p = 0; p < plane; p++) {
      result[p] =
          (float)
              (0.299 * samples[p] + 0.587 * samples[plane + p] + 0.114 * samples[2 * plane + p]);
    }
    return result;
  }

  /** The array in which the base of a channel lies, from {@link #offset} on. Not to be modified. */
  float[] baseOf(int channel) {
    return guidance == Guidance.NONE || isBrightness(channel) ? base : filling.samples();
  }

  int offset(int channel) {
    return guidance == Guidance.NONE || isBrightness(channel) ? 0 : channel * plane;
  }

  /** A sample of the image; throws if it is not finite. */
  double image(int channel, int pixel) {
    return Samples.finite("image", image, channel * plane + pixel);
  }

  /** A sample of the base; throws if it is not finite. */
  double base(int channel, int pixel) {
    float value = baseOf(channel)[offset(channel) + pixel];
    if (!Float.isFinite(value)) {
      throw Samples.notFinite("filling", filling, value, channel, pixel);
    }
    return value;
  }

  /** Whether the guidance differs from the gradient of the base. */
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
