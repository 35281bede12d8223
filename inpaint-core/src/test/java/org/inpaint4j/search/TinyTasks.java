package org.inpaint4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;

/** Tasks for searches of {@link TinyNetworks}. */
final class TinyTasks {

  private TinyTasks() {}

  static final Mask MASK = Mask.rectangle(16, 16, 4, 5, 6, 6);

  static FillTask task(long seed, int candidates, FillListener listener) {
    ImagePlanes image = ImagePlanes.zeros(3, TinyNetworks.SHAPE.pixels());
    Random random = new Random(seed);
    for (int i = 0; i < image.samples().length; i++) {
      boolean hole = MASK.isHole(i % 16, i / 16 % 16);
      float value = random.nextFloat();
      image.samples()[i] = hole ? 0 : value;
    }
    return new FillTask(image, MASK, seed, candidates, listener);
  }

  static FillTask task(long seed) {
    return task(seed, 1, FillListener.NONE);
  }

  static FoundLatent find(LatentSearch search, FillTask task) {
    try (search) {
      List<FoundLatent> found = search.fill(task);
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  /** The k-th draw of a seed. */
  static List<Float> draw(long seed, int k) {
    Random random = new Random(Seeds.split(seed, k));
    return IntStream.range(0, TinyNetworks.LATENT)
        .mapToObj(i -> (float) random.nextGaussian())
        .toList();
  }
}
