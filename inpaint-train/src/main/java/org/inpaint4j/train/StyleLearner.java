package org.inpaint4j.train;

import java.util.function.ToDoubleFunction;

/**
 * Updates the parameters of a network that a place of the schedule uses. As in PyTorch, those that
 * are not used stay as they are, and each has a count of its own updates.
 *
 * @param network all parameters
 * @param used those that are updated
 * @param share of the learning rate, by the name of a parameter
 */
record StyleLearner(Network network, Shape used, ToDoubleFunction<String> share) {

  /** One update. */
  void update(float[] gradient) {
    float[] updates = network.updates;
    for (int i = 0; i < updates.length; i++) {
      Shape.Parameter parameter = network.shape.parameters().get(i);
      if (used.parameters().contains(parameter)) {
        updates[i]++;
        network.adam.update(
            network.values,
            gradient,
            parameter.from(),
            parameter.size(),
            (int) updates[i],
            share.applyAsDouble(parameter.name()));
      }
    }
  }
}
