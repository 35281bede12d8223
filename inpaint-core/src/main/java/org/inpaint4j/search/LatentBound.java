package org.inpaint4j.search;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Keeps latent vectors where the prior has its mass. Outside of it a generator can match the known
 * pixels more closely, and fills the hole with something that is no face.
 *
 * @param maxCoordinate the largest absolute value of a coordinate; larger ones are clipped
 * @param maxRms the largest root mean square of the coordinates; longer vectors are scaled down.
 *     Samples of N(0, 1) have 1.
 */
public record LatentBound(double maxCoordinate, double maxRms) {

  /** Latents go where the loss leads them, as in the paper. */
  public static final LatentBound NONE =
      new LatentBound(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /**
   * Checks the ranges.
   *
   * @param maxCoordinate the largest absolute value of a coordinate
   * @param maxRms the largest root mean square of the coordinates
   */
  public LatentBound {
    checkArgument(maxCoordinate > 0, "maxCoordinate must be positive: found %s", maxCoordinate);
    checkArgument(maxRms > 0, "maxRms must be positive: found %s", maxRms);
  }

  /** Moves a latent inside the bound. Modified. */
  void apply(float[] latent) {
    if (maxCoordinate != Double.POSITIVE_INFINITY) {
      float limit = (float) maxCoordinate;
      for (int i = 0; i < latent.length; i++) {
        latent[i] = Math.max(-limit, Math.min(limit, latent[i]));
      }
    }
    if (maxRms != Double.POSITIVE_INFINITY) {
      double square = 0;
      for (float v : latent) {
        square += (double) v * v;
      }
      double rms = Math.sqrt(square / latent.length);
      if (rms > maxRms) {
        float factor = (float) (maxRms / rms);
        for (int i = 0; i < latent.length; i++) {
          latent[i] *= factor;
        }
      }
    }
  }
}
