package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.random.RandomGenerator;

/**
 * The space a generator is searched in: vectors of one length, and where to start in it.
 *
 * @param size the number of coordinates of a latent vector, at least 1
 * @param prior where a search starts
 */
public record LatentSpace(int size, Prior prior) {

  /** Draws starting points. */
  @FunctionalInterface
  public interface Prior {

    /**
     * Draws one latent vector.
     *
     * @param random the only source of chance that may be used; the same state gives the same
     *     vector
     * @param latent the vector to fill, {@link LatentSpace#size} long. Modified.
     */
    void draw(RandomGenerator random, float[] latent);
  }

  /** Checks the ranges. */
  public LatentSpace {
    checkArgument(size > 0, "a latent size must be positive: found %s", size);
    requireNonNull(prior, "prior");
  }

  /**
   * The space of most GANs: every coordinate from N(0, 1), independently.
   *
   * @param size the number of coordinates, at least 1
   * @return the space
   */
  public static LatentSpace standardNormal(int size) {
    return new LatentSpace(
        size,
        (random, latent) -> {
          for (int i = 0; i < latent.length; i++) {
            latent[i] = (float) random.nextGaussian();
          }
        });
  }
}
