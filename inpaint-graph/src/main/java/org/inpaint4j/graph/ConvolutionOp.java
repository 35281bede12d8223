package org.inpaint4j.graph;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * A conv2d or deconv2d, with names for the positions of its arguments and of the axes of its
 * weights.
 */
final class ConvolutionOp {

  // Integer arguments. Before these stand the kernel's height and width.
  private static final int STRIDE_Y = 2;
  private static final int STRIDE_X = 3;
  private static final int PADDING_Y = 4;
  private static final int PADDING_X = 5;
  private static final int DILATION_Y = 6;
  private static final int DILATION_X = 7;
  private static final int PADDING_MODE = 8;
  private static final int CHANNELS_LAST = 9;
  private static final int WEIGHT_LAYOUT = 10;

  // Inputs.
  private static final int X = 0;
  private static final int WEIGHTS = 1;
  private static final int BIAS = 2;

  /** Axes of the weights of both: height, width, and channels of the larger and smaller map. */
  static final int KERNEL_Y = 0;

  static final int KERNEL_X = 1;
  static final int LARGE_CHANNELS = 2;
  static final int SMALL_CHANNELS = 3;

  // Axes of a batch of images.
  static final int IMAGES = 0;
  static final int CHANNELS = 1;
  static final int HEIGHT = 2;
  static final int WIDTH = 3;

  /** From this many weights for each pixel of the smaller map on, a matrix product is faster. */
  private static final long WEIGHTS_PER_PIXEL = 16_384;

  private final PlanOp op;
  private final long[] arguments;

  /**
   * Reads an op.
   *
   * @param op a conv2d or deconv2d
   */
  ConvolutionOp(PlanOp op) {
    this.op = op;
    arguments = ((DynamicCustomOp) op.function()).iArgs();
  }

  String x() {
    return op.input(X);
  }

  String weights() {
    return op.input(WEIGHTS);
  }

  boolean hasBias() {
    return op.inputs().size() > BIAS;
  }

  /** All inputs but the bias. */
  List<String> withoutBias() {
    return op.inputs().subList(0, BIAS);
  }

  boolean isChannelsLast() {
    return arguments.length > CHANNELS_LAST && arguments[CHANNELS_LAST] != 0;
  }

  /**
   * Whether a matrix product is faster. The choice looks at one image and never at the batch, so
   * that a result does not depend on its batch.
   *
   * @param smaller the shape of the smaller map: of the output of conv2d, the input of deconv2d
   */
  boolean paysAsProduct(Rewriting plan, long[] smaller) {
    boolean allGiven = arguments.length > CHANNELS_LAST;
    boolean defaultLayout = arguments.length <= WEIGHT_LAYOUT || arguments[WEIGHT_LAYOUT] == 0;
    return allGiven
        && arguments[PADDING_MODE] == 0
        && !isChannelsLast()
        && defaultLayout
        && plan.isConstant(weights())
        && Arrays.stream(plan.shape(weights())).reduce(1, (a, b) -> a * b)
            >= WEIGHTS_PER_PIXEL * smaller[HEIGHT] * smaller[WIDTH];
  }

  /** The op that lays the pixels under each place of the kernel out as columns. */
  DynamicCustomOp imageToColumns() {
    // kernel, stride, padding, dilation and padding mode, as here
    return PlanOp.custom("im2col", Arrays.copyOf(arguments, PADDING_MODE + 1));
  }

  /** The op that adds columns up to an image of the given shape. */
  DynamicCustomOp columnsToImage(long[] image) {
    return PlanOp.custom(
        "col2im",
        arguments[STRIDE_Y],
        arguments[STRIDE_X],
        arguments[PADDING_Y],
        arguments[PADDING_X],
        image[HEIGHT],
        image[WIDTH],
        arguments[DILATION_Y],
        arguments[DILATION_X],
        arguments[PADDING_MODE]);
  }

  /** Adds the op's bias, if it has one, to an image that is all but that the op's result. */
  void addBias(Rewriting plan, String image) {
    if (hasBias()) {
      DynamicCustomOp bias = PlanOp.custom("biasadd");
      boolean channelsFirst = true;
      bias.addBArgument(channelsFirst);
      plan.add(bias, List.of(image, op.input(BIAS)), op.output(0));
    } else {
      plan.add(PlanOp.custom("identity"), List.of(image), op.output(0));
    }
  }
}
