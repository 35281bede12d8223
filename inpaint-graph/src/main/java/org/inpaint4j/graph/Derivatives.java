package org.inpaint4j.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.MulBpOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.SubBpOp;

/**
 * Derivatives of ops: SameDiff's own, except for a few that are wrong in ND4J 1.0.0-M2.1 when an
 * operand is broadcast.
 *
 * <p>For x / y with a y of one element, ND4J returns -(Σg)(Σx) / y² where -Σ(g x) / y² is right.
 * {@code rdiv} and the squared difference have the same defect, and the gradients of a maximum or
 * minimum of different shapes are wrong, too. Normalising a single latent vector divides by such a
 * y. Here these derivatives are built from the derivatives of a product and of a difference, which
 * are right.
 */
final class Derivatives {

  private Derivatives() {}

  /**
   * The gradients of an op's inputs.
   *
   * @param graph the graph of the op. Modified: ops are added.
   * @param op the op
   * @param gradients those of its outputs
   * @return one for each input, or null if the op has no derivative
   */
  static @Nullable List<SDVariable> of(
      SameDiff graph, DifferentialFunction op, List<SDVariable> gradients) {
    SDVariable[] x = op.args();
    SDVariable g = gradients.get(0);
    return switch (op.opName()) {
      case "divide" -> quotient(graph, x[0], x[1], g);
      case "reversedivide" -> swapped(quotient(graph, x[1], x[0], g));
      case "squaredsubtract" -> difference(graph, x[0], x[1], g.mul(x[0].sub(x[1])).mul(2));
      case "maximum" -> choice(graph, x[0], x[1], g, graph.gt(x[0], x[1]));
      case "minimum" -> choice(graph, x[0], x[1], g, graph.lt(x[0], x[1]));
      case "square" -> List.of(g.mul(x[0]).mul(2)); // SameDiff's own takes a power
      default -> op.doDiff(gradients);
    };
  }

  /** Of x / y, as the product of x and r = 1 / y. */
  private static List<SDVariable> quotient(
      SameDiff graph, SDVariable x, SDVariable y, SDVariable g) {
    SDVariable inverse = graph.math().reciprocal(y);
    SDVariable[] of = new MulBpOp(graph, x, inverse, g).outputVariables();
    return List.of(of[0], of[1].mul(graph.math().square(inverse)).neg());
  }

  private static List<SDVariable> difference(
      SameDiff graph, SDVariable x, SDVariable y, SDVariable g) {
    return List.of(new SubBpOp(graph, x, y, g).outputVariables());
  }

  /** Of an op that takes x where {@code first} holds, and y elsewhere. */
  private static List<SDVariable> choice(
      SameDiff graph, SDVariable x, SDVariable y, SDVariable g, SDVariable first) {
    SDVariable ofX = g.mul(first.castTo(g.dataType()));
    SDVariable ofY = ofX.sub(g);
    return List.of(difference(graph, x, y, ofX).get(0), difference(graph, x, y, ofY).get(1));
  }

  private static List<SDVariable> swapped(List<SDVariable> pair) {
    return List.of(pair.get(1), pair.get(0));
  }
}
