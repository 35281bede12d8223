package org.inpaint4j;

import java.util.List;

/**
 * A latent on the way of a search, as {@link InpaintRequest#onLatent} is shown it.
 *
 * @param part the number of the part of the hole, from 0: the place of it in {@link
 *     InpaintResult#parts}
 * @param start the number of the start, from 0: first those of {@link InpaintRequest#startAt}, then
 *     the draws in their order, of which those with too high a loss are left out
 * @param step from 0, where the latent is that of the start
 * @param loss the loss of the latent: the sum of the terms
 * @param latent the latent that was evaluated in this step
 */
public record LatentStep(int part, int start, int step, double loss, List<Float> latent) {

  /**
   * Copies the latent.
   *
   * @param part the number of the part of the hole
   * @param start the number of the start
   * @param step from 0
   * @param loss the loss of the latent
   * @param latent the latent
   */
  public LatentStep {
    latent = List.copyOf(latent);
  }
}
