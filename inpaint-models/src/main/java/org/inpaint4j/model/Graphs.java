package org.inpaint4j.model;

import java.util.Arrays;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.image.Internal;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * What all networks do to a graph. Constants are made anew for each graph and belong to it, so that
 * closing one graph does not take weights from another.
 */
@Internal
public final class Graphs {

  private Graphs() {}

  /** Whether a weight is not 0. */
  static boolean hasNonZero(float[] weights) {
    for (float weight : weights) {
      if (weight != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * A prefix for names, {@code name/} or {@code name_1/} and so on, that no variable of the graph
   * has yet, so that a network can be added more than once.
   *
   * @param graph not modified
   * @param name what the prefix begins with
   * @return the prefix, with its slash
   */
  public static String freshScope(SameDiff graph, String name) {
    for (int i = 0; ; i++) {
      String prefix = (i == 0 ? name : name + "_" + i) + "/";
      if (graph.variableMap().keySet().stream().noneMatch(v -> v.startsWith(prefix))) {
        return prefix;
      }
    }
  }

  /**
   * A constant with the values given.
   *
   * @param graph modified: the constant is added
   * @param name its name
   * @param values in row-major order. Not modified.
   * @param shape its dimensions
   * @return the constant
   */
  public static SDVariable constant(SameDiff graph, String name, float[] values, int... shape) {
    long[] dimensions = Arrays.stream(shape).asLongStream().toArray();
    return graph.constant(name, Engine.array(values, dimensions));
  }

  /**
   * A convolution with a bias. Its constants are added in the order kernel, bias.
   *
   * @param x [N, C, H, W]
   * @param kernel [k, k, C, C'], k as the layout says. Not modified.
   * @param bias [C']. Not modified.
   * @return [N, C', H', W']
   */
  static SDVariable convolved(
      SameDiff graph,
      SDVariable x,
      String kernelName,
      float[] kernel,
      String biasName,
      float[] bias,
      Conv2DConfig layout) {
    int side = (int) layout.getKH();
    int outputs = bias.length;
    int inputs = kernel.length / (side * side * outputs);
    return graph
        .cnn()
        .conv2d(
            x,
            constant(graph, kernelName, kernel, side, side, inputs, outputs),
            constant(graph, biasName, bias, outputs),
            layout);
  }

  /**
   * A kernel in ND4J's layout, of one in PyTorch's.
   *
   * @param kernel [b, a, height, width]. Not modified.
   * @param b the first dimension
   * @param a the second one
   * @param height rows
   * @param width columns
   * @return [height, width, a, b], the caller's own
   */
  public static INDArray kernel(float[] kernel, int b, int a, int height, int width) {
    return Engine.array(turned(kernel, b, a, height * width), height, width, a, b);
  }

  /**
   * Turns the kernel of a layer from PyTorch's order of dimensions into ND4J's.
   *
   * @param kernel [b, a, taps]. Not modified.
   * @param taps the pixels of the kernel, or 1 for a matrix
   * @return [taps, a, b]
   */
  static float[] turned(float[] kernel, int b, int a, int taps) {
    float[] turned = new float[kernel.length];
    for (int i = 0, from = 0; i < b; i++) {
      for (int j = 0; j < a; j++) {
        for (int tap = 0; tap < taps; tap++) {
          turned[(tap * a + j) * b + i] = kernel[from++];
        }
      }
    }
    return turned;
  }

  /**
   * Coordinates {@code from} to {@code to}, exclusive, of vectors [N, size]. Not a strided slice:
   * the gradient of that fails in ND4J 1.0.0-M2.1 when N is 1.
   */
  static SDVariable slice(SameDiff graph, SDVariable vectors, int from, int to) {
    return graph.slice(vectors, new int[] {0, from}, -1, to - from);
  }

  /**
   * The configuration of a convolution.
   *
   * @param kernel rows and columns of the kernel
   * @param stride pixels from one place of the kernel to the next, along both axes
   * @param padding rows and columns of zeros at each border
   * @return the configuration
   */
  public static Conv2DConfig convolution(int kernel, int stride, int padding) {
    return Conv2DConfig.builder()
        .kH(kernel)
        .kW(kernel)
        .sH(stride)
        .sW(stride)
        .pH(padding)
        .pW(padding)
        .paddingMode(PaddingMode.VALID)
        .build();
  }

  /**
   * The configuration of a transposed convolution.
   *
   * @param kernel rows and columns of the kernel
   * @param stride pixels from one place of the kernel to the next, along both axes
   * @param padding rows and columns of zeros at each border of the convolution that it transposes
   * @return the configuration
   */
  public static DeConv2DConfig deconvolution(int kernel, int stride, int padding) {
    return DeConv2DConfig.builder()
        .kH(kernel)
        .kW(kernel)
        .sH(stride)
        .sW(stride)
        .pH(padding)
        .pW(padding)
        .isSameMode(false)
        .build();
  }

  /**
   * The configuration of means of squares of pixels, side by side.
   *
   * @param side rows and columns of a square
   * @return the configuration
   */
  public static Pooling2DConfig means(int side) {
    return Pooling2DConfig.builder()
        .kH(side)
        .kW(side)
        .sH(side)
        .sW(side)
        .pH(0)
        .pW(0)
        .paddingMode(PaddingMode.VALID)
        .build();
  }
}
