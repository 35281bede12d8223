package org.inpaint4j.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.inpaint4j.dl4j.Dl4jGraph.Value;
import org.inpaint4j.model.Graphs;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
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
    private final int[] kernel;
    private final int[] stride;
    private final int[] padding;
    private final boolean same;

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
      if (dilation[0] != 1 || dilation[1] != 1) {
        throw node.unsupported("dilation"); // which ND4J's oneDNN gets wrong
      }
      this.same = mode == ConvolutionMode.Same;
      this.kernel = kernel;
      this.stride = stride;
      this.padding = padding;
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

    /** What comes out of a convolution or a pooling. */
    Value shrunk(Dl4jNetwork.Node node, SDVariable y, int channels, Value x) {
      int[] shape = {channels, 0, 0};
      for (int axis = 0; axis < 2; axis++) {
        int size = x.shape[axis + 1];
        shape[axis + 1] =
            same
                ? (size + stride[axis] - 1) / stride[axis]
                : Math.floorDiv(size - kernel[axis] + 2 * padding[axis], stride[axis]) + 1;
      }
      return valid(node, y, shape);
    }

    /** What comes out of a transposed convolution. */
    Value grown(Dl4jNetwork.Node node, SDVariable y, int channels, Value x) {
      int[] shape = {channels, 0, 0};
      for (int axis = 0; axis < 2; axis++) {
        int size = x.shape[axis + 1];
        shape[axis + 1] =
            same
                ? size * stride[axis]
                : stride[axis] * (size - 1) + kernel[axis] - 2 * padding[axis];
      }
      return valid(node, y, shape);
    }

    private static Value valid(Dl4jNetwork.Node node, SDVariable y, int[] shape) {
      if (shape[1] <= 0 || shape[2] <= 0) {
        throw node.problem(
            "must get images as large as its kernel",
            "a pixel to come out",
            Arrays.toString(shape));
      }
      return new Value(y, shape);
    }

    Conv2DConfig convolution() {
      return Conv2DConfig.builder()
          .kH(kernel[0])
          .kW(kernel[1])
          .sH(stride[0])
          .sW(stride[1])
          .pH(padding[0])
          .pW(padding[1])
          .paddingMode(same ? PaddingMode.SAME : PaddingMode.VALID)
          .build();
    }

    DeConv2DConfig deconvolution() {
      return DeConv2DConfig.builder()
          .kH(kernel[0])
          .kW(kernel[1])
          .sH(stride[0])
          .sW(stride[1])
          .pH(padding[0])
          .pW(padding[1])
          .isSameMode(same)
          .build();
    }

    Pooling2DConfig pooling() {
      return Pooling2DConfig.builder()
          .kH(kernel[0])
          .kW(kernel[1])
          .sH(stride[0])
          .sW(stride[1])
          .pH(padding[0])
          .pW(padding[1])
          .paddingMode(same ? PaddingMode.SAME : PaddingMode.VALID)
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
    boolean convolution = type == ConvolutionLayer.class || type == Convolution2D.class;
    if (!convolution
        && type != Deconvolution2D.class
        && type != SubsamplingLayer.class
        && type != Upsampling2D.class
        && type != ZeroPaddingLayer.class) {
      throw node.unsupported("a layer of another kind");
    }
    if (!x.isImage()) {
      throw node.problem("must get images", "[channels, height, width]", Arrays.toString(x.shape));
    }
    if (convolution || type == Deconvolution2D.class) {
      return convolved(node, Window.of(node, (ConvolutionLayer) kind), x, !convolution);
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
    return padded(node, (ZeroPaddingLayer) kind, x);
  }

  private Value convolved(Dl4jNetwork.Node node, Window window, Value x, boolean transposed) {
    Parameter weights = node.parameter("W"); // [o, i, kH, kW], or transposed [i, o, kH, kW]
    int[] shape = weights.shape();
    int inputs = shape[transposed ? 0 : 1];
    int outputs = shape[transposed ? 1 : 0];
    if (x.shape[0] != inputs) {
      throw node.problem("must get its channels", inputs, x.shape[0]);
    }
    INDArray turned = Graphs.kernel(weights.values(), shape[0], shape[1], shape[2], shape[3]);
    SDVariable kernel = graph.constant(scope + node.name() + "/W", turned);
    @Nullable SDVariable bias = null;
    if (node.has("b")) {
      float[] values = node.parameter("b").values();
      bias = Graphs.constant(graph, scope + node.name() + "/b", values, values.length);
    }
    if (transposed) {
      DeConv2DConfig config = window.deconvolution();
      SDVariable y =
          bias == null
              ? graph.cnn().deconv2d(x.variable, kernel, config)
              : graph.cnn().deconv2d(x.variable, kernel, bias, config);
      return window.grown(node, y, outputs, x);
    }
    Conv2DConfig config = window.convolution();
    SDVariable y =
        bias == null
            ? graph.cnn().conv2d(x.variable, kernel, config)
            : graph.cnn().conv2d(x.variable, kernel, bias, config);
    return window.shrunk(node, y, outputs, x);
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
    SDVariable y =
        switch (layer.getPoolingType()) {
          case MAX -> graph.cnn().maxPooling2d(x.variable, window.pooling());
          case AVG -> {
            if (layer.isAvgPoolIncludePadInDivisor()) {
              throw node.unsupported("a mean over padding"); // ND4J has no right gradient for it
            }
            yield graph.cnn().avgPooling2d(x.variable, window.pooling());
          }
          default -> throw node.unsupported("pooling of type " + layer.getPoolingType());
        };
    return window.shrunk(node, y, x.shape[0], x);
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
}
