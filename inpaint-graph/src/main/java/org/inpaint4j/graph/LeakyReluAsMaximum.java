package org.inpaint4j.graph;

import java.util.List;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;

/**
 * leakyRelu(x) as max(x, alpha x), for 0 <= alpha <= 1.
 *
 * <p>ND4J runs leaky ReLU without SIMD: 0.44 ms for 64x32x32 values, where {@code maximum} and
 * {@code multiply} take 0.02 ms each.
 */
final class LeakyReluAsMaximum implements FastForm {

  @Override
  public boolean replace(PlanOp op, Rewriting plan) {
    if (!op.name().equals("leakyrelu")) {
      return false;
    }
    double alpha = ((LeakyReLU) op.function()).scalar().getDouble(0);
    if (alpha < 0 || alpha > 1) {
      return false;
    }
    String x = op.input(0);
    String scaled = Rewriting.part(op, "scaled");
    plan.add(plan.scalar(new ScalarMultiplication(), alpha, op), List.of(x), scaled);
    plan.add(PlanOp.custom("maximum"), List.of(x, scaled), op.output(0));
    return true;
  }
}
