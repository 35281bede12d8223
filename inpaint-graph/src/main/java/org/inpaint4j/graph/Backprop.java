package org.inpaint4j.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adds the ops of a gradient to a graph, asking each op for its own derivative.
 *
 * <p>{@code SameDiff.createGradFunction} does the same in a copy of the graph, and prints a line to
 * standard output for every op. Here only the ops between the variables and the loss are visited,
 * in reverse order, and nothing is printed. The derivatives are SameDiff's own, except for those
 * that are wrong: see {@link Derivatives}.
 */
final class Backprop {

  private Backprop() {}

  /**
   * Adds d loss / d variable.
   *
   * @param graph modified: the gradient's ops are appended
   * @param loss a scalar of the graph
   * @param variable an input of the graph that the loss depends on
   * @return the gradient, shaped as {@code variable}
   */
  static SDVariable gradient(SameDiff graph, SDVariable loss, SDVariable variable) {
    return gradients(graph, loss, List.of(variable)).get(0);
  }

  /**
   * Adds d loss / d variable for several variables, in one pass backwards.
   *
   * @param graph modified: the gradients' ops are appended
   * @param loss a scalar of the graph
   * @param variables inputs of the graph that the loss depends on
   * @return the gradients, in the order of the variables and shaped as they are
   */
  static List<SDVariable> gradients(SameDiff graph, SDVariable loss, List<SDVariable> variables) {
    List<SameDiffOp> ops = new ArrayList<>(graph.getOps().values());
    for (SDVariable variable : variables) {
      if (!dependents(ops, List.of(variable)).contains(loss.name())) {
        throw new IllegalArgumentException(
            "the loss must depend on '" + variable.name() + "': found no path between them");
      }
    }
    Set<String> moving = dependents(ops, variables);
    Map<String, SDVariable> gradients = new HashMap<>();
    gradients.put(
        loss.name(), graph.constant(loss.name() + "-gradient", Nd4j.scalar(loss.dataType(), 1.0)));
    for (int i = ops.size() - 1; i >= 0; i--) {
      SameDiffOp op = ops.get(i);
      if (op.getOutputsOfOp().stream().anyMatch(gradients::containsKey)
          && op.getInputsToOp().stream().anyMatch(moving::contains)) {
        differentiate(graph, op, gradients, moving);
      }
    }
    List<SDVariable> results = new ArrayList<>();
    for (SDVariable variable : variables) {
      SDVariable result = gradients.get(variable.name());
      if (result == null) {
        throw new IllegalArgumentException(
            "the loss must have a gradient with respect to '"
                + variable.name()
                + "': found only ops without a derivative between them");
      }
      results.add(result);
    }
    return results;
  }

  /** The names of everything computed from {@code variables}, themselves included. */
  private static Set<String> dependents(List<SameDiffOp> ops, List<SDVariable> variables) {
    Set<String> moving = new HashSet<>();
    variables.forEach(variable -> moving.add(variable.name()));
    for (SameDiffOp op : ops) {
      if (op.getInputsToOp() != null && op.getInputsToOp().stream().anyMatch(moving::contains)) {
        moving.addAll(op.getOutputsOfOp());
      }
    }
    return moving;
  }

  private static void differentiate(
      SameDiff graph, SameDiffOp op, Map<String, SDVariable> gradients, Set<String> moving) {
    DifferentialFunction function = op.getOp();
    List<SDVariable> outputGradients = new ArrayList<>();
    for (String output : op.getOutputsOfOp()) {
      @Nullable SDVariable gradient = gradients.get(output);
      // An output that the loss does not use has a gradient of zero.
      outputGradients.add(gradient != null ? gradient : graph.zerosLike(graph.getVariable(output)));
    }
    @Nullable List<SDVariable> inputGradients = Derivatives.of(graph, function, outputGradients);
    if (inputGradients == null) {
      throw new IllegalArgumentException(
          "every op between the latent and the loss must have a derivative: found none for "
              + function.opName());
    }
    // An op may read the same variable twice. Each place has a gradient of its own.
    List<String> inputs = Arrays.asList(function.argNames());
    for (int k = 0; k < Math.min(inputs.size(), inputGradients.size()); k++) {
      String input = inputs.get(k);
      // Null from an op of ours means that the gradient reaches this input in another way.
      SDVariable gradient = inputGradients.get(k);
      if (gradient != null && moving.contains(input)) {
        gradients.merge(input, gradient, (a, b) -> graph.math().add(a, b));
      }
    }
  }
}
