package org.inpaint4j.image;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Where a filler that searches a latent space begins, and who is shown the way it takes. Other
 * fillers do not look at it.
 *
 * @param starts latents to start at, before all that are drawn; each as long as the latent space.
 *     At least as many starts are searched as there are latents here
 * @param listener is shown every latent that is evaluated in a step, if there is one
 */
public record LatentPath(List<List<Float>> starts, Optional<Listener> listener) {

  /** All starts are drawn, and nobody looks. */
  public static final LatentPath DRAWN = new LatentPath(List.of(), Optional.empty());

  /** Is shown the latents of a search. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Called for each start and each step, on the thread that fills, before the latent is moved.
     *
     * @param start the number of the start, from 0: first those of {@link LatentPath#starts}, then
     *     the draws in their order, of which those with too high a loss are left out
     * @param step from 0, where the latent is that of the start
     * @param loss the loss of the latent
     * @param latent the latent; a copy
     */
    void onLatent(int start, int step, double loss, float[] latent);
  }

  /**
   * Copies the latents.
   *
   * @param starts latents to start at
   * @param listener is shown every latent, if there is one
   */
  public LatentPath {
    starts = starts.stream().map(List::copyOf).toList();
    requireNonNull(listener, "listener");
  }
}
