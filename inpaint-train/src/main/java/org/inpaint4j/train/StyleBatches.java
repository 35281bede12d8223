package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is drawn for each iteration of a StyleGAN; all follows from the seed and its number. */
final class StyleBatches {

  private final StyleGanOptions options;
  private final ImageSequence sequence;
  private final Draws draws;

  StyleBatches(TrainingImages images, StyleGanOptions options, Draws draws) {
    this.options = options;
    this.draws = draws;
    sequence = new ImageSequence(images, options.flips(), draws);
  }

  /** The draw of an iteration, from 0. */
  StyleDraw of(StylePlace place, int iteration) {
    int batch = place.batch();
    float[] real = sequence.images(place.first(), batch, iteration, place.size());
    float[] z = new float[2 * batch * options.networks().styleSize()];
    draws.normal(Draws.Purpose.LATENTS, iteration, z);
    return new StyleDraw(
        real,
        z,
        crossovers(place, iteration),
        noise(place, iteration),
        shift(place, iteration, real.length),
        mixture(place, iteration));
  }

  private int[] crossovers(StylePlace place, int iteration) {
    Random random = draws.random(Draws.Purpose.CROSSOVERS, iteration);
    int[] crossovers = new int[place.batch()];
    for (int n = 0; n < crossovers.length; n++) {
      boolean mixed = random.nextDouble() < options.objective().mixing();
      int block = 1 + random.nextInt(place.level());
      crossovers[n] = mixed ? block : place.level() + 1;
    }
    return crossovers;
  }

  private List<float[]> noise(StylePlace place, int iteration) {
    Random random = draws.random(Draws.Purpose.NOISE, iteration);
    List<float[]> noise = new ArrayList<>();
    for (int i = 0; i <= place.level(); i++) {
      float[] map = new float[place.batch() * (4 << i) * (4 << i)];
      if (options.networks().noise()) {
        Draws.normal(random, map);
      }
      noise.add(map);
    }
    return noise;
  }

  private float[] shift(StylePlace place, int iteration, int length) {
    float[] shift = new float[options.objective().hasPenalty(place, iteration) ? length : 0];
    draws.normal(Draws.Purpose.SHIFTS, iteration, shift);
    return shift;
  }

  private float[] mixture(StylePlace place, int iteration) {
    StyleGanOptions.Objective objective = options.objective();
    boolean mixes = objective.hasPenalty(place, iteration) && objective.wasserstein();
    float[] mixture = new float[mixes ? place.batch() : 0];
    draws.uniform(Draws.Purpose.MIXTURES, iteration, mixture);
    return mixture;
  }
}
