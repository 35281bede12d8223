package org.inpaint4j.model;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.inpaint4j.model.Dl4jGraph.Value;
import org.inpaint4j.model.Weights.Tensor;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.AvgPooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's layers on images [N, C, H, W], without their activation functions. */
final class Dl4jConvolutions {

  private final SameDiff graph;
  private final String scope;

  Dl4jConvolutions(SameDiff graph, String scope) {
    this.graph = graph;
    this.scope = scope;
  }

  /** How a kernel moves over an image; a pair has rows and columns. */
  private static final class Window {
    final int[] kernel;
    final int[] stride;
    final int[] padding;
    final int[] dilation;
    final boolean same;

    Window(
        Dl4jNetwork.Node node,
        ConvolutionMode mode,
        int[] kernel,
        int[] stride,
        int[] padding,
        int[] dilation) {
      if (mode == ConvolutionMode.Causal) {
        throw node.unsupported("the mode " + mode);
      }
      this.same = mode == ConvolutionMode.Same;
      this.kernel = kernel;
      this.stride = stride;
      this.padding = padding;
      this.dilation = dilation;
    }

    static Window of(Dl4jNetwork.Node node, ConvolutionLayer layer) {
      requireChannelsFirst(node, layer.getCnn2dDataFormat());
      return new Window(
          node,
          layer.getConvolutionMode(),
          layer.getKernelSize(),
          layer.getStride(),
          layer.getPadding(),
          layer.getDilation());
    }

    /** Rows or columns of what comes out. */
    int shrunk(int axis, int size) {
      if (same) {
        return (size + stride[axis] - 1) / stride[axis];
      }
      return (size - extent(axis) + 2 * padding[axis]) / stride[axis] + 1;
    }

    int grown(int axis, int size) {
      if (same) {
        return size * stride[axis];
      }
      return stride[axis] * (size - 1) + extent(axis) - 2 * padding[axis];
    }

    /** Rows or columns that a kernel covers. */
    int extent(int axis) {
      return dilation[axis] * (kernel[axis] - 1) + 1;
    }

    /** Of a kernel as {@link #turned} makes it. */
    Conv2DConfig convolution() {
      return Conv2DConfig.builder()
          .kH(extent(0))
          .kW(extent(1))
          .sH(stride[0])
          .sW(stride[1])
          .pH(padding[0])
          .pW(padding[1])
          .paddingMode(same ? PaddingMode.SAME : PaddingMode.VALID)
          .build();
    }

    DeConv2DConfig deconvolution() {
      return DeConv2DConfig.builder()
          .kH(extent(0))
          .kW(extent(1))
          .sH(stride[0])
          .sW(stride[1])
          .pH(padding[0])
          .pW(padding[1])
          .isSameMode(same)
          .build();
    }
  }

  /** DL4J's other layout is that of imported Keras networks. */
  static void requireChannelsFirst(Dl4jNetwork.Node node, @Nullable CNN2DFormat format) {
    if (format == CNN2DFormat.NHWC) {
      throw node.unsupported("the data format NHWC");
    }
  }

  Value add(Dl4jNetwork.Node node, Value x) {
    Object kind = node.kind();
    Class<?> type = kind.getClass();
    boolean known =
        type == ConvolutionLayer.class
            || type == Convolution2D.class
            || type == Deconvolution2D.class
            || type == DepthwiseConvolution2D.class
            || type == SeparableConvolution2D.class
            || type == SubsamplingLayer.class
            || type == Upsampling2D.class
            || type == ZeroPaddingLayer.class
            || type == Cropping2D.class;
    if (!known) {
      throw node.unsupported("a layer of another kind");
    }
    if (!x.isImage()) {
      throw node.problem("must get images", "[channels, height, width]", Arrays.toString(x.shape));
    }
    if (kind instanceof Deconvolution2D layer) {
      return transposed(node, Window.of(node, layer), x);
    }
    if (kind instanceof DepthwiseConvolution2D layer) {
      return depthwise(node, Window.of(node, layer), x);
    }
    if (kind instanceof SeparableConvolution2D layer) {
      return separable(node, Window.of(node, layer), x);
    }
    if (kind instanceof ConvolutionLayer layer) {
      return convolution(node, Window.of(node, layer), x);
    }
    if (kind instanceof SubsamplingLayer layer) {
      return pooled(node, layer, x);
    }
    if (kind instanceof Upsampling2D layer) {
      requireChannelsFirst(node, layer.getFormat());
      int[] by = layer.getSize();
      return new Value(
          graph.cnn().upsampling2d(x.variable, by[0], by[by.length - 1], true),
          x.shape[0],
          x.shape[1] * by[0],
          x.shape[2] * by[by.length - 1]);
    }
    return kind instanceof ZeroPaddingLayer layer
        ? padded(node, layer, x)
        : cropped(node, (Cropping2D) kind, x);
  }

  private Value convolution(Dl4jNetwork.Node node, Window window, Value x) {
    Tensor weights = node.parameter("W"); // [o, i, kH, kW]
    requireChannels(node, weights.shape()[1], x);
    SDVariable kernel = turned(node, window, weights, 2, 3, 1, 0);
    SDVariable y =
        node.has("b")
            ? graph.cnn().conv2d(x.variable, kernel, bias(node), window.convolution())
            : graph.cnn().conv2d(x.variable, kernel, window.convolution());
    return new Value(
        y, weights.shape()[0], window.shrunk(0, x.shape[1]), window.shrunk(1, x.shape[2]));
  }

  private Value transposed(Dl4jNetwork.Node node, Window window, Value x) {
    Tensor weights = node.parameter("W"); // [i, o, kH, kW]
    requireChannels(node, weights.shape()[0], x);
    SDVariable kernel = turned(node, window, weights, 2, 3, 1, 0);
    SDVariable y =
        node.has("b")
            ? graph.cnn().deconv2d(x.variable, kernel, bias(node), window.deconvolution())
            : graph.cnn().deconv2d(x.variable, kernel, window.deconvolution());
    return new Value(
        y, weights.shape()[1], window.grown(0, x.shape[1]), window.grown(1, x.shape[2]));
  }

  private Value depthwise(Dl4jNetwork.Node node, Window window, Value x) {
    Tensor weights = node.parameter("W"); // [kH, kW, i, multiplier]
    requireChannels(node, weights.shape()[2], x);
    SDVariable kernel = turned(node, window, weights, 0, 1, 2, 3);
    SDVariable y =
        node.has("b")
            ? graph.cnn().depthWiseConv2d(x.variable, kernel, bias(node), window.convolution())
            : graph.cnn().depthWiseConv2d(x.variable, kernel, window.convolution());
    return new Value(
        y,
        weights.shape()[2] * weights.shape()[3],
        window.shrunk(0, x.shape[1]),
        window.shrunk(1, x.shape[2]));
  }

  /** A depthwise convolution, then a 1x1 convolution with the bias. */
  private Value separable(Dl4jNetwork.Node node, Window window, Value x) {
    Tensor depth = node.parameter("W"); // [multiplier, i, kH, kW]
    Tensor point = node.parameter("pW"); // [o, i * multiplier, 1, 1]
    requireChannels(node, depth.shape()[1], x);
    SDVariable each =
        graph
            .cnn()
            .depthWiseConv2d(
                x.variable, turned(node, window, depth, 2, 3, 1, 0), window.convolution());
    SDVariable kernel =
        graph.constant(scope + node.name() + "/pW", permuted(point, 2, 3, 1, 0).dup('c'));
    Conv2DConfig one = Graphs.convolution(1, 1, 0);
    SDVariable y =
        node.has("b")
            ? graph.cnn().conv2d(each, kernel, bias(node), one)
            : graph.cnn().conv2d(each, kernel, one);
    return new Value(
        y, point.shape()[0], window.shrunk(0, x.shape[1]), window.shrunk(1, x.shape[2]));
  }

  private Value pooled(Dl4jNetwork.Node node, SubsamplingLayer layer, Value x) {
    requireChannelsFirst(node, layer.getCnn2dDataFormat());
    Window window =
        new Window(
            node,
            layer.getConvolutionMode(),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation());
    if (window.dilation[0] != 1 || window.dilation[1] != 1) {
      throw node.unsupported("dilated pooling"); // which ND4J's oneDNN gets wrong
    }
    Pooling2DConfig config =
        Pooling2DConfig.builder()
            .kH(window.kernel[0])
            .kW(window.kernel[1])
            .sH(window.stride[0])
            .sW(window.stride[1])
            .pH(window.padding[0])
            .pW(window.padding[1])
            .paddingMode(window.same ? PaddingMode.SAME : PaddingMode.VALID)
            .build();
    SDVariable y =
        switch (layer.getPoolingType()) {
          case MAX -> graph.cnn().maxPooling2d(x.variable, config);
          case AVG -> {
            SDVariable mean = graph.cnn().avgPooling2d(x.variable, config);
            yield layer.isAvgPoolIncludePadInDivisor()
                ? mean.mul(share(node, config, x.shape[1], x.shape[2]))
                : mean;
          }
          default -> throw node.unsupported("pooling of type " + layer.getPoolingType());
        };
    return new Value(y, x.shape[0], window.shrunk(0, x.shape[1]), window.shrunk(1, x.shape[2]));
  }

  /**
   * What the mean over a window is multiplied with, for the mean over the part of the window inside
   * of the image: ND4J 1.0.0-M2.1 computes that mean right, and its gradient not.
   */
  private SDVariable share(Dl4jNetwork.Node node, Pooling2DConfig config, int height, int width) {
    INDArray ones = Nd4j.ones(DataType.FLOAT, 1, 1, height, width);
    INDArray plain = Nd4j.exec(new AvgPooling2D(ones, null, config))[0];
    config.setExtra(1);
    INDArray inside = Nd4j.exec(new AvgPooling2D(ones, null, config))[0];
    config.setExtra(0);
    return graph.constant(scope + node.name() + "/share", inside.div(plain));
  }

  private Value padded(Dl4jNetwork.Node node, ZeroPaddingLayer layer, Value x) {
    requireChannelsFirst(node, layer.getDataFormat());
    int[] by = layer.getPadding(); // top, bottom, left, right
    SDVariable border =
        graph.constant(
            scope + node.name() + "/border",
            Nd4j.createFromArray(new int[][] {{0, 0}, {0, 0}, {by[0], by[1]}, {by[2], by[3]}}));
    return new Value(
        graph.nn().pad(x.variable, border, 0),
        x.shape[0],
        x.shape[1] + by[0] + by[1],
        x.shape[2] + by[2] + by[3]);
  }

  private Value cropped(Dl4jNetwork.Node node, Cropping2D layer, Value x) {
    requireChannelsFirst(node, layer.getDataFormat());
    int[] by = layer.getCropping();
    int height = x.shape[1] - by[0] - by[1];
    int width = x.shape[2] - by[2] - by[3];
    if (height <= 0 || width <= 0) {
      throw node.problem("must leave something", "a smaller crop", Arrays.toString(by));
    }
    return new Value(
        graph.slice(x.variable, new int[] {0, 0, by[0], by[2]}, -1, x.shape[0], height, width),
        x.shape[0],
        height,
        width);
  }

  private static void requireChannels(Dl4jNetwork.Node node, int expected, Value x) {
    if (x.shape[0] != expected) {
      throw node.problem("must get its channels", expected, x.shape[0]);
    }
  }

  private SDVariable bias(Dl4jNetwork.Node node) {
    float[] values = node.parameter("b").values();
    return Graphs.constant(graph, scope + node.name() + "/b", values, values.length);
  }

  /**
   * A kernel with its rows and columns first, and zeros between them if it is dilated: oneDNN as
   * ND4J 1.0.0-M2.1 calls it has no convolution for many dilated shapes.
   */
  private SDVariable turned(Dl4jNetwork.Node node, Window window, Tensor weights, int... axes) {
    INDArray kernel = permuted(weights, axes);
    INDArray spread =
        Nd4j.zeros(
            DataType.FLOAT, window.extent(0), window.extent(1), kernel.size(2), kernel.size(3));
    for (int row = 0; row < window.kernel[0]; row++) {
      for (int column = 0; column < window.kernel[1]; column++) {
        spread
            .get(
                point((long) row * window.dilation[0]),
                point((long) column * window.dilation[1]),
                all(),
                all())
            .assign(kernel.get(point(row), point(column), all(), all()));
      }
    }
    return graph.constant(scope + node.name() + "/W", spread);
  }

  private static INDArray permuted(Tensor weights, int... axes) {
    long[] shape = Arrays.stream(weights.shape()).asLongStream().toArray();
    return Nd4j.create(weights.values(), shape, 'c').permute(axes);
  }
}
