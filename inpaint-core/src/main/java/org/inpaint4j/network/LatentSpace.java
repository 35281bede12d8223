package org.inpaint4j.network;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The space a generator is searched in: vectors of one length, and where to start in it.
 *
 * <p>A search may move all coordinates from its start, or a growing part of them: {@code stages}
 * says, for each stage of a search, how many of the leading coordinates move. So a generator can
 * offer to be searched coarsely first, and coordinates behind the last stage (the noise of a
 * StyleGAN, say) are drawn once and kept.
 *
 * @param size the number of coordinates of a latent vector, at least 1
 * @param prior where a search starts
 * @param stages how many leading coordinates move in each stage: at least one number, ascending,
 *     from 1 to {@code size}
 */
public record LatentSpace(int size, Prior prior, List<Integer> stages) {

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

  /**
   * Checks the ranges.
   *
   * @param size the number of coordinates of a latent vector
   * @param prior where a search starts
   * @param stages how many leading coordinates move in each stage
   */
  public LatentSpace {
    checkArgument(size > 0, "a latent size must be positive: found %s", size);
    requireNonNull(prior, "prior");
    stages = List.copyOf(stages);
    checkArgument(!stages.isEmpty(), "a latent space must have at least one stage: found none");
    int before = 0;
    for (int moving : stages) {
      checkArgument(
          moving > before && moving <= size,
          "stages must ascend within 1 to %s coordinates: found %s",
          size,
          stages);
      before = moving;
    }
  }

  /**
   * A space all of whose coordinates move in a single stage.
   *
   * @param size the number of coordinates of a latent vector, at least 1
   * @param prior where a search starts
   */
  public LatentSpace(int size, Prior prior) {
    this(size, prior, List.of(size));
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
