package org.inpaint4j.network;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The space a generator is searched in: vectors of one length, and where to start in it.
 *
 * <p>A search may move all coordinates from its start, or some of them after others: {@code stages}
 * says which coordinates move in each stage of a search. So a generator can offer to be searched
 * coarsely first, and coordinates of no stage (the noise of a StyleGAN, say) are drawn once and
 * kept.
 *
 * @param size the number of coordinates of a latent vector, at least 1
 * @param prior where a search starts
 * @param stages which coordinates move in each stage: at least one, none of which ends before
 *     another one did
 */
public record LatentSpace(int size, Prior prior, List<Stage> stages) {

  /**
   * The coordinates that move in a stage of a search.
   *
   * @param from the first one
   * @param to the one after the last
   * @param part how many of them make one vector, such as the style of one layer: an optimizer may
   *     treat vectors apart. It divides the number of coordinates.
   */
  public record Stage(int from, int to, int part) {

    /**
     * Checks the ranges.
     *
     * @param from the first coordinate
     * @param to the one after the last
     * @param part how many of them make one vector
     */
    public Stage {
      checkArgument(
          from >= 0 && to > from, "a stage must have coordinates: found %s to %s", from, to);
      checkArgument(
          part > 0 && (to - from) % part == 0,
          "a stage must be made of whole vectors: found %s coordinates and vectors of %s",
          to - from,
          part);
    }

    /**
     * The leading coordinates, as one vector.
     *
     * @param count how many
     * @return the stage
     */
    public static Stage leading(int count) {
      return new Stage(0, count, count);
    }

    /**
     * How many coordinates move.
     *
     * @return at least 1
     */
    public int size() {
      return to - from;
    }
  }

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
   * @param stages which coordinates move in each stage
   */
  public LatentSpace {
    checkArgument(size > 0, "a latent size must be positive: found %s", size);
    requireNonNull(prior, "prior");
    stages = List.copyOf(stages);
    checkArgument(!stages.isEmpty(), "a latent space must have at least one stage: found none");
    int before = 0;
    for (Stage stage : stages) {
      checkArgument(
          stage.to() > before && stage.to() <= size,
          "stages must ascend within %s coordinates: found %s",
          size,
          stages);
      before = stage.to();
    }
  }

  /**
   * A space all of whose coordinates move in a single stage.
   *
   * @param size the number of coordinates of a latent vector, at least 1
   * @param prior where a search starts
   */
  public LatentSpace(int size, Prior prior) {
    this(size, prior, List.of(Stage.leading(size)));
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
