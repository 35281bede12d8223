package org.inpaint4j.train;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network whose parameters are inputs of a plan: hands values to the plan, and reads gradients
 * and batch statistics from it.
 *
 * @param plan runs the network
 * @param shape of the network
 * @param prefix what the names of the parameters start with
 */
record PlannedNetwork(GraphPlan plan, Shape shape, String prefix) {

  /** The names of a network's parameters, as inputs of a graph. */
  static Set<String> inputs(Shape shape, String prefix) {
    Set<String> names = new HashSet<>();
    shape.parameters().forEach(parameter -> names.add(prefix + parameter.name()));
    return names;
  }

  /**
   * Hands values to the plan.
   *
   * @param values of all parameters, in the order of the shape. Not modified.
   */
  void set(float[] values) {
    for (Shape.Parameter parameter : shape.parameters()) {
      plan.set(prefix + parameter.name(), values, parameter.from());
    }
  }

  /** The plan's arrays of the parameters by the names of the inputs, for other plans to share. */
  Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new HashMap<>();
    inputs(shape, prefix).forEach(name -> arrays.put(name, plan.array(name)));
    return arrays;
  }

  /**
   * Reads the gradient of the last run.
   *
   * @param names the variables of the plan that hold it, one for each parameter, in the order of
   *     the shape
   * @param into the gradient, laid out like the values. Modified.
   */
  void gradient(List<String> names, float[] into) {
    for (int i = 0; i < names.size(); i++) {
      plan.get(names.get(i), into, shape.parameters().get(i).from());
    }
  }

  /**
   * What the batch norm layers saw in the last run; variances with divisor count - 1.
   *
   * @param norms the layers, in the order of the shape; the plan gives their means and variances
   */
  ChannelStatistics statistics(List<BatchNorm> norms) {
    ChannelStatistics batch = new ChannelStatistics(shape.channels());
    for (int i = 0; i < norms.size(); i++) {
      BatchNorm seen = norms.get(i);
      Shape.Norm norm = shape.norms().get(i);
      plan.get(seen.mean().name(), batch.mean, norm.from());
      plan.get(seen.variance().name(), batch.variance, norm.from());
      double unbiased = seen.count() / (seen.count() - 1);
      for (int c = norm.from(); c < norm.from() + norm.channels(); c++) {
        batch.variance[c] = (float) (batch.variance[c] * unbiased);
      }
    }
    return batch;
  }

  /** The value of a scalar in the last run of a plan. */
  static float scalar(GraphPlan plan, String name) {
    float[] value = new float[1];
    plan.get(name, value, 0);
    return value[0];
  }
}
