package org.inpaint4j.search;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objectives of one inpainter, one for each batch size in use.
 *
 * <p>At most {@link #MAX_PLANS} are kept; the one that was unused for longest is freed first. Not
 * safe for use by several threads at once: the inpainter lets its callers in one by one, because a
 * single evaluation already keeps all cores busy.
 */
final class ObjectivePool implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ObjectivePool.class);
  private static final int MAX_PLANS = 3;

  private final Generator generator;
  private final Optional<Discriminator> discriminator;
  private final List<LossTerm> losses;

  /** In order of use. */
  private final Map<Integer, LatentObjective> plans = new LinkedHashMap<>(8, 0.75f, true);

  /** Whether a batch of a size gives the bits that its images give alone. */
  private final Map<Integer, Boolean> exact = new LinkedHashMap<>();

  ObjectivePool(Generator generator, Optional<Discriminator> discriminator, List<LossTerm> losses) {
    this.generator = generator;
    this.discriminator = discriminator;
    this.losses = losses;
  }

  /** The objective for a number of images. */
  LatentObjective get(int images) {
    LatentObjective plan = plans.get(images);
    if (plan == null) {
      if (plans.size() == MAX_PLANS) {
        Map.Entry<Integer, LatentObjective> eldest = plans.entrySet().iterator().next();
        plans.remove(eldest.getKey());
        eldest.getValue().close();
      }
      plan = new PlannedObjective(generator, discriminator, losses, images);
      plans.put(images, plan);
    }
    return plan;
  }

  /**
   * A wide batch, up to the one asked for, whose images get the same bits as alone: that one, or
   * the first of its half, quarter … that does; at last 1.
   *
   * <p>Kernels may sum in another order for another batch, and over hundreds of steps a difference
   * in the last bit grows into another picture. The plans for the shipped networks are made so that
   * this does not happen; for a network of a user's own it is tried out, once for each size. A
   * network that says that it mixes its batches gets the batch that is asked for.
   */
  int widest(int batchSize) {
    if (mixesBatch()) {
      return batchSize;
    }
    int width = batchSize;
    while (width > 1 && !exact.computeIfAbsent(width, this::matchesSingle)) {
      width /= 2;
    }
    return width;
  }

  /** Whether the images of a batch influence one another. */
  boolean mixesBatch() {
    return generator.mixesBatch() || discriminator.map(Discriminator::mixesBatch).orElse(false);
  }

  private boolean matchesSingle(int images) {
    int size = generator.latentSpace().size();
    ImageShape shape = generator.imageShape();
    Random random = new Random(images);
    float[][] latents = new float[images][size];
    List<Problem> problems = new ArrayList<>();
    for (int n = 0; n < images; n++) {
      generator.latentSpace().prior().draw(random, latents[n]);
      problems.add(randomProblem(shape, random));
    }
    LatentObjective batch = get(images);
    double[][] losses = new double[this.losses.size()][images];
    float[][] gradients = new float[images][size];
    batch.load(problems);
    batch.evaluate(latents, losses, gradients);
    LatentObjective single = get(1);
    double[][] loss = new double[losses.length][1];
    float[][] gradient = new float[1][size];
    // A product of all images is shared out between two threads in its middle.
    for (int n : ImmutableSet.of(0, (images - 1) / 2, images / 2, images - 1)) {
      single.load(problems.subList(n, n + 1));
      single.evaluate(new float[][] {latents[n]}, loss, gradient);
      boolean same = Arrays.equals(gradient[0], gradients[n]);
      for (int t = 0; t < loss.length; t++) {
        same &= loss[t][0] == losses[t][n];
      }
      if (!same) {
        log.info(
            "{} gives other bits in a batch of {} than alone; narrower batches are searched",
            generator.identity(),
            images);
        return false;
      }
    }
    return true;
  }

  /** Noise with the middle columns missing. */
  private static Problem randomProblem(ImageShape shape, Random random) {
    int width = shape.width();
    Mask mask = Mask.of(width, shape.height(), (x, y) -> x > width / 3 && x < 2 * width / 3);
    float[] target = new float[shape.size()];
    for (int i = 0; i < target.length; i++) {
      float value = 2 * random.nextFloat() - 1;
      target[i] = mask.isHole(i % width, i / width % shape.height()) ? 0 : value;
    }
    return new Problem(
        new ImagePlanes(shape.channels(), new Size(width, shape.height()), target), mask);
  }

  @Override
  public void close() {
    plans.values().forEach(LatentObjective::close);
    plans.clear();
  }
}
