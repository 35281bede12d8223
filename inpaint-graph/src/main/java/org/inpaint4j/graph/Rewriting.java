package org.inpaint4j.graph;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseScalarOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/** A list of ops that is being written anew: what is known of its variables, and the new ops. */
final class Rewriting {

  private final Map<String, LongShapeDescriptor> variables;
  private final Map<String, INDArray> constants;
  private final List<PlanOp> result = new ArrayList<>();

  /**
   * Begins a new list.
   *
   * @param variables shape and type of every variable
   * @param constants the arrays that never change, by name. Modified: new ones are added.
   */
  Rewriting(Map<String, LongShapeDescriptor> variables, Map<String, INDArray> constants) {
    this.variables = variables;
    this.constants = constants;
  }

  /** The new ops so far, in running order. */
  List<PlanOp> result() {
    return result;
  }

  long[] shape(String name) {
    return checkNotNull(variables.get(name), name).getShape();
  }

  DataType type(String name) {
    return checkNotNull(variables.get(name), name).dataType();
  }

  boolean isConstant(String name) {
    return constants.containsKey(name);
  }

  /** A name for a value that a form computes on the way to the result of an op. */
  static String part(PlanOp op, String part) {
    return op.output(0) + "/" + part;
  }

  void add(PlanOp op) {
    result.add(op);
  }

  /** Adds an op that is run once. */
  void add(DifferentialFunction function, List<String> inputs, String output) {
    result.add(new PlanOp(function, inputs, List.of(output)));
  }

  /** Adds a reshape of {@code input}, and gives the name of its result. */
  String reshaped(PlanOp op, String input, long... shape) {
    String output = part(op, "reshaped-" + shape.length);
    add(reshape(shape), List.of(input), output);
    return output;
  }

  static DynamicCustomOp reshape(long... shape) {
    DynamicCustomOp op = PlanOp.custom("reshape", -'c');
    op.addIArgument(shape);
    return op;
  }

  /** rows times matrix, one row of the batch after the other. */
  void addRowByRow(String rows, String matrix, String output) {
    add(new PlanOp(matmul(), List.of(rows, matrix), List.of(output), 0));
  }

  /** A matrix product of two matrices that are taken as they are. */
  static DynamicCustomOp matmul() {
    long transposeFirst = 0;
    long transposeSecond = 0;
    long transposeResult = 0;
    return PlanOp.custom("matmul", transposeFirst, transposeSecond, transposeResult);
  }

  /** A scalar op, in the type of the first result of {@code like}. */
  DifferentialFunction scalar(BaseScalarOp op, double value, PlanOp like) {
    op.setScalar(Nd4j.scalar(type(like.output(0)), value));
    return op;
  }

  /** Constant weights with their axes in another order, as a matrix; laid out once. */
  String weightMatrix(String weights, int[] axes, long rows, long columns) {
    String matrix = weights + "/matrix" + Arrays.toString(axes);
    if (!constants.containsKey(matrix)) {
      INDArray laidOut = checkNotNull(constants.get(weights)).permute(axes).dup('c');
      constants.put(matrix, laidOut.reshape('c', rows, columns));
    }
    return matrix;
  }

  /** A constant column of ones. */
  String ones(DataType type, long rows) {
    String name = "ones-" + type + "-" + rows;
    constants.computeIfAbsent(name, any -> Nd4j.ones(type, rows, 1));
    return name;
  }

  /** A constant vector of the numbers from {@code length - 1} down to 0. */
  String backwards(long length) {
    String name = "backwards-" + length;
    constants.computeIfAbsent(
        name,
        any ->
            Nd4j.createFromArray(
                IntStream.range(0, Math.toIntExact(length))
                    .map(i -> (int) length - 1 - i)
                    .toArray()));
    return name;
  }
}
