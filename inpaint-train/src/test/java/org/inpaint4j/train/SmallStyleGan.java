package org.inpaint4j.train;

import java.util.List;

/** A StyleGAN of 16 pixels that is small enough for tests. */
final class SmallStyleGan {

  private SmallStyleGan() {}

  /**
   * Options of batches of 4.
   *
   * @param stable images of 8 pixels
   * @param fading images while 16 pixels fade in
   */
  static StyleGanOptions options(boolean wasserstein, int stable, int fading) {
    return new StyleGanOptions(
        new StyleGanOptions.Networks(6, 2, List.of(6, 5, 4), List.of(5, 4, 3), true, 1),
        new StyleGanOptions.Objective(wasserstein, List.of(wasserstein ? 10.0 : 2.0), 2, 0.1, 0.9),
        new StyleGanOptions.Schedule(
            List.of(4, 4),
            List.of(0, fading),
            List.of(stable, 0),
            2e-3,
            wasserstein ? 1e-3 : 2e-3,
            0.01,
            0.5,
            wasserstein ? 0.5 : 0,
            0.99),
        true,
        1);
  }
}
