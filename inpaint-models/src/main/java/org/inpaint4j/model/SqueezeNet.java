package org.inpaint4j.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.inpaint4j.image.Internal;
import org.inpaint4j.network.FeatureNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * SqueezeNet 1.0 trained on ImageNet, without its classifier.
 *
 * <p>Iandola, Han, Moskewicz, Ashraf, Dally, Keutzer, SqueezeNet: AlexNet-level accuracy with 50x
 * fewer parameters and &lt; 0.5 MB model size, 2016. The weights shipped are those of Deep
 * Compression's repository (BSD 2-Clause). Small and quick. Not for comparing with published FID
 * values, which need Inception-V3.
 *
 * <p>Features: the activations before each of the three poolings and the last, with 96, 256, 512
 * and 512 channels at about a half, a quarter, an eighth and a sixteenth of the size. Images are at
 * least 32x32; the network was trained on 227x227.
 */
public final class SqueezeNet implements FeatureNetwork {

  /** The means that were subtracted in training, of blue, green and red from 0 to 255. */
  @Internal public static final List<Integer> MEAN_BGR = List.of(104, 117, 123);

  /** The channels of {@link #wholeLayers}. */
  @Internal public static final List<Integer> WHOLE_CHANNELS = List.of(96, 128, 384, 512, 512);

  /** The layers by their number in torchvision's naming; 0 stands for a pooling. */
  private static final int[] FIRES = {0, 3, 4, 5, 0, 7, 8, 9, 10, 0, 12};

  /** Stands for the first convolution among the layers that are wanted. */
  private static final int FIRST = -1;

  /** The layers of {@link #features}, by their number: before each pooling, and the last one. */
  private static final Set<Integer> FEATURES = Set.of(FIRST, 5, 10, 12);

  /**
   * The layers of {@link #wholeLayers}: conv1, fire3, fire6, fire8 and fire9 in the paper's names.
   */
  private static final Set<Integer> WHOLE = Set.of(FIRST, 4, 8, 10, 12);

  /** The first convolution for images from -1 to 1. */
  private final Convolution first;

  private final List<Convolution> convolutions = new ArrayList<>();
  private final String identity;

  /** A convolution with its bias and a rectifier. */
  private static final class Convolution {

    /** [oC, iC, k, k] as PyTorch has it. */
    final float[] kernel;

    final float[] bias;
    final int inputs;
    final int outputs;
    final int size;

    Convolution(float[] kernel, float[] bias, int inputs, int outputs, int size) {
      this.kernel = kernel;
      this.bias = bias;
      this.inputs = inputs;
      this.outputs = outputs;
      this.size = size;
    }
  }

  private SqueezeNet(Weights weights) throws ModelFormatException {
    identity = "squeezenet1_0 sha256:" + weights.sha256();
    convolutions.add(read(weights, "features.0", 3, 96, 7));
    first = withPreprocessing(convolutions.get(0));
    int channels = 96;
    for (int fire : FIRES) {
      if (fire > 0) {
        String name = "features." + fire + ".";
        int squeeze = fire <= 4 ? 16 : fire <= 7 ? 32 : fire <= 9 ? 48 : 64;
        int expand = 4 * squeeze;
        convolutions.add(read(weights, name + "squeeze", channels, squeeze, 1));
        convolutions.add(read(weights, name + "expand1x1", squeeze, expand, 1));
        convolutions.add(read(weights, name + "expand3x3", squeeze, expand, 3));
        channels = 2 * expand;
      }
    }
  }

  /**
   * The network with the weights shipped.
   *
   * @return the network
   */
  public static SqueezeNet load() {
    try {
      return new SqueezeNet(Weights.ofResource(SqueezeNet.class, "squeezenet1_0.safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The network with other weights.
   *
   * @param weights tensors named as those of torchvision's {@code squeezenet1_0}, for an input of
   *     blue, green, red from 0 to 255 minus (104, 117, 123); the classifier is not needed
   * @return the network
   * @throws ModelFormatException if a tensor is missing or has another shape
   */
  public static SqueezeNet of(Weights weights) throws ModelFormatException {
    return new SqueezeNet(weights);
  }

  private static Convolution read(Weights weights, String name, int inputs, int outputs, int size)
      throws ModelFormatException {
    return new Convolution(
        weights.require(name + ".weight", outputs, inputs, size, size),
        weights.require(name + ".bias", outputs),
        inputs,
        outputs,
        size);
  }

  /**
   * The first convolution for red, green, blue from -1 to 1. This is exact, because that layer has
   * no padding: with x = 127.5 (v + 1) - mean the kernel is scaled, and the rest is a constant in
   * the bias.
   */
  private static Convolution withPreprocessing(Convolution bgr) {
    int area = bgr.size * bgr.size;
    float[] kernel = new float[bgr.kernel.length];
    float[] bias = new float[bgr.outputs];
    for (int o = 0; o < bgr.outputs; o++) {
      double constant = bgr.bias[o];
      for (int c = 0; c < 3; c++) {
        for (int k = 0; k < area; k++) {
          double weight = bgr.kernel[(o * 3 + c) * area + k];
          kernel[(o * 3 + 2 - c) * area + k] = (float) (127.5 * weight);
          constant += (127.5 - MEAN_BGR.get(c)) * weight;
        }
      }
      bias[o] = (float) constant;
    }
    return new Convolution(kernel, bias, 3, bgr.outputs, bgr.size);
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public List<SDVariable> features(SameDiff graph, SDVariable images) {
    String scope = Graphs.freshScope(graph, "squeezenet");
    return layers(graph, scope, convolve(graph, images, scope + 0, first, 0), FEATURES);
  }

  /**
   * Layers for a distance of features. Unlike {@link #features} the first convolution is padded, so
   * that the border of the picture is seen.
   *
   * @param graph takes their operations
   * @param images [N, 3, H, W] blue, green and red from 0 to 255, minus {@link #MEAN_BGR}; at least
   *     15 pixels high and wide
   * @return conv1, fire3, fire6, fire8 and fire9 in the paper's names, with {@link #WHOLE_CHANNELS}
   */
  @Internal
  public List<SDVariable> wholeLayers(SameDiff graph, SDVariable images) {
    String scope = Graphs.freshScope(graph, "squeezenet");
    SDVariable x = convolve(graph, images, scope + 0, convolutions.get(0), 3);
    return layers(graph, scope, x, WHOLE);
  }

  private List<SDVariable> layers(
      SameDiff graph, String scope, SDVariable afterFirst, Set<Integer> wanted) {
    List<SDVariable> layers = new ArrayList<>();
    SDVariable x = afterFirst;
    int next = 1;
    int layer = FIRST;
    for (int fire : FIRES) {
      if (wanted.contains(layer)) {
        layers.add(x);
      }
      layer = fire;
      if (fire == 0) {
        x = pool(graph, x);
      } else {
        SDVariable squeezed = convolve(graph, scope, x, next);
        SDVariable narrow = convolve(graph, scope, squeezed, next + 1);
        SDVariable wide = convolve(graph, scope, squeezed, next + 2);
        x = graph.concat(1, narrow, wide);
        next += 3;
      }
    }
    layers.add(x);
    return layers;
  }

  private SDVariable convolve(SameDiff graph, String scope, SDVariable x, int number) {
    Convolution layer = convolutions.get(number);
    return convolve(graph, x, scope + number, layer, layer.size == 3 ? 1 : 0);
  }

  private static SDVariable convolve(
      SameDiff graph, SDVariable x, String name, Convolution layer, int padding) {
    INDArray kernel =
        Graphs.kernel(layer.kernel, layer.outputs, layer.inputs, layer.size, layer.size);
    SDVariable weights = graph.constant(name + "w", kernel);
    SDVariable bias = graph.constant(name + "b", Nd4j.createFromArray(layer.bias));
    int stride = layer.size == 7 ? 2 : 1;
    SDVariable y =
        graph.cnn().conv2d(x, weights, bias, Graphs.convolution(layer.size, stride, padding));
    return graph.nn().relu(y, 0);
  }

  /**
   * Pooling 3x3 with stride 2 in ceil mode. One more row and column of zeros at the far sides make
   * the plain mode give the same result, for even and odd sizes. The zeros never change a maximum,
   * because all values are rectified.
   */
  private static SDVariable pool(SameDiff graph, SDVariable x) {
    SDVariable padding =
        graph.constant(Nd4j.createFromArray(new int[][] {{0, 0}, {0, 0}, {0, 1}, {0, 1}}));
    Pooling2DConfig config =
        Pooling2DConfig.builder().kH(3).kW(3).sH(2).sW(2).paddingMode(PaddingMode.VALID).build();
    return graph.cnn().maxPooling2d(graph.nn().pad(x, padding, 0), config);
  }
}
