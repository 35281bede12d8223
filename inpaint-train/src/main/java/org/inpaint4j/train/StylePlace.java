package org.inpaint4j.train;

/**
 * Where an iteration of a StyleGAN is in its schedule.
 *
 * @param level the number of its size, 1 for 8 pixels
 * @param fading whether the size fades in
 * @param alpha the share of the size, 1 if it does not fade in
 * @param batch how many images it takes
 * @param first the number of the first of them, from 0, over the whole training
 */
record StylePlace(int level, boolean fading, float alpha, int batch, long first) {

  /** The level of the smallest images. */
  static final int SMALLEST = 1;

  /** Rows and columns of the images. */
  int size() {
    return 4 << level;
  }

  /** Whether another place has the same networks. */
  boolean hasNetworksOf(StylePlace other) {
    return level == other.level && fading == other.fading;
  }

  /** The place of an iteration, from 0. */
  static StylePlace of(StyleGanOptions.Schedule schedule, int iteration) {
    int rest = iteration;
    long first = 0;
    for (int i = 0; ; i++) {
      int batch = schedule.batches().get(i);
      int fading = i == 0 ? 0 : iterations(schedule.fading().get(i), batch);
      int level = SMALLEST + i;
      if (rest < fading) {
        return new StylePlace(
            level, true, (rest + 0.5f) / fading, batch, first + (long) rest * batch);
      }
      rest -= fading;
      first += (long) fading * batch;
      int stable = iterations(schedule.stable().get(i), batch);
      if (rest < stable || i == schedule.batches().size() - 1) {
        return new StylePlace(level, false, 1, batch, first + (long) rest * batch);
      }
      rest -= stable;
      first += (long) stable * batch;
    }
  }

  /** How many iterations it takes to see some images. */
  static int iterationsFor(StyleGanOptions.Schedule schedule, long images) {
    int low = 0;
    int high = Integer.MAX_VALUE;
    while (low < high) {
      int middle = low + (high - low) / 2;
      if (of(schedule, middle).first < images) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int iterations(int images, int batch) {
    return (int) ((images + (long) batch - 1) / batch);
  }
}
