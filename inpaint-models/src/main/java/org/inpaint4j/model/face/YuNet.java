package org.inpaint4j.model.face;

import com.google.common.primitives.Floats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * The face detector YuNet-s (Wu, Peng, Yu, <em>YuNet: A Tiny Millisecond-level Face Detector</em>,
 * Machine Intelligence Research 2023): 53,104 parameters, fully convolutional, without anchors.
 *
 * <p>The weights shipped are OpenCV's {@code face_detection_yunet_2023mar} (MIT, the licence lies
 * beside them), with their batch norms folded in. They were trained on WIDER FACE.
 *
 * <p>Every unit is a pointwise convolution, a depthwise one and a rectifier. The four heads of a
 * stride (class, objectness, box, points) are one unit of {@value #VALUES} channels here.
 */
final class YuNet implements AutoCloseable {

  /** The name of the graph's input. */
  static final String IMAGES = "images";

  /** Sides of the images are multiples of this. */
  static final int MULTIPLE = 32;

  /** The distances of the cells in pixels. */
  static final int[] STRIDES = {8, 16, 32};

  /** What a cell has: the logits of class and objectness, 4 values of its box, 10 of its points. */
  static final int VALUES = 16;

  private static final int FEATURES = 64;
  private static final String[] HEADS = {"cls", "obj", "bbox", "kps"};
  private static final int[] HEAD_VALUES = {1, 1, 4, 10};

  private final Weights weights;

  /** The weights as graphs take them, by the names of their constants; made for the first graph. */
  private final Map<String, INDArray> constants = new HashMap<>();

  private YuNet(Weights weights) {
    this.weights = weights;
  }

  /** The network with the weights shipped. */
  static YuNet load() {
    try {
      return new YuNet(Weights.ofResource(YuNet.class, "yunet-s.safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar must hold the weights of YuNet-s", e);
    }
  }

  /** Frees the arrays of the weights; what was added to graphs must not be used after this. */
  @Override
  public void close() {
    constants.values().forEach(INDArray::close);
    constants.clear();
  }

  /** SHA-256 of the weights. */
  String sha256() {
    return weights.sha256();
  }

  /**
   * Adds the network to a graph without variables. All graphs share the arrays of the weights.
   *
   * @param graph modified
   * @param images how many images a run takes
   * @param size of the images, multiples of {@value #MULTIPLE}. {@link #IMAGES} is [N, 3, H, W],
   *     blue, green and red from 0 to 255.
   * @return the outputs of the strides: [N, {@value #VALUES}, H / stride, W / stride]
   */
  List<SDVariable> addTo(SameDiff graph, int images, Size size) {
    try {
      return new Layers(graph, weights, constants).of(images, size);
    } catch (ModelFormatException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The layers of one graph. */
  private record Layers(SameDiff graph, Weights weights, Map<String, INDArray> constants) {

    List<SDVariable> of(int images, Size size) throws ModelFormatException {
      SDVariable x =
          graph.placeHolder(
              IMAGES,
              org.nd4j.linalg.api.buffer.DataType.FLOAT,
              images,
              3,
              size.height(),
              size.width());
      SDVariable stem =
          graph
              .cnn()
              .conv2d(
                  x,
                  kernel("stem.conv", 16, 3, 3),
                  bias("stem.conv", 16),
                  Graphs.convolution(3, 2, 1));
      SDVariable half = pool(unit("stem.unit", graph.nn().relu(stem, 0), 16, 16));
      SDVariable quarter = unit("stage1.unit2", unit("stage1.unit1", half, 16, 16), 16, 32);
      quarter = pool(unit("stage2.unit2", unit("stage2.unit1", quarter, 32, 32), 32, 64));
      SDVariable c8 = stage(3, quarter);
      SDVariable c16 = stage(4, pool(c8));
      SDVariable c32 = stage(5, pool(c16));
      SDVariable f32 = unit("neck.s32", c32, FEATURES, FEATURES);
      SDVariable f16 = unit("neck.s16", c16.add(twice(f32)), FEATURES, FEATURES);
      SDVariable f8 = unit("neck.s8", c8.add(twice(f16)), FEATURES, FEATURES);
      List<SDVariable> outputs = new ArrayList<>();
      outputs.add(heads(8, f8));
      outputs.add(heads(16, f16));
      outputs.add(heads(32, f32));
      return outputs;
    }

    private SDVariable stage(int number, SDVariable x) throws ModelFormatException {
      String name = "stage" + number + ".unit";
      return unit(name + 2, unit(name + 1, x, FEATURES, FEATURES), FEATURES, FEATURES);
    }

    private SDVariable unit(String name, SDVariable x, int inputs, int outputs)
        throws ModelFormatException {
      SDVariable y =
          graph
              .cnn()
              .conv2d(
                  x,
                  kernel(name + ".pw", outputs, inputs, 1),
                  bias(name + ".pw", outputs),
                  Graphs.convolution(1, 1, 0));
      SDVariable z =
          graph
              .cnn()
              .depthWiseConv2d(
                  y,
                  depthwise(name + ".dw", outputs),
                  bias(name + ".dw", outputs),
                  Graphs.convolution(3, 1, 1));
      return graph.nn().relu(z, 0);
    }

    /** The heads are convolutions side by side, so they are one. */
    private SDVariable heads(int stride, SDVariable x) throws ModelFormatException {
      String name = "head.s" + stride;
      SDVariable y =
          graph
              .cnn()
              .conv2d(
                  x,
                  constant(
                      name + ".pw.weight",
                      () -> kernel(ofHeads(stride, ".pw.weight", FEATURES, 1), FEATURES, 1)),
                  constant(name + ".pw.bias", () -> vector(ofHeads(stride, ".pw.bias"))),
                  Graphs.convolution(1, 1, 0));
      return graph
          .cnn()
          .depthWiseConv2d(
              y,
              constant(name + ".dw.weight", () -> depthwise(ofHeads(stride, ".dw.weight", 1, 3))),
              constant(name + ".dw.bias", () -> vector(ofHeads(stride, ".dw.bias"))),
              Graphs.convolution(3, 1, 1));
    }

    /** The tensors of the four heads, one after the other: [{@link #VALUES}] and the rest. */
    private float[] ofHeads(int stride, String tensor, int... rest) throws ModelFormatException {
      List<float[]> parts = new ArrayList<>();
      for (int h = 0; h < HEADS.length; h++) {
        int[] shape =
            rest.length == 0
                ? new int[] {HEAD_VALUES[h]}
                : new int[] {HEAD_VALUES[h], rest[0], rest[1], rest[1]};
        parts.add(weights.require("head." + HEADS[h] + ".s" + stride + tensor, shape));
      }
      return Floats.concat(parts.toArray(new float[0][]));
    }

    private SDVariable kernel(String name, int outputs, int inputs, int side)
        throws ModelFormatException {
      String tensor = name + ".weight";
      return constant(
          tensor, () -> kernel(weights.require(tensor, outputs, inputs, side, side), inputs, side));
    }

    private SDVariable bias(String name, int outputs) throws ModelFormatException {
      String tensor = name + ".bias";
      return constant(tensor, () -> vector(weights.require(tensor, outputs)));
    }

    private SDVariable depthwise(String name, int channels) throws ModelFormatException {
      String tensor = name + ".weight";
      return constant(tensor, () -> depthwise(weights.require(tensor, channels, 1, 3, 3)));
    }

    @FunctionalInterface
    private interface Layout {
      INDArray make() throws ModelFormatException;
    }

    private SDVariable constant(String name, Layout layout) throws ModelFormatException {
      INDArray array = constants.get(name);
      if (array == null) {
        array = layout.make();
        constants.put(name, array);
      }
      return graph.constant(name, array);
    }

    private static INDArray kernel(float[] values, int inputs, int side) {
      return Graphs.kernel(values, values.length / (inputs * side * side), inputs, side, side);
    }

    /** [C, 1, 3, 3] becomes [3, 3, C, 1], which has the order of [3, 3, 1, C]. */
    private static INDArray depthwise(float[] values) {
      int channels = values.length / 9;
      return Graphs.kernel(values, channels, 1, 3, 3).reshape(3, 3, channels, 1);
    }

    private static INDArray vector(float[] values) {
      return Engine.array(values, values.length);
    }

    private SDVariable pool(SDVariable x) {
      return graph
          .cnn()
          .maxPooling2d(
              x,
              Pooling2DConfig.builder()
                  .kH(2)
                  .kW(2)
                  .sH(2)
                  .sW(2)
                  .paddingMode(PaddingMode.VALID)
                  .build());
    }

    private SDVariable twice(SDVariable x) {
      return graph.cnn().upsampling2d(x, 2, 2, true);
    }
  }
}
