package org.inpaint4j.onnx;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.onnx.OnnxGraph.Node;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/**
 * A Conv or ConvTranspose of one group in two dimensions. ONNX keeps kernels as [oC, iC, kH, kW],
 * those of transposed convolutions as [iC, oC, kH, kW]; ND4J's are [kH, kW, iC, oC] and [kH, kW,
 * oC, iC].
 */
final class OnnxConvolution {

  private final boolean transposed;
  private final int inputs;
  private final int outputs;

  /** Rows, columns. */
  private final int[] kernel;

  private final int[] stride;

  /** Above, left, below, right. */
  private final int[] pads;

  private final int[] sides;

  private OnnxConvolution(
      Node node, int[] kernelShape, ImmutableIntArray input, boolean transposed) {
    this.transposed = transposed;
    checkArgument(kernelShape.length == 4 && input.length() == 3, "must have two dimensions");
    this.inputs = kernelShape[transposed ? 0 : 1];
    this.outputs = kernelShape[transposed ? 1 : 0];
    checkArgument(inputs == input.get(0), "must take %s channels", input.get(0));
    this.kernel = new int[] {kernelShape[2], kernelShape[3]};
    this.stride = numbers(node, "strides", 1, 2, 1);
    this.pads = numbers(node, "pads", 0, 4, 0);
    int[] more = numbers(node, "output_padding", 0, 2, 0);
    checkArgument(
        node.numbers().getOrDefault("group", List.of(1L)).equals(List.of(1L)),
        "must have one group");
    // ND4J 1.0.0-M2.1 cannot run dilated convolutions with padding.
    checkArgument(
        node.numbers().getOrDefault("dilations", List.of(1L, 1L)).equals(List.of(1L, 1L)),
        "must not be dilated");
    checkArgument(
        !node.numbers().containsKey("output_shape")
            && node.texts().getOrDefault("auto_pad", "NOTSET").equals("NOTSET"),
        "must say its padding");
    this.sides = new int[2];
    for (int axis = 0; axis < 2; axis++) {
      int length = input.get(1 + axis);
      if (transposed) {
        pads[2 + axis] -= more[axis]; // rows that are asked for are rows that are not cut off
        checkArgument(pads[2 + axis] >= 0, "must not add more than it pads");
        sides[axis] =
            Math.multiplyExact(length - 1, stride[axis])
                + kernel[axis]
                - pads[axis]
                - pads[2 + axis];
      } else {
        checkArgument(pads[axis] == pads[2 + axis], "must have the same padding on both sides");
        sides[axis] = Math.floorDiv(length + 2 * pads[axis] - kernel[axis], stride[axis]) + 1;
      }
    }
  }

  /**
   * Reads the attributes.
   *
   * @throws IllegalArgumentException with the rule that is broken, if there is no such convolution
   *     here
   */
  static OnnxConvolution of(
      Node node, int[] kernelShape, ImmutableIntArray input, boolean transposed) {
    return new OnnxConvolution(node, kernelShape, input, transposed);
  }

  private static int[] numbers(Node node, String name, int otherwise, int count, int least) {
    List<Long> found = node.numbers().get(name);
    int[] values = new int[count];
    checkArgument(found == null || found.size() == count, "must have %s %s", count, name);
    for (int i = 0; i < count; i++) {
      long value = found == null ? otherwise : found.get(i);
      checkArgument(value >= least && value < 1 << 10, "must have %s below 1024", name);
      values[i] = (int) value;
    }
    return values;
  }

  int outputs() {
    return outputs;
  }

  /** Of the output, without the batch. */
  ImmutableIntArray shape() {
    return ImmutableIntArray.of(outputs, sides[0], sides[1]);
  }

  /**
   * What adds it to a graph.
   *
   * @param values of the kernel. Not modified.
   * @param bias one for each output, or null
   */
  Step.Emit emit(float[] values, float @Nullable [] bias) {
    float[] kept = permuted(values);
    int[] shape =
        transposed
            ? new int[] {kernel[0], kernel[1], outputs, inputs}
            : new int[] {kernel[0], kernel[1], inputs, outputs};
    return (sd, name, x) -> {
      SDVariable weights = Graphs.constant(sd, name + "w", kept, shape);
      SDVariable shift = bias == null ? null : Graphs.constant(sd, name + "b", bias, outputs);
      return transposed
          ? transposed(sd, x.get(0), weights, shift)
          : plain(sd, x.get(0), weights, shift);
    };
  }

  /** [a, b, kH, kW] as [kH, kW, b, a]: both kinds have the same order in both libraries. */
  private float[] permuted(float[] values) {
    int a = transposed ? inputs : outputs;
    int b = transposed ? outputs : inputs;
    int area = kernel[0] * kernel[1];
    float[] permuted = new float[values.length];
    for (int i = 0, from = 0; i < a; i++) {
      for (int j = 0; j < b; j++) {
        for (int k = 0; k < area; k++) {
          permuted[(k * b + j) * a + i] = values[from++];
        }
      }
    }
    return permuted;
  }

  private SDVariable plain(
      SameDiff sd, SDVariable x, SDVariable weights, @Nullable SDVariable bias) {
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(kernel[0])
            .kW(kernel[1])
            .sH(stride[0])
            .sW(stride[1])
            .pH(pads[0])
            .pW(pads[1])
            .paddingMode(PaddingMode.VALID)
            .build();
    return bias == null
        ? sd.cnn().conv2d(x, weights, config)
        : sd.cnn().conv2d(x, weights, bias, config);
  }

  /** With other padding at the far side the whole is made first, and then cut. */
  private SDVariable transposed(
      SameDiff sd, SDVariable x, SDVariable weights, @Nullable SDVariable bias) {
    boolean even = pads[0] == pads[2] && pads[1] == pads[3];
    DeConv2DConfig config =
        DeConv2DConfig.builder()
            .kH(kernel[0])
            .kW(kernel[1])
            .sH(stride[0])
            .sW(stride[1])
            .pH(even ? pads[0] : 0)
            .pW(even ? pads[1] : 0)
            .isSameMode(false)
            .build();
    SDVariable y =
        bias == null
            ? sd.cnn().deconv2d(x, weights, config)
            : sd.cnn().deconv2d(x, weights, bias, config);
    return even
        ? y
        : sd.slice(y, new int[] {0, 0, pads[0], pads[1]}, -1, outputs, sides[0], sides[1]);
  }
}
