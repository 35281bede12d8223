package org.inpaint4j.graph;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseScalarOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A pass that replaces ops by faster ones that compute the same.
 *
 * <p>What is replaced, and why; times are of a DCGAN-64 step on 2 cores, for 1 and for 16 images:
 *
 * <ul>
 *   <li><b>Convolutions with few output pixels and many weights.</b> oneDNN reorders all weights in
 *       every call: 4-5 ms for the 512x256x4x4 weights of a 4x4 map, where the arithmetic needs 1
 *       ms. They become im2col and a matrix product with a weight matrix laid out once (1.4 ms),
 *       transposed convolutions a matrix product and col2im (1.7 ms). The choice looks at one
 *       image, never at the batch, so that a result does not depend on its batch.
 *   <li><b>Leaky ReLU and the derivatives of the ReLUs.</b> ND4J runs these without SIMD: 0.44 ms
 *       for 64x32x32, where {@code max}, {@code step} and {@code multiply} take 0.02 ms each.
 *   <li><b>The derivative of channels times a number each.</b> ND4J's own takes 180 ms for
 *       1x64x256x256, two products and a sum 25 ms.
 *   <li><b>Matrix products with one row an image, and sums over whole images.</b> They are run
 *       image by image: BLAS takes another path for one row than for several, which would let the
 *       last bits of a result depend on its batch.
 * </ul>
 */
final class FastForms {

  /** From this many weights for each output pixel of one image on, a matrix product is faster. */
  private static final long WEIGHTS_PER_PIXEL = 16_384;

  /** BLAS sums products with fewer columns in another order, which would change last bits. */
  private static final int MINIMUM_COLUMNS = 16;

  private final Map<String, LongShapeDescriptor> variables;
  private final Map<String, INDArray> constants;
  private final Kind kind;
  private final List<PlanOp> result = new ArrayList<>();

  /** Which of the forms are applied. */
  enum Kind {
    ALL,
    /** Those that neither look at weights nor keep the images of a batch apart. */
    ELEMENTWISE
  }

  private FastForms(
      Map<String, LongShapeDescriptor> variables, Map<String, INDArray> constants, Kind kind) {
    this.variables = variables;
    this.constants = constants;
    this.kind = kind;
  }

  /**
   * Rewrites the ops.
   *
   * @param ops in running order. Not modified.
   * @param variables shape and type of every variable
   * @param constants the arrays that never change, by name. Modified: new ones are added.
   * @param kind which of the forms to apply
   * @return the new ops in running order
   */
  static List<PlanOp> apply(
      List<PlanOp> ops,
      Map<String, LongShapeDescriptor> variables,
      Map<String, INDArray> constants,
      Kind kind) {
    FastForms pass = new FastForms(variables, constants, kind);
    for (PlanOp op : ops) {
      pass.rewrite(op);
    }
    return pass.result;
  }

  private void rewrite(PlanOp op) {
    if (!elementwise(op) && (kind == Kind.ELEMENTWISE || !imageByImage(op))) {
      result.add(op);
    }
  }

  private boolean elementwise(PlanOp op) {
    return switch (op.name()) {
      case "leakyrelu" -> leakyRelu(op, ((LeakyReLU) op.function()).scalar().getDouble(0));
      case "lrelu_bp" -> slope(op, tArgument(op, 0));
      case "relu_bp", "thresholdedrelu_bp" -> tArgument(op, 0) == 0 && slope(op, 0);
      default -> false;
    };
  }

  private boolean imageByImage(PlanOp op) {
    return switch (op.name()) {
      case "conv2d" -> convolution(op);
      case "deconv2d" -> transposedConvolution(op);
      case "matmul" -> matrixProduct(op);
      case "reduce_sum" -> wholeImageSum(op);
      case "multiply_bp" -> scaledChannels(op);
      default -> false;
    };
  }

  /** conv2d(x, w, [b]) as [oC, iC kH kW] times im2col(x). */
  private boolean convolution(PlanOp op) {
    long[] args = ((DynamicCustomOp) op.function()).iArgs();
    long[] w = shape(op.input(1));
    long[] out = shape(op.output(0));
    if (!pays(op, args, w, out)) {
      return false;
    }
    long inner = w[2] * w[0] * w[1];
    String matrix = weights(op.input(1), new int[] {3, 2, 0, 1}, w[3], inner);
    String columns = name(op, "columns");
    // kernel, stride, padding, dilation of both axes, then "same"; the order of im2col
    long[] im2col = Arrays.copyOf(args, 9);
    emit(PlanOp.custom("im2col", im2col), List.of(op.input(0)), columns);
    String product = product(op, matrix, columns, out[0], inner, w[3], out[2] * out[3]);
    addBias(op, reshape(op, product, out));
    return true;
  }

  /** deconv2d(x, w, [b]) as col2im of [oC kH kW, iC] times x. */
  private boolean transposedConvolution(PlanOp op) {
    long[] args = ((DynamicCustomOp) op.function()).iArgs();
    long[] w = shape(op.input(1));
    long[] x = shape(op.input(0));
    long[] out = shape(op.output(0));
    if (!pays(op, args, w, x)) {
      return biasAfterwards(op);
    }
    long outer = w[2] * w[0] * w[1];
    String matrix = weights(op.input(1), new int[] {2, 0, 1, 3}, outer, w[3]);
    String product = product(op, matrix, op.input(0), x[0], x[1], outer, x[2] * x[3]);
    String columns = reshape(op, product, x[0], w[2], w[0], w[1], x[2], x[3]);
    String image = name(op, "image");
    long[] col2im = {args[2], args[3], args[4], args[5], out[2], out[3], args[6], args[7], args[8]};
    emit(PlanOp.custom("col2im", col2im), List.of(columns), image);
    addBias(op, image);
    return true;
  }

  /** ND4J's own bias of deconv2d takes 5.5 ms for 16x64x32x32, biasadd 0.4 ms, to the same bits. */
  private boolean biasAfterwards(PlanOp op) {
    if (op.inputs().size() < 3 || channelsLast(op)) {
      return false;
    }
    String image = name(op, "image");
    emit(op.function(), op.inputs().subList(0, 2), image);
    addBias(op, image);
    return true;
  }

  private static boolean channelsLast(PlanOp op) {
    long[] args = ((DynamicCustomOp) op.function()).iArgs();
    return args.length >= 10 && args[9] != 0;
  }

  /**
   * A matrix times the columns of each image of [images, inner, pixels], as [images, outer,
   * pixels].
   *
   * <p>The columns of all images stand side by side in one product: 15.3 ms for 16 images of
   * 4096x512x16 where one by one they take 21.6 ms, and the two transpositions 0.9 ms. Its values
   * have the same bits, since BLAS adds up every column of at least 16 in the same order.
   */
  private String product(
      PlanOp op, String matrix, String x, long images, long inner, long outer, long pixels) {
    String flat = reshape(op, x, images, inner, pixels);
    if (images == 1 || pixels < MINIMUM_COLUMNS) {
      String product = name(op, "product");
      result.add(
          new PlanOp(PlanOp.custom("matmul", 0, 0, 0), List.of(matrix, flat), List.of(product), 1));
      return product;
    }
    String aside = name(op, "aside");
    emit(PlanOp.custom("permute", 1, 0, 2), List.of(flat), aside);
    String all = name(op, "all");
    String wide = name(op, "wide");
    emit(reshapeTo(inner, images * pixels), List.of(aside), wide);
    emit(PlanOp.custom("matmul", 0, 0, 0), List.of(matrix, wide), all);
    String each = name(op, "each");
    emit(reshapeTo(outer, images, pixels), List.of(all), each);
    String product = name(op, "product");
    emit(PlanOp.custom("permute", 1, 0, 2), List.of(each), product);
    return product;
  }

  private boolean pays(PlanOp op, long[] args, long[] w, long[] small) {
    boolean explicitPadding = args.length >= 10 && args[8] == 0;
    boolean channelsFirst = args.length >= 10 && !channelsLast(op);
    boolean defaultLayout = args.length < 11 || args[10] == 0;
    boolean frozen = constants.containsKey(op.input(1));
    return explicitPadding
        && channelsFirst
        && defaultLayout
        && frozen
        && w[0] * w[1] * w[2] * w[3] >= WEIGHTS_PER_PIXEL * small[2] * small[3];
  }

  /** Weights with their axes in another order, as a matrix; laid out once. */
  private String weights(String name, int[] axes, long rows, long columns) {
    String matrix = name + "/matrix" + Arrays.toString(axes);
    if (!constants.containsKey(matrix)) {
      INDArray laidOut = checkNotNull(constants.get(name)).permute(axes).dup('c');
      constants.put(matrix, laidOut.reshape('c', rows, columns));
    }
    return matrix;
  }

  private void addBias(PlanOp op, String image) {
    if (op.inputs().size() == 3) {
      DynamicCustomOp bias = PlanOp.custom("biasadd");
      bias.addBArgument(true);
      emit(bias, List.of(image, op.input(2)), op.output(0));
    } else {
      emit(PlanOp.custom("identity"), List.of(image), op.output(0));
    }
  }

  /** max(x, alpha x), which is leakyRelu(x) for 0 <= alpha <= 1. */
  private boolean leakyRelu(PlanOp op, double alpha) {
    if (alpha < 0 || alpha > 1) {
      return false;
    }
    String scaled = name(op, "scaled");
    emit(scalar(new ScalarMultiplication(), alpha, op), List.of(op.input(0)), scaled);
    emit(PlanOp.custom("maximum"), List.of(op.input(0), scaled), op.output(0));
    return true;
  }

  /** g * max(step(x), alpha), the derivative of a (leaky) ReLU; at 0 it is alpha. */
  private boolean slope(PlanOp op, double alpha) {
    if (alpha < 0 || alpha > 1) {
      return false;
    }
    String step = name(op, "step");
    emit(scalar(new Step(), 0, op), List.of(op.input(0)), step);
    String slope = step;
    if (alpha > 0) {
      slope = name(op, "slope");
      emit(scalar(new ScalarMax(), alpha, op), List.of(step), slope);
    }
    emit(PlanOp.custom("multiply"), List.of(op.input(1), slope), op.output(0));
    return true;
  }

  /** x w, with a row of x for each image. */
  private boolean matrixProduct(PlanOp op) {
    if (op.sliced() != PlanOp.WHOLE || op.inputs().size() != 2) {
      return false;
    }
    long[] args = ((DynamicCustomOp) op.function()).iArgs();
    long[] x = shape(op.input(0));
    long[] w = shape(op.input(1));
    boolean plain = args.length < 3 || (args[0] == 0 && args[2] == 0);
    if (!plain || x.length != 2 || w.length != 2 || !constants.containsKey(op.input(1))) {
      return false;
    }
    boolean transposed = args.length > 1 && args[1] != 0;
    String matrix = transposed ? weights(op.input(1), new int[] {1, 0}, w[1], w[0]) : op.input(1);
    result.add(rowByRow(op.input(0), matrix, op.output(0)));
    return true;
  }

  private static PlanOp rowByRow(String rows, String matrix, String output) {
    return new PlanOp(PlanOp.custom("matmul", 0, 0, 0), List.of(rows, matrix), List.of(output), 0);
  }

  /** The sum over all axes but the first, as a product with a column of ones. */
  private boolean wholeImageSum(PlanOp op) {
    long[] x = shape(op.input(0));
    long[] out = shape(op.output(0));
    if (!(op.function() instanceof ReduceOp)
        || x.length < 2
        || out.length != 1
        || out[0] != x[0]
        || (out[0] == 1 && !keepsFirstAxis((ReduceOp) op.function(), x.length))) {
      return false;
    }
    DataType type = type(op.input(0));
    long size = imageSize(x);
    String ones = "ones-" + type + "-" + size;
    constants.computeIfAbsent(ones, name -> Nd4j.ones(type, size, 1));
    String product = name(op, "product");
    result.add(rowByRow(reshape(op, op.input(0), x[0], size), ones, product));
    emit(reshapeTo(out), List.of(product), op.output(0));
    return true;
  }

  /**
   * The derivative of x [n, c, h, w] times s [n, c, 1, 1], as g s and the sum of g x over each
   * channel.
   */
  private boolean scaledChannels(PlanOp op) {
    long[] x = shape(op.input(0));
    long[] s = shape(op.input(1));
    boolean scales =
        x.length == 4
            && Arrays.equals(x, shape(op.input(2)))
            && Arrays.equals(s, new long[] {x[0], x[1], 1, 1})
            && !Arrays.equals(s, x);
    if (!scales) {
      return false;
    }
    String g = op.input(2);
    emit(PlanOp.custom("multiply"), List.of(g, op.input(1)), op.output(0));
    String product = name(op, "product");
    emit(PlanOp.custom("multiply"), List.of(g, op.input(0)), product);
    DynamicCustomOp sum = PlanOp.custom("reduce_sum", 2, 3);
    sum.addBArgument(true);
    emit(sum, List.of(product), op.output(1));
    return true;
  }

  /** The number of values that one image has in a batch of this shape. */
  private static long imageSize(long[] batch) {
    long size = 1;
    for (int d = 1; d < batch.length; d++) {
      size *= batch[d];
    }
    return size;
  }

  private static boolean keepsFirstAxis(ReduceOp op, int rank) {
    return op.dimensions() != null && op.dimensions().length() == rank - 1;
  }

  private void emit(DifferentialFunction function, List<String> inputs, String output) {
    result.add(new PlanOp(function, inputs, List.of(output)));
  }

  private String reshape(PlanOp op, String input, long... shape) {
    String output = name(op, "reshaped-" + shape.length);
    emit(reshapeTo(shape), List.of(input), output);
    return output;
  }

  private static DynamicCustomOp reshapeTo(long... shape) {
    DynamicCustomOp op = PlanOp.custom("reshape", -'c');
    op.addIArgument(shape);
    return op;
  }

  private static String name(PlanOp op, String part) {
    return op.output(0) + "/" + part;
  }

  private long[] shape(String name) {
    return checkNotNull(variables.get(name), name).getShape();
  }

  private DataType type(String name) {
    return checkNotNull(variables.get(name), name).dataType();
  }

  private static double tArgument(PlanOp op, int index) {
    double[] args = ((DynamicCustomOp) op.function()).tArgs();
    return index < args.length ? args[index] : 0;
  }

  private DifferentialFunction scalar(BaseScalarOp op, double value, PlanOp like) {
    op.setScalar(Nd4j.scalar(type(like.output(0)), value));
    return op;
  }
}
