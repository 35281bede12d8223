package org.inpaint4j.graph;

import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * A reversal of one axis, reverse(x), as gather with the indices backwards.
 *
 * <p>The op {@code reverse} of ND4J 1.0.0-M2.1 never frees an object of 80 bytes that it makes for
 * each row: 200 kB a call for 2x4x128x128. It is also slower: 0.7 ms, where gather takes 0.3 ms.
 */
final class ReverseAsGather implements FastForm {

  @Override
  public boolean replace(PlanOp op, Rewriting plan) {
    if (!op.name().equals("reverse")
        || op.inputs().size() != 1
        || !(op.function() instanceof DynamicCustomOp reverse)
        || reverse.iArgs().length != 1) {
      return false;
    }
    long[] shape = plan.shape(op.input(0));
    int axis = Math.floorMod((int) reverse.iArgs()[0], shape.length);
    plan.add(
        PlanOp.custom("gather", axis),
        List.of(op.input(0), plan.backwards(shape[axis])),
        op.output(0));
    return true;
  }
}
