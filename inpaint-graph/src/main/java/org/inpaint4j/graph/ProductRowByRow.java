package org.inpaint4j.graph;

import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * A matrix product x w with one row of x for each image and constant w, as one product an image.
 *
 * <p>This is not for speed. BLAS takes another path for one row than for several, which would let
 * the last bits of a result depend on its batch.
 */
final class ProductRowByRow implements FastForm {

  // Inputs.
  private static final int X = 0;
  private static final int W = 1;

  // Integer arguments.
  private static final int TRANSPOSE_X = 0;
  private static final int TRANSPOSE_W = 1;
  private static final int TRANSPOSE_RESULT = 2;

  @Override
  public boolean replace(PlanOp op, Rewriting plan) {
    if (!op.name().equals("matmul") || op.sliced() != PlanOp.WHOLE || op.inputs().size() != 2) {
      return false;
    }
    long[] arguments = ((DynamicCustomOp) op.function()).iArgs();
    long[] w = plan.shape(op.input(W));
    boolean plain =
        arguments.length <= TRANSPOSE_RESULT
            || (arguments[TRANSPOSE_X] == 0 && arguments[TRANSPOSE_RESULT] == 0);
    if (!plain
        || plan.shape(op.input(X)).length != 2
        || w.length != 2
        || !plan.isConstant(op.input(W))) {
      return false;
    }
    boolean transposed = arguments.length > TRANSPOSE_W && arguments[TRANSPOSE_W] != 0;
    String matrix =
        transposed ? plan.weightMatrix(op.input(W), new int[] {1, 0}, w[1], w[0]) : op.input(W);
    plan.addRowByRow(op.input(X), matrix, op.output(0));
    return true;
  }
}
