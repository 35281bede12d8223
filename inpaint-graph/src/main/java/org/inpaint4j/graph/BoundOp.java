package org.inpaint4j.graph;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One op with the arrays it reads and writes, ready to run any number of times.
 *
 * <p>Only this class calls ND4J's executioner. It runs both kinds of ops of ND4J through a context
 * that is filled once: custom ops, and the older transform, scalar, pairwise and reduce ops. Ops
 * that only rename their input (reshape, identity) cost nothing: their output is a view.
 */
final class BoundOp implements AutoCloseable {

  /** Ops whose output is the input's memory under another shape. */
  private static final Set<String> VIEWS =
      Set.of("reshape", "identity", "expand_dims", "squeeze", "flatten_2d");

  /** Gives a dense array, in C order, to the variable of a name. */
  @FunctionalInterface
  interface Allocator {
    INDArray allocate(String name, LongShapeDescriptor shape);
  }

  private final PlanOp op;

  /** One context, or one for each image of the batch; none for a view. */
  private final List<OpContext> contexts;

  private final List<INDArray> outputs;

  private BoundOp(PlanOp op, List<OpContext> contexts, List<INDArray> outputs) {
    this.op = op;
    this.contexts = contexts;
    this.outputs = outputs;
  }

  /**
   * Binds an op to its inputs and outputs.
   *
   * @param op the op; its older kind is modified: reduction axes and scalars that are given as
   *     inputs are set in it
   * @param inputs the arrays of its inputs, in order; shared. Arrays of shapes and axes must hold
   *     their values by now.
   * @param memory where the arrays of its outputs come from, which are not this op's to free
   * @return the bound op; its outputs are not yet computed
   */
  static BoundOp bind(PlanOp op, List<INDArray> inputs, Allocator memory) {
    if (op.sliced() != PlanOp.WHOLE) {
      return bindEachImage(op, inputs, memory);
    }
    OpContext context = Nd4j.getExecutioner().buildContext();
    List<LongShapeDescriptor> shapes = fill(context, op, inputs);
    if (mayBeView(op) && inputs.get(0).ordering() == 'c' && isDense(inputs.get(0))) {
      INDArray view = inputs.get(0).reshape('c', shapes.get(0).getShape());
      return new BoundOp(op, List.of(), List.of(view));
    }
    List<INDArray> outputs = new ArrayList<>();
    for (int k = 0; k < op.outputs().size(); k++) {
      INDArray output = memory.allocate(op.output(k), shapes.get(k));
      context.setOutputArray(k, output);
      outputs.add(output);
    }
    return new BoundOp(op, List.of(context), outputs);
  }

  private static BoundOp bindEachImage(PlanOp op, List<INDArray> inputs, Allocator memory) {
    INDArray batch = inputs.get(op.sliced());
    long images = batch.size(0);
    List<OpContext> contexts = new ArrayList<>();
    INDArray output = null;
    for (long n = 0; n < images; n++) {
      List<INDArray> parts = new ArrayList<>(inputs);
      parts.set(op.sliced(), slice(batch, n));
      OpContext context = Nd4j.getExecutioner().buildContext();
      LongShapeDescriptor shape = fill(context, op, parts).get(0);
      if (output == null) {
        long[] whole =
            batch.rank() == 2
                ? shape.getShape().clone()
                : Longs.concat(new long[1], shape.getShape());
        whole[0] = images;
        output =
            memory.allocate(op.output(0), LongShapeDescriptor.fromShape(whole, shape.dataType()));
      }
      context.setOutputArray(0, slice(output, n));
      contexts.add(context);
    }
    return new BoundOp(op, contexts, List.of(checkNotNull(output)));
  }

  /**
   * Image n of a batch. A row of a matrix stays a matrix. The strides of a single row are ambiguous
   * and decide which BLAS routine runs, so they are always made in the same way.
   */
  private static INDArray slice(INDArray batch, long n) {
    INDArray image = batch.slice(n);
    return batch.rank() == 2 ? image.reshape('c', 1, image.length()) : image;
  }

  /** Sets inputs and arguments, and tells the shapes of the outputs. */
  private static List<LongShapeDescriptor> fill(
      OpContext context, PlanOp op, List<INDArray> inputs) {
    return op.function() instanceof CustomOp custom
        ? bindCustom(custom, context, inputs)
        : bindLegacy(op.function(), context, inputs);
  }

  private static boolean isDense(INDArray array) {
    return !array.isView() || Shape.hasDefaultStridesForShape(array);
  }

  private static List<LongShapeDescriptor> bindCustom(
      CustomOp op, OpContext context, List<INDArray> inputs) {
    context.setArgs(
        inputs.toArray(new INDArray[0]), op.iArgs(), op.dArgs(), op.tArgs(), op.bArgs());
    return op.calculateOutputShape(context);
  }

  private static List<LongShapeDescriptor> bindLegacy(
      DifferentialFunction function, OpContext context, List<INDArray> inputs) {
    Op op = (Op) function;
    context.setInputArray(0, inputs.get(0));
    if (inputs.size() == 2) {
      if (op instanceof ReduceOp reduce && reduce.getOpType() != Op.Type.REDUCE3) {
        int[] axes = inputs.get(1).toIntVector();
        function.setDimensions(Shape.normalizeAxis(inputs.get(0).rank(), axes));
      } else if (op instanceof ScalarOp scalar) {
        scalar.setScalar(inputs.get(1));
      } else {
        context.setInputArray(1, inputs.get(1));
      }
    }
    if (op instanceof ScalarOp) {
      // ND4J asks the op's SameDiff argument for the type, which an op made by a pass does not
      // have.
      INDArray x = inputs.get(0);
      return List.of(LongShapeDescriptor.fromShape(x.shape(), x.dataType()));
    }
    return ((BaseOp) op).calculateOutputShape(context);
  }

  /** The arrays that a run fills, in the op's order. */
  List<INDArray> outputs() {
    return outputs;
  }

  /** The op itself. */
  PlanOp op() {
    return op;
  }

  /** Whether running does nothing, because the output is the input under another shape. */
  boolean isView() {
    return contexts.isEmpty();
  }

  /** Whether an op's output is its input's memory, provided that this is dense. */
  static boolean mayBeView(PlanOp op) {
    return VIEWS.contains(op.name());
  }

  /** Computes the outputs from what the inputs hold now. */
  void run() {
    OpExecutioner executioner = Nd4j.getExecutioner();
    for (OpContext context : contexts) {
      if (op.function() instanceof CustomOp custom) {
        executioner.exec(custom, context);
      } else {
        executioner.exec((Op) op.function(), context);
      }
    }
  }

  /** Frees what holds the arrays together, not the arrays. */
  @Override
  public void close() {
    contexts.forEach(OpContext::purge);
  }
}
