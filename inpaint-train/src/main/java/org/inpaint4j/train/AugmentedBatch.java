package org.inpaint4j.train;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.autodiff.samediff.SDVariable;

/** A batch of images as the discriminator sees it: augmented, if the options ask for it. */
final class AugmentedBatch {

  private final Optional<Augmentation> augmentation;
  private final SDVariable images;

  /**
   * Adds the augmentation to the graph of the images.
   *
   * @param name what the names of its inputs start with
   * @param images [N, C, H, W] in -1 to 1
   */
  AugmentedBatch(String name, TrainingOptions options, SDVariable images) {
    augmentation =
        options.augmented() ? Optional.of(new Augmentation(name, options)) : Optional.empty();
    this.images = augmentation.map(some -> some.apply(images)).orElse(images);
  }

  /** [N, C, H, W]. */
  SDVariable images() {
    return images;
  }

  /** The names of the inputs that the augmentation adds to the graph. */
  List<String> inputs() {
    return augmentation.map(Augmentation::inputs).orElse(List.of());
  }

  /** Draws the changes of the next run and hands them to the plan of the graph. */
  void draw(GraphPlan plan, Random random) {
    augmentation.ifPresent(some -> some.set(plan, some.draw(random)));
  }
}
