package org.inpaint4j.graph;

import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.Step;

/**
 * The derivative of a ReLU or a leaky ReLU as g max(step(x), alpha), for 0 <= alpha <= 1. At x = 0
 * it is alpha.
 *
 * <p>ND4J runs these derivatives without SIMD: 0.44 ms for 64x32x32 values, where {@code step},
 * {@code max} and {@code multiply} take 0.02 ms each.
 */
final class ReluSlope implements FastForm {

  private static final int X = 0;
  private static final int GRADIENT = 1;

  /** Where the op has its only number: alpha, or the threshold of a ReLU. */
  private static final int NUMBER = 0;

  @Override
  public boolean replace(PlanOp op, Rewriting plan) {
    return switch (op.name()) {
      case "lrelu_bp" -> replace(op, plan, number(op));
      case "relu_bp", "thresholdedrelu_bp" -> number(op) == 0 && replace(op, plan, 0);
      default -> false;
    };
  }

  private static boolean replace(PlanOp op, Rewriting plan, double alpha) {
    if (alpha < 0 || alpha > 1) {
      return false;
    }
    String step = Rewriting.part(op, "step");
    plan.add(plan.scalar(new Step(), 0, op), List.of(op.input(X)), step);
    String slope = step;
    if (alpha > 0) {
      slope = Rewriting.part(op, "slope");
      plan.add(plan.scalar(new ScalarMax(), alpha, op), List.of(step), slope);
    }
    plan.add(PlanOp.custom("multiply"), List.of(op.input(GRADIENT), slope), op.output(0));
    return true;
  }

  private static double number(PlanOp op) {
    double[] numbers = ((DynamicCustomOp) op.function()).tArgs();
    return numbers.length > NUMBER ? numbers[NUMBER] : 0;
  }
}
