package org.inpaint4j.eval.metric;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.FeatureNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Inception-V3 up to its last pooling (Szegedy, Vanhoucke, Ioffe, Shlens, Wojna, Rethinking the
 * Inception Architecture for Computer Vision, 2016), in the two variants whose weights are
 * published. Batch normalisation is folded into the convolutions.
 *
 * <p>The original network of Heusel et al. runs in TensorFlow. Its mean pooling divides by the
 * number of pixels inside the image, and the last block has a maximum where the paper has a mean.
 * pytorch-fid keeps both, and so does this class for its weights.
 */
final class InceptionV3 implements FeatureNetwork {

  private static final double EPSILON = 0.001;
  private static final int FID_CLASSES = 1008;

  private final Map<String, Convolution> convolutions = new LinkedHashMap<>();
  private final boolean original;
  private final String identity;

  /** A convolution with its batch normalisation folded in. */
  private static final class Convolution {
    final int[] shape;
    final float[] kernel;
    final float[] bias;

    Convolution(int[] shape, float[] kernel, float[] bias) {
      this.shape = shape;
      this.kernel = kernel;
      this.bias = bias;
    }
  }

  private InceptionV3(Weights weights) throws IOException {
    String conv = ".conv.weight";
    if (!weights.names().contains("fc.weight")
        || !weights.names().contains("Mixed_7c.branch_pool" + conv)) {
      throw new ModelFormatException(
          weights.source(),
          "weights of Inception-V3 must have fc.weight and Mixed_7c.branch_pool.conv.weight: found"
              + " neither pytorch-fid's nor torchvision's names");
    }
    original = weights.shape("fc.weight")[0] == FID_CLASSES;
    identity =
        (original ? "inception_v3 (FID)" : "inception_v3 (torchvision)")
            + " sha256:"
            + weights.sha256();
    for (String name : weights.names()) {
      if (name.endsWith(conv) && !name.startsWith("AuxLogits")) {
        String layer = name.substring(0, name.length() - conv.length());
        convolutions.put(layer, folded(weights, layer));
      }
    }
  }

  static InceptionV3 of(Weights weights) throws IOException {
    InceptionV3 network = new InceptionV3(weights);
    // Every layer that the graph asks for is looked up once here, so that errors come early.
    SameDiff graph = Engine.newGraph();
    try {
      network.features(graph, graph.placeHolder("images", DataType.FLOAT, -1, 3, 299, 299));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(weights.source(), String.valueOf(e.getMessage()));
    }
    return network;
  }

  /** What a Fréchet distance of these features is called. */
  String distanceName() {
    return original ? "FID" : "FID (torchvision Inception-V3)";
  }

  private static Convolution folded(Weights weights, String layer) throws IOException {
    int[] shape = weights.shape(layer + ".conv.weight");
    float[] kernel = weights.values(layer + ".conv.weight");
    float[] gamma = parameter(weights, layer + ".bn.weight", shape[0]);
    float[] beta = parameter(weights, layer + ".bn.bias", shape[0]);
    float[] mean = parameter(weights, layer + ".bn.running_mean", shape[0]);
    float[] variance = parameter(weights, layer + ".bn.running_var", shape[0]);
    float[] bias = new float[shape[0]];
    int each = kernel.length / shape[0];
    for (int o = 0; o < bias.length; o++) {
      double scale = gamma[o] / Math.sqrt(variance[o] + EPSILON);
      bias[o] = (float) (beta[o] - mean[o] * scale);
      for (int k = 0; k < each; k++) {
        kernel[o * each + k] = (float) (kernel[o * each + k] * scale);
      }
    }
    return new Convolution(shape, kernel, bias);
  }

  private static float[] parameter(Weights weights, String name, int length) throws IOException {
    if (!weights.names().contains(name)
        || !Arrays.equals(weights.shape(name), new int[] {length})) {
      throw new ModelFormatException(
          weights.source(), "tensor " + name + " must be there with " + length + " values");
    }
    return weights.values(name);
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public List<SDVariable> features(SameDiff graph, SDVariable images) {
    Builder net = new Builder(graph);
    SDVariable x = net.conv(images, "Conv2d_1a_3x3", 2, 0, 0);
    x = net.conv(x, "Conv2d_2a_3x3", 1, 0, 0);
    SDVariable first = net.conv(x, "Conv2d_2b_3x3", 1, 1, 1);
    x = net.maxPool(first, 2, 0);
    x = net.conv(x, "Conv2d_3b_1x1", 1, 0, 0);
    SDVariable second = net.conv(x, "Conv2d_4a_3x3", 1, 0, 0);
    x = net.maxPool(second, 2, 0);
    for (String block : new String[] {"Mixed_5b", "Mixed_5c", "Mixed_5d"}) {
      x = net.blockA(x, block);
    }
    SDVariable third = x;
    x = net.blockB(x, "Mixed_6a");
    for (String block : new String[] {"Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e"}) {
      x = net.blockC(x, block);
    }
    SDVariable fourth = x;
    x = net.blockD(x, "Mixed_7a");
    x = net.blockE(x, "Mixed_7b", false);
    x = net.blockE(x, "Mixed_7c", original);
    return List.of(first, second, third, fourth, x);
  }

  /** Adds layers to one graph; blocks are named as in torchvision. */
  private final class Builder {

    private final SameDiff graph;

    Builder(SameDiff graph) {
      this.graph = graph;
    }

    SDVariable conv(SDVariable x, String name, int stride, int padHeight, int padWidth) {
      Convolution layer = convolutions.get(name);
      if (layer == null) {
        throw new IllegalArgumentException(
            "weights of Inception-V3 must have " + name + ".conv.weight: found none");
      }
      int[] s = layer.shape;
      INDArray kernel = Graphs.kernel(layer.kernel, s[0], s[1], s[2], s[3]);
      Conv2DConfig config =
          Conv2DConfig.builder()
              .kH(s[2])
              .kW(s[3])
              .sH(stride)
              .sW(stride)
              .pH(padHeight)
              .pW(padWidth)
              .paddingMode(PaddingMode.VALID)
              .build();
      SDVariable bias = graph.constant(Nd4j.createFromArray(layer.bias));
      return graph.nn().relu(graph.cnn().conv2d(x, graph.constant(kernel), bias, config), 0);
    }

    SDVariable maxPool(SDVariable x, int stride, int pad) {
      return graph.cnn().maxPooling2d(x, pooling(stride, pad, false));
    }

    /** The mean of 3x3, over the pixels that are there or over nine, as the weights want it. */
    SDVariable averagePool(SDVariable x) {
      return graph.cnn().avgPooling2d(x, pooling(1, 1, !original));
    }

    private Pooling2DConfig pooling(int stride, int pad, boolean countPadding) {
      return Pooling2DConfig.builder()
          .kH(3)
          .kW(3)
          .sH(stride)
          .sW(stride)
          .pH(pad)
          .pW(pad)
          .divisor(
              countPadding ? Pooling2D.Divisor.INCLUDE_PADDING : Pooling2D.Divisor.EXCLUDE_PADDING)
          .extra(countPadding ? 1 : 0)
          .paddingMode(PaddingMode.VALID)
          .build();
    }

    SDVariable blockA(SDVariable x, String block) {
      SDVariable one = conv(x, block + ".branch1x1", 1, 0, 0);
      SDVariable five = conv(x, block + ".branch5x5_1", 1, 0, 0);
      five = conv(five, block + ".branch5x5_2", 1, 2, 2);
      SDVariable three = conv(x, block + ".branch3x3dbl_1", 1, 0, 0);
      three = conv(three, block + ".branch3x3dbl_2", 1, 1, 1);
      three = conv(three, block + ".branch3x3dbl_3", 1, 1, 1);
      SDVariable pool = conv(averagePool(x), block + ".branch_pool", 1, 0, 0);
      return graph.concat(1, one, five, three, pool);
    }

    SDVariable blockB(SDVariable x, String block) {
      SDVariable three = conv(x, block + ".branch3x3", 2, 0, 0);
      SDVariable twice = conv(x, block + ".branch3x3dbl_1", 1, 0, 0);
      twice = conv(twice, block + ".branch3x3dbl_2", 1, 1, 1);
      twice = conv(twice, block + ".branch3x3dbl_3", 2, 0, 0);
      return graph.concat(1, three, twice, maxPool(x, 2, 0));
    }

    SDVariable blockC(SDVariable x, String block) {
      SDVariable one = conv(x, block + ".branch1x1", 1, 0, 0);
      SDVariable seven = conv(x, block + ".branch7x7_1", 1, 0, 0);
      seven = conv(seven, block + ".branch7x7_2", 1, 0, 3);
      seven = conv(seven, block + ".branch7x7_3", 1, 3, 0);
      SDVariable twice = conv(x, block + ".branch7x7dbl_1", 1, 0, 0);
      twice = conv(twice, block + ".branch7x7dbl_2", 1, 3, 0);
      twice = conv(twice, block + ".branch7x7dbl_3", 1, 0, 3);
      twice = conv(twice, block + ".branch7x7dbl_4", 1, 3, 0);
      twice = conv(twice, block + ".branch7x7dbl_5", 1, 0, 3);
      SDVariable pool = conv(averagePool(x), block + ".branch_pool", 1, 0, 0);
      return graph.concat(1, one, seven, twice, pool);
    }

    SDVariable blockD(SDVariable x, String block) {
      SDVariable three = conv(x, block + ".branch3x3_1", 1, 0, 0);
      three = conv(three, block + ".branch3x3_2", 2, 0, 0);
      SDVariable seven = conv(x, block + ".branch7x7x3_1", 1, 0, 0);
      seven = conv(seven, block + ".branch7x7x3_2", 1, 0, 3);
      seven = conv(seven, block + ".branch7x7x3_3", 1, 3, 0);
      seven = conv(seven, block + ".branch7x7x3_4", 2, 0, 0);
      return graph.concat(1, three, seven, maxPool(x, 2, 0));
    }

    SDVariable blockE(SDVariable x, String block, boolean maximum) {
      SDVariable one = conv(x, block + ".branch1x1", 1, 0, 0);
      SDVariable three = conv(x, block + ".branch3x3_1", 1, 0, 0);
      SDVariable wide = conv(three, block + ".branch3x3_2a", 1, 0, 1);
      SDVariable high = conv(three, block + ".branch3x3_2b", 1, 1, 0);
      SDVariable twice = conv(x, block + ".branch3x3dbl_1", 1, 0, 0);
      twice = conv(twice, block + ".branch3x3dbl_2", 1, 1, 1);
      SDVariable twiceWide = conv(twice, block + ".branch3x3dbl_3a", 1, 0, 1);
      SDVariable twiceHigh = conv(twice, block + ".branch3x3dbl_3b", 1, 1, 0);
      SDVariable pooled = maximum ? maxPool(x, 1, 1) : averagePool(x);
      SDVariable pool = conv(pooled, block + ".branch_pool", 1, 0, 0);
      return graph.concat(1, one, wide, high, twiceWide, twiceHigh, pool);
    }
  }
}
