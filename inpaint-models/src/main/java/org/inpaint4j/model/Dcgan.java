package org.inpaint4j.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;

/**
 * DCGAN: Radford, Metz, Chintala, <i>Unsupervised Representation Learning with Deep Convolutional
 * Generative Adversarial Networks</i>, ICLR 2016, in the layout that PyTorch's tutorial made
 * common.
 *
 * <p>Weights are found by the keys of that layout, below any prefix: {@code main.0.weight} and so
 * on. A generator is a row of 4x4 transposed convolutions with batch norm and ReLU between them and
 * tanh at the end; a discriminator is a row of 4x4 convolutions with LeakyReLU 0.2 and, but for the
 * first and the last, batch norm. Latent size, number of filters, channels, and image size (32, 64,
 * 128, …: four times two to the number of layers less one) follow from the shapes of the weights.
 *
 * <p>Both are used at inference: batch norm applies the statistics of training, folded into the
 * convolutions, so that images of a batch do not influence one another.
 *
 * <p>Do not use it for images of more than one kind or above 128 pixels: its samples lose coherence
 * there.
 */
public final class Dcgan {

  /** PyTorch's default. */
  static final double EPSILON = 1e-5;

  private static final double LEAK = 0.2;
  private static final int KERNEL = 4;
  private static final int MAX_LAYERS = 9;

  private Dcgan() {}

  /**
   * A generator like a DCGAN's with what suits it: the weighted context loss with a weight of 0.02
   * on all known pixels, {@link org.inpaint4j.search.SearchOptions#balanced}, and blending by the
   * distance to known pixels. Chosen on faces of 64 pixels (docs/searching.md).
   *
   * @param generator the network that is searched
   * @param discriminator its discriminator, if there is one; the losses do not need it
   * @return the model
   */
  public static LatentModel model(Generator generator, Optional<Discriminator> discriminator) {
    return FileModel.likeDcgan(generator, discriminator);
  }

  /**
   * A generator from its weights.
   *
   * @param weights what holds the weights of one DCGAN generator, and perhaps other tensors
   * @return the generator; its latent space is N(0, 1), its range -1 to 1
   * @throws ModelFormatException if the weights hold none, more than one, or one whose shapes do
   *     not fit together
   */
  public static Generator generator(Weights weights) throws ModelFormatException {
    return new DcganGenerator(generatorWeights(weights));
  }

  /**
   * The part of weights that is a generator, for training it further.
   *
   * @param weights what holds the weights of one DCGAN generator, and perhaps other tensors
   * @return its tensors, {@code main.0.weight} and so on
   * @throws ModelFormatException if the weights hold none or more than one
   */
  public static Weights generatorWeights(Weights weights) throws ModelFormatException {
    return find(weights, true);
  }

  /**
   * The part of weights that is a discriminator, for training it further.
   *
   * @param weights what holds the weights of one DCGAN discriminator, and perhaps other tensors
   * @return its tensors, {@code main.0.weight} and so on
   * @throws ModelFormatException if the weights hold none or more than one
   */
  public static Weights discriminatorWeights(Weights weights) throws ModelFormatException {
    return find(weights, false);
  }

  /**
   * A discriminator from its weights.
   *
   * @param weights what holds the weights of one DCGAN discriminator, and perhaps other tensors
   * @return the discriminator; it returns the logit, before the sigmoid of its training
   * @throws ModelFormatException if the weights hold none, more than one, or one whose shapes do
   *     not fit together
   */
  public static Discriminator discriminator(Weights weights) throws ModelFormatException {
    return new DcganDiscriminator(discriminatorWeights(weights));
  }

  /** Whether weights hold a generator (or a discriminator), whatever its shapes. */
  static boolean isIn(Weights weights, boolean generator) {
    return !prefixes(weights, generator).isEmpty();
  }

  /** The weights of the one generator (or discriminator). */
  static Weights find(Weights weights, boolean generator) throws ModelFormatException {
    List<String> prefixes = prefixes(weights, generator);
    if (prefixes.size() != 1) {
      String network = generator ? "generator" : "discriminator";
      throw weights.problem(
          prefixes.isEmpty()
              ? "weights must hold a DCGAN "
                  + network
                  + ": expected a key main.0.weight, found "
                  + firstNames(weights)
              : "weights must hold one DCGAN "
                  + network
                  + " (choose one with Weights.under): found "
                  + prefixes);
    }
    return weights.under(prefixes.get(0));
  }

  /** A generator has batch norm after its first layer, a discriminator has none there. */
  private static List<String> prefixes(Weights weights, boolean generator) {
    String first = "main.0.weight";
    List<String> prefixes = new ArrayList<>();
    for (String name : weights.names()) {
      if (name.endsWith(first) && (name.length() == first.length() || dotBefore(name, first))) {
        String prefix = name.substring(0, name.length() - first.length());
        if (weights.has(prefix + (generator ? "main.1.running_mean" : "main.2.weight"))) {
          prefixes.add(prefix);
        }
      }
    }
    return prefixes;
  }

  private static boolean dotBefore(String name, String suffix) {
    return name.charAt(name.length() - suffix.length() - 1) == '.';
  }

  static String firstNames(Weights weights) {
    List<String> first = weights.names().stream().limit(5).toList();
    return weights.names().size() > first.size()
        ? first + " and " + (weights.names().size() - first.size()) + " more"
        : first.toString();
  }

  /**
   * A convolution with what follows it folded in.
   *
   * <p>The kernel is [4, 4, a, b]: PyTorch's [b, a, 4, 4] with its dimensions in the order that
   * both of ND4J's operations take; the first layer of a generator and the last of a discriminator
   * are matrices and stay as they are. The bias is one value an output channel, or null if all are
   * zero.
   */
  private static final class Layer {
    private final int inputs;
    private final int outputs;
    private final float[] kernel;
    private final float @Nullable [] bias;

    Layer(int inputs, int outputs, float[] kernel, float @Nullable [] bias) {
      this.inputs = inputs;
      this.outputs = outputs;
      this.kernel = kernel;
      this.bias = bias;
    }

    SDVariable biasIn(SameDiff graph, String name) {
      return Graphs.constant(graph, name, requireNonNull(bias), outputs);
    }
  }

  /** Scale and shift of batch norm at inference, folded into numbers for each channel. */
  private static float[][] batchNorm(Weights weights, int index, int channels)
      throws ModelFormatException {
    String name = "main." + index + ".";
    float[] gamma = weights.require(name + "weight", channels);
    float[] beta = weights.require(name + "bias", channels);
    float[] mean = weights.require(name + "running_mean", channels);
    float[] variance = weights.require(name + "running_var", channels);
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int c = 0; c < channels; c++) {
      if (variance[c] < 0) {
        throw weights.problem(
            "tensor " + name + "running_var must not be negative: found " + variance[c]);
      }
      double factor = gamma[c] / Math.sqrt(variance[c] + EPSILON);
      scale[c] = (float) factor;
      shift[c] = (float) (beta[c] - mean[c] * factor);
    }
    return new float[][] {scale, shift};
  }

  /** The layers' indices in {@code main}, checked to be 4x4 convolutions. */
  static List<Integer> convolutions(Weights weights, int first, int step)
      throws ModelFormatException {
    List<Integer> indices = new ArrayList<>(List.of(0));
    for (int i = first; weights.has("main." + i + ".weight"); i += step) {
      indices.add(i);
    }
    if (indices.size() < 2 || indices.size() > MAX_LAYERS) {
      throw weights.problem(
          "a DCGAN must have 2 to " + MAX_LAYERS + " convolutions: found " + indices.size());
    }
    for (int index : indices) {
      String name = "main." + index + ".weight";
      int[] shape = weights.require(name).shape();
      if (shape.length != 4 || shape[0] == 0 || shape[1] == 0 || shape[2] != 4 || shape[3] != 4) {
        throw weights.shapeProblem(name, "[a, b, 4, 4]");
      }
    }
    return indices;
  }

  private static int channels(Weights weights, int channels) throws ModelFormatException {
    if (channels != 1 && channels != 3) {
      throw weights.problem("a DCGAN must have 1 or 3 image channels: found " + channels);
    }
    return channels;
  }

  private static final class DcganGenerator implements Generator {

    private final List<Layer> layers = new ArrayList<>();
    private final int latentSize;
    private final ImageShape imageShape;
    private final String identity;

    DcganGenerator(Weights weights) throws ModelFormatException {
      List<Integer> indices = convolutions(weights, 3, 3);
      latentSize = weights.require("main.0.weight").shape()[0];
      int inputs = latentSize;
      for (int index : indices) {
        boolean last = layers.size() == indices.size() - 1;
        String name = "main." + index + ".weight";
        int outputs = weights.require(name).shape()[1];
        float[] kernel = weights.require(name, inputs, outputs, KERNEL, KERNEL);
        float[][] norm = last ? null : batchNorm(weights, index + 1, outputs);
        float @Nullable [] scale = norm == null ? null : norm[0];
        float @Nullable [] shift = norm == null ? null : norm[1];
        layers.add(
            layers.isEmpty()
                ? first(kernel, inputs, outputs, scale, shift)
                : new Layer(inputs, outputs, turned(kernel, inputs, outputs, scale, true), shift));
        inputs = outputs;
      }
      int size = KERNEL << (indices.size() - 1);
      imageShape = new ImageShape(channels(weights, inputs), new Size(size, size));
      identity = "dcgan " + latentSize + "->" + imageShape + " sha256:" + weights.sha256();
    }

    /** The 1x1 to 4x4 layer is a matrix product: rows are latents, columns channel, row, column. */
    private static Layer first(
        float[] kernel,
        int inputs,
        int outputs,
        float @Nullable [] scale,
        float @Nullable [] shift) {
      int area = KERNEL * KERNEL;
      float[] matrix = kernel.clone();
      float[] bias = new float[outputs * area];
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] *= scale == null ? 1 : scale[i / area % outputs];
      }
      for (int i = 0; i < bias.length; i++) {
        bias[i] = shift == null ? 0 : shift[i / area];
      }
      return new Layer(inputs, outputs, matrix, bias);
    }

    @Override
    public LatentSpace latentSpace() {
      return LatentSpace.standardNormal(latentSize);
    }

    @Override
    public ImageShape imageShape() {
      return imageShape;
    }

    @Override
    public String identity() {
      return identity;
    }

    @Override
    public String toString() {
      return identity;
    }

    @Override
    public SDVariable generate(SameDiff graph, SDVariable latent) {
      String scope = Graphs.freshScope(graph, "dcganG");
      SDVariable x = latent;
      for (int i = 0; i < layers.size(); i++) {
        Layer layer = layers.get(i);
        String kernel = scope + "w" + i;
        String bias = scope + "b" + i;
        if (i == 0) {
          int columns = layer.outputs * KERNEL * KERNEL;
          x = graph.mmul(x, Graphs.constant(graph, kernel, layer.kernel, layer.inputs, columns));
          x = x.add(Graphs.constant(graph, bias, requireNonNull(layer.bias), columns));
          x = graph.reshape(x, -1, layer.outputs, KERNEL, KERNEL);
        } else {
          SDVariable weights =
              Graphs.constant(
                  graph, kernel, layer.kernel, KERNEL, KERNEL, layer.outputs, layer.inputs);
          DeConv2DConfig doubling = Graphs.deconvolution(KERNEL, 2, 1);
          x =
              layer.bias == null
                  ? graph.cnn().deconv2d(x, weights, doubling)
                  : graph.cnn().deconv2d(x, weights, layer.biasIn(graph, bias), doubling);
        }
        boolean last = i == layers.size() - 1;
        x = last ? graph.math().tanh(x) : graph.nn().relu(x, 0);
      }
      return x;
    }
  }

  private static final class DcganDiscriminator implements Discriminator {

    private final List<Layer> layers = new ArrayList<>();
    private final ImageShape imageShape;

    DcganDiscriminator(Weights weights) throws ModelFormatException {
      List<Integer> indices = convolutions(weights, 2, 3);
      int channels = weights.require("main.0.weight").shape()[1];
      int inputs = channels;
      for (int index : indices) {
        boolean last = layers.size() == indices.size() - 1;
        String name = "main." + index + ".weight";
        int outputs = last ? 1 : weights.require(name).shape()[0];
        float[] kernel = weights.require(name, outputs, inputs, KERNEL, KERNEL);
        float[][] norm = last || layers.isEmpty() ? null : batchNorm(weights, index + 1, outputs);
        float @Nullable [] scale = norm == null ? null : norm[0];
        float @Nullable [] shift = norm == null ? null : norm[1];
        layers.add(
            last
                ? new Layer(inputs, 1, kernel, null)
                : new Layer(inputs, outputs, turned(kernel, outputs, inputs, scale, false), shift));
        inputs = outputs;
      }
      int size = KERNEL << (indices.size() - 1);
      imageShape = new ImageShape(channels(weights, channels), new Size(size, size));
    }

    @Override
    public ImageShape imageShape() {
      return imageShape;
    }

    @Override
    public SDVariable logits(SameDiff graph, SDVariable images) {
      String scope = Graphs.freshScope(graph, "dcganD");
      SDVariable x = images;
      for (int i = 0; i < layers.size() - 1; i++) {
        Layer layer = layers.get(i);
        SDVariable weights =
            Graphs.constant(
                graph, scope + "w" + i, layer.kernel, KERNEL, KERNEL, layer.inputs, layer.outputs);
        Conv2DConfig halving = Graphs.convolution(KERNEL, 2, 1);
        x =
            layer.bias == null
                ? graph.cnn().conv2d(x, weights, halving)
                : graph.cnn().conv2d(x, weights, layer.biasIn(graph, scope + "b" + i), halving);
        x = graph.nn().leakyRelu(x, LEAK);
      }
      // The 4x4 to 1x1 layer is a matrix product.
      Layer last = layers.get(layers.size() - 1);
      int rows = last.inputs * KERNEL * KERNEL;
      x = graph.reshape(x, -1, rows);
      x = graph.mmul(x, Graphs.constant(graph, scope + "w", last.kernel, rows, 1));
      return graph.reshape(x, -1);
    }
  }

  /**
   * Turns a kernel from [b, a, 4, 4] to [4, 4, a, b], and scales its output channels.
   *
   * @param scaleA whether the output channels are dimension a, or b
   */
  private static float[] turned(
      float[] kernel, int b, int a, float @Nullable [] scale, boolean scaleA) {
    float[] turned = new float[kernel.length];
    for (int i = 0, from = 0; i < b; i++) {
      for (int j = 0; j < a; j++) {
        float factor = scale == null ? 1 : scale[scaleA ? j : i];
        for (int y = 0; y < KERNEL; y++) {
          for (int x = 0; x < KERNEL; x++) {
            turned[((y * KERNEL + x) * a + j) * b + i] = factor * kernel[from++];
          }
        }
      }
    }
    return turned;
  }
}
