package org.inpaint4j.graph;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Identity;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * The first pass over a gradient graph: drops what is not wanted.
 *
 * <p>SameDiff's derivative ops return the gradients of <em>all</em> their inputs. During a search
 * the weights are constants, so most of these gradients are not used. The weight gradient of a
 * convolution costs as much as the one that is needed. Where only the gradient of the first input
 * is wanted, there is an op that computes just that:
 *
 * <ul>
 *   <li>the gradient of a convolution with respect to its input is the transposed convolution of
 *       the output's gradient with the same weights, and the other way round; ND4J's {@code
 *       [kH,kW,iC,oC]} convolution weights are, as they lie in memory, the {@code [kH,kW,oC,iC]}
 *       weights of that transposed convolution;
 *   <li>the gradient of a matrix product is a matrix product;
 *   <li>that of a product with a constant is a product, that of a sum is a copy (when the operand
 *       was not broadcast).
 * </ul>
 *
 * <p>An op without such a form stays as SameDiff made it. Ops whose outputs are not needed at all
 * are dropped.
 */
final class FrozenWeights {

  private final Map<String, LongShapeDescriptor> variables;

  private FrozenWeights(Map<String, LongShapeDescriptor> variables) {
    this.variables = variables;
  }

  /**
   * Rewrites the ops.
   *
   * @param ops in running order. Not modified.
   * @param variables shape and type of every variable
   * @param wanted the names of the variables that are read after a run
   * @return the ops that are needed, in running order
   */
  static List<PlanOp> apply(
      List<PlanOp> ops, Map<String, LongShapeDescriptor> variables, Set<String> wanted) {
    FrozenWeights pass = new FrozenWeights(variables);
    List<PlanOp> kept = new ArrayList<>();
    Set<String> needed = new HashSet<>(wanted);
    for (int i = ops.size() - 1; i >= 0; i--) {
      PlanOp op = ops.get(i);
      if (op.outputs().stream().noneMatch(needed::contains)) {
        continue;
      }
      PlanOp rewritten = pass.rewrite(op, needed);
      kept.add(rewritten);
      needed.addAll(rewritten.inputs());
    }
    Collections.reverse(kept);
    return kept;
  }

  private PlanOp rewrite(PlanOp op, Set<String> needed) {
    int only = -1;
    for (int k = 0; k < op.outputs().size(); k++) {
      if (needed.contains(op.output(k))) {
        if (only >= 0) {
          return op;
        }
        only = k;
      }
    }
    @Nullable PlanOp frozen =
        switch (op.name()) {
          case "conv2d_bp" -> only == 0 ? convolutionInput(op) : null;
          case "deconv2d_bp" -> only == 0 ? transposedConvolutionInput(op) : null;
          case "matmul_bp" -> matrixProduct(op, only);
          case "multiply_bp" -> product(op, only);
          case "add_bp" -> copy(op, only, new Identity());
          case "subtract_bp" -> copy(op, only, only == 0 ? new Identity() : new Negative());
          default -> null;
        };
    return frozen == null ? op : frozen;
  }

  /** conv2d_bp(x, w, [b], g) with the output dx. */
  private @Nullable PlanOp convolutionInput(PlanOp op) {
    long[] args = ((DynamicCustomOp) op.function()).iArgs();
    long[] x = shape(op.input(0));
    long[] g = shape(op.input(op.inputs().size() - 1));
    if (!hasPlainWeights(args) || !isFullStride(args, x, g)) {
      return null;
    }
    return new PlanOp(
        PlanOp.custom("deconv2d", Arrays.copyOf(args, 10)),
        List.of(op.input(op.inputs().size() - 1), op.input(1)),
        List.of(op.output(0)));
  }

  /**
   * Whether the weights are laid out as {@code [kH,kW,iC,oC]}, which an 11th argument of 0 says.
   */
  private static boolean hasPlainWeights(long[] args) {
    return args.length == 10 || (args.length == 11 && args[10] == 0);
  }

  /**
   * Whether a transposed convolution of g is as large as x: a convolution whose stride leaves rows
   * over has lost the size of its input.
   */
  private static boolean isFullStride(long[] args, long[] x, long[] g) {
    boolean same = args[8] == 1;
    boolean channelsFirst = args[9] == 0;
    for (int d = 0; d < 2; d++) {
      int axis = channelsFirst ? 2 + d : 1 + d;
      long kernel = args[d];
      long stride = args[2 + d];
      long padding = args[4 + d];
      long dilation = args[6 + d];
      long size =
          same
              ? stride * g[axis]
              : stride * (g[axis] - 1) + dilation * (kernel - 1) + 1 - 2 * padding;
      if (size != x[axis]) {
        return false;
      }
    }
    return true;
  }

  /** deconv2d_bp(x, w, [b], g) with the output dx. */
  private @Nullable PlanOp transposedConvolutionInput(PlanOp op) {
    long[] args = ((DynamicCustomOp) op.function()).iArgs();
    if (!hasPlainWeights(args)) {
      return null;
    }
    return new PlanOp(
        PlanOp.custom("conv2d", Arrays.copyOf(args, 10)),
        List.of(op.input(op.inputs().size() - 1), op.input(1)),
        List.of(op.output(0)));
  }

  /** matmul_bp(a, b, g): dA = g B', dB = A' g, for matrices that were not transposed. */
  private @Nullable PlanOp matrixProduct(PlanOp op, int only) {
    long[] args = ((DynamicCustomOp) op.function()).iArgs();
    boolean plain = args.length < 2 || (args[0] == 0 && args[1] == 0);
    boolean matrices =
        shape(op.input(0)).length == 2
            && shape(op.input(1)).length == 2
            && shape(op.input(2)).length == 2;
    if (!plain || !matrices || (args.length > 2 && args[2] != 0)) {
      return null;
    }
    return only == 0
        ? new PlanOp(
            PlanOp.custom("matmul", 0, 1, 0),
            List.of(op.input(2), op.input(1)),
            List.of(op.output(0)))
        : new PlanOp(
            PlanOp.custom("matmul", 1, 0, 0),
            List.of(op.input(0), op.input(2)),
            List.of(op.output(1)));
  }

  /** multiply_bp(a, b, g): da = g b, where a has the shape of the product. */
  private @Nullable PlanOp product(PlanOp op, int only) {
    if (!Arrays.equals(shape(op.input(only)), shape(op.input(2)))) {
      return null;
    }
    return new PlanOp(
        PlanOp.custom("multiply"),
        List.of(op.input(2), op.input(1 - only)),
        List.of(op.output(only)));
  }

  /** add_bp(a, b, g) or subtract_bp(a, b, g), where the operand has the shape of the sum. */
  private @Nullable PlanOp copy(PlanOp op, int only, DifferentialFunction as) {
    if (!Arrays.equals(shape(op.input(only)), shape(op.input(2)))) {
      return null;
    }
    return new PlanOp(as, List.of(op.input(2)), List.of(op.output(only)));
  }

  private long[] shape(String name) {
    return checkNotNull(variables.get(name), name).getShape();
  }
}
