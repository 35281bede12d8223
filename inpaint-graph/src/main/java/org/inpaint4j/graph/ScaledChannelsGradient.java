package org.inpaint4j.graph;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * The derivative of x [n, c, h, w] times s [n, c, 1, 1], as g s and the sum of g x over each
 * channel, with g the gradient of the product.
 *
 * <p>ND4J's own takes 180 ms for 1x64x256x256 values, two products and a sum take 25 ms.
 */
final class ScaledChannelsGradient implements FastForm {

  // Inputs of multiply_bp.
  private static final int X = 0;
  private static final int S = 1;
  private static final int GRADIENT = 2;

  // Its outputs.
  private static final int GRADIENT_OF_X = 0;
  private static final int GRADIENT_OF_S = 1;

  private static final int HEIGHT_AXIS = 2;
  private static final int WIDTH_AXIS = 3;

  @Override
  public boolean replace(PlanOp op, Rewriting plan) {
    if (!op.name().equals("multiply_bp")) {
      return false;
    }
    long[] x = plan.shape(op.input(X));
    long[] s = plan.shape(op.input(S));
    boolean scales =
        x.length == 4
            && Arrays.equals(x, plan.shape(op.input(GRADIENT)))
            && Arrays.equals(s, new long[] {x[0], x[1], 1, 1})
            && !Arrays.equals(s, x);
    if (!scales) {
      return false;
    }
    String g = op.input(GRADIENT);
    plan.add(PlanOp.custom("multiply"), List.of(g, op.input(S)), op.output(GRADIENT_OF_X));
    String product = Rewriting.part(op, "product");
    plan.add(PlanOp.custom("multiply"), List.of(g, op.input(X)), product);
    DynamicCustomOp sum = PlanOp.custom("reduce_sum", HEIGHT_AXIS, WIDTH_AXIS);
    boolean keepAxes = true;
    sum.addBArgument(keepAxes);
    plan.add(sum, List.of(product), op.output(GRADIENT_OF_S));
    return true;
  }
}
