package org.inpaint4j.keras;

import java.util.Optional;
import org.inpaint4j.model.ModelFormatException;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/**
 * How the kernel of a convolution, or of a transposed one, moves over an image; pairs are rows and
 * columns. {@code same} is TensorFlow's: as many rows of zeros as are needed, half of them in front
 * of the image, and the odd one behind it.
 */
final class Window {

  private final KerasLayer layer;
  final int[] kernel;
  private final int[] stride;
  private final boolean same;

  private Window(KerasLayer layer) throws ModelFormatException {
    this.layer = layer;
    this.kernel = layer.pair("kernel_size", 0, 1);
    this.stride = layer.pair("strides", 1, 1);
    String padding = layer.text("padding", "valid");
    this.same = padding.equals("same");
    if (!same && !padding.equals("valid")) {
      throw layer.problem("have the padding same or valid", padding);
    }
    int[] dilation = layer.pair("dilation_rate", 1, 1);
    // ND4J 1.0.0-M2.1 cannot run dilated convolutions with padding.
    if (dilation[0] != 1 || dilation[1] != 1) {
      throw layer.problem("not be dilated", layer.setting("dilation_rate").orElseThrow());
    }
    if (layer.number("groups", 1) != 1) {
      throw layer.problem("have one group", layer.number("groups", 1));
    }
  }

  static Window of(KerasLayer layer) throws ModelFormatException {
    return new Window(layer);
  }

  /** The rows or columns that a convolution makes of so many. */
  int shrunk(int axis, int side) throws ModelFormatException {
    if (!same && side < kernel[axis]) {
      throw layer.problem("get images as large as its kernel", side);
    }
    return same
        ? (side + stride[axis] - 1) / stride[axis]
        : (side - kernel[axis]) / stride[axis] + 1;
  }

  /** The rows of zeros in front of the image that a convolution gets, and all of them. */
  private int[] zeros(int axis, int image, int places) {
    int all = same ? Math.max(0, (places - 1) * stride[axis] + kernel[axis] - image) : 0;
    return new int[] {all / 2, all};
  }

  /** Of a convolution of an image of so many rows and columns. */
  Conv2DConfig convolution(int rows, int columns, int[] made) {
    int[] down = zeros(0, rows, made[0]);
    int[] across = zeros(1, columns, made[1]);
    boolean even = down[1] % 2 == 0 && across[1] % 2 == 0;
    return Conv2DConfig.builder()
        .kH(kernel[0])
        .kW(kernel[1])
        .sH(stride[0])
        .sW(stride[1])
        .pH(even ? down[0] : 0)
        .pW(even ? across[0] : 0)
        .paddingMode(even ? PaddingMode.VALID : PaddingMode.SAME)
        .build();
  }

  /** The rows or columns that a transposed convolution makes of so many. */
  int grown(int axis, int side) throws ModelFormatException {
    Optional<?> more = layer.setting("output_padding");
    if (more.isEmpty()) {
      int beyond = same ? 0 : Math.max(0, kernel[axis] - stride[axis]);
      return Math.addExact(Math.multiplyExact(side, stride[axis]), beyond);
    }
    int border = same ? kernel[axis] / 2 : 0;
    return Math.multiplyExact(side - 1, stride[axis])
        + kernel[axis]
        - 2 * border
        + layer.pair("output_padding", 0, 0)[axis];
  }

  /** The rows or columns that a transposed convolution makes before any are cut off. */
  int whole(int axis, int side) {
    return Math.addExact(Math.multiplyExact(side - 1, stride[axis]), kernel[axis]);
  }

  /**
   * The rows or columns in front that are cut off the whole: the zeros in front of the image that
   * the convolution would get whose transpose this is.
   */
  int cut(int axis, int side, int made) {
    return zeros(axis, made, side)[0];
  }

  /** Of a transposed convolution, with so much cut off in front and behind. */
  DeConv2DConfig transposed(int rows, int columns) {
    return DeConv2DConfig.builder()
        .kH(kernel[0])
        .kW(kernel[1])
        .sH(stride[0])
        .sW(stride[1])
        .pH(rows)
        .pW(columns)
        .isSameMode(false)
        .build();
  }
}
