package org.inpaint4j.train;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Updates the parameters of a network that a place of the schedule uses. As in PyTorch, those that
 * are not used stay as they are, and each has a count of its own updates.
 */
final class StyleLearner {

  private final Network network;
  private final int[] used;
  private final ToDoubleFunction<String> share;

  /**
   * A learner of some parameters.
   *
   * @param network all parameters
   * @param used those that are updated
   * @param share of the learning rate, by the name of a parameter
   */
  StyleLearner(Network network, Shape used, ToDoubleFunction<String> share) {
    this.network = network;
    this.share = share;
    List<Shape.Parameter> all = network.shape.parameters();
    Set<Shape.Parameter> some = new HashSet<>(used.parameters());
    this.used = IntStream.range(0, all.size()).filter(i -> some.contains(all.get(i))).toArray();
  }

  /** One update. */
  void update(float[] gradient) {
    for (int i : used) {
      Shape.Parameter parameter = network.shape.parameters().get(i);
      network.updates[i]++;
      network.adam.update(
          network.values,
          gradient,
          parameter.from(),
          parameter.size(),
          (int) network.updates[i],
          share.applyAsDouble(parameter.name()));
    }
  }
}
