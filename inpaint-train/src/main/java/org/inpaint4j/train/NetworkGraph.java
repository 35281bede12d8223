package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.model.Graphs;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One network of a DCGAN in a graph, its parameters being inputs: Radford, Metz, Chintala,
 * <i>Unsupervised Representation Learning with Deep Convolutional Generative Adversarial
 * Networks</i>, ICLR 2016, in the layout of PyTorch's tutorial.
 */
final class NetworkGraph {

  private static final int KERNEL = 4;
  private static final double LEAK = 0.2;

  private final SameDiff graph;
  private final TrainingOptions options;
  private final ParameterInputs parameters;

  /**
   * Adds the placeholders of the parameters.
   *
   * @param prefix what their names start with
   */
  NetworkGraph(SameDiff graph, TrainingOptions options, Shape shape, String prefix) {
    this.graph = graph;
    this.options = options;
    parameters = new ParameterInputs(graph, shape, prefix);
  }

  /** The parameters, in the order of the shape. */
  List<SDVariable> parameters() {
    return parameters.inOrder();
  }

  /**
   * What a network computes.
   *
   * @param value images or logits
   * @param norms the batch norm layers, in the order of the shape; none of a discriminator whose
   *     norms are of each image
   */
  record Output(SDVariable value, List<BatchNorm> norms) {}

  /** Adds the batch norm layer of a number, from 0, to what comes in. */
  private interface Normalisation {
    BatchNorm add(int layer, SDVariable x, String name, int[] shape);
  }

  /**
   * Images from latents, in training mode.
   *
   * @param z [N, latent size]
   * @return [N, C, H, W] in -1 to 1
   */
  Output generate(SDVariable z) {
    return generate(z, (layer, x, name, shape) -> norm(x, name, shape));
  }

  /**
   * Images from latents, normalised by the statistics of another batch.
   *
   * @param z [N, latent size]
   * @param statistics mean and variance of each batch norm layer, [1, C, 1, 1]
   * @return [N, C, H, W] in -1 to 1
   */
  Output generate(SDVariable z, List<SDVariable[]> statistics) {
    return generate(
        z,
        (layer, x, name, shape) ->
            BatchNorm.with(
                x,
                shape,
                statistics.get(layer)[0],
                statistics.get(layer)[1],
                parameter(name + ".weight"),
                parameter(name + ".bias")));
  }

  private Output generate(SDVariable z, Normalisation normalisation) {
    List<BatchNorm> norms = new ArrayList<>();
    int batch = options.batchSize();
    int doublings = DcganShape.doublings(options.imageSize());
    int channels = options.filters() << (doublings - 1);
    SDVariable x = graph.mmul(z, parameter("main.0.weight"));
    x = graph.reshape(x, batch, channels, KERNEL, KERNEL);
    for (int i = 0; i < doublings; i++) {
      int side = KERNEL << i;
      int[] size = {batch, channels >> i, side, side};
      BatchNorm norm = normalisation.add(i, x, "main." + (3 * i + 1), size);
      norms.add(norm);
      x = graph.nn().relu(norm.value(), 0);
      DeConv2DConfig doubling = Graphs.deconvolution(KERNEL, 2, 1);
      x = graph.cnn().deconv2d(x, parameter("main." + 3 * (i + 1) + ".weight"), doubling);
    }
    return new Output(graph.math().tanh(x), norms);
  }

  /**
   * Logits of images, in training mode.
   *
   * @param images [N, C, H, W] in -1 to 1
   * @return [N, 1], before the sigmoid
   */
  Output judge(SDVariable images) {
    return halve(images, options.filters(), options.hasInstanceNorm());
  }

  /**
   * Latents of images, in training mode. Over the batch each of their numbers has mean 0 and
   * variance 1, as under the prior.
   *
   * @param images [N, C, H, W] in -1 to 1
   * @return [N, latent size]
   */
  SDVariable encode(SDVariable images) {
    int batch = options.batchSize();
    int latent = options.latentSize();
    SDVariable codes = halve(images, DcganShape.encoderFilters(options), false).value();
    SDVariable ones = graph.constant("code-scale", Nd4j.ones(DataType.FLOAT, latent));
    SDVariable zeros = graph.constant("code-shift", Nd4j.zeros(DataType.FLOAT, latent));
    SDVariable column = graph.reshape(codes, batch, latent, 1, 1);
    SDVariable normal = BatchNorm.of(column, new int[] {batch, latent, 1, 1}, ones, zeros).value();
    return graph.reshape(normal, batch, latent);
  }

  /**
   * [N, outputs of the last layer] of images, in training mode.
   *
   * @param ofImages whether norms are of each image, or of the batch
   */
  private Output halve(SDVariable images, int filters, boolean ofImages) {
    List<BatchNorm> norms = new ArrayList<>();
    int batch = options.batchSize();
    int doublings = DcganShape.doublings(options.imageSize());
    SDVariable x = images;
    int channels = filters;
    for (int i = 0; i < doublings; i++) {
      Conv2DConfig halving = Graphs.convolution(KERNEL, 2, 1);
      int index = i == 0 ? 0 : 3 * i - 1;
      x = graph.cnn().conv2d(x, parameter("main." + index + ".weight"), halving);
      if (i > 0) {
        int side = options.imageSize() >> (i + 1);
        String name = "main." + (index + 1);
        int[] shape = {batch, channels << i, side, side};
        if (ofImages) {
          x = instanceNorm(x, name, shape);
        } else {
          BatchNorm norm = norm(x, name, shape);
          norms.add(norm);
          x = norm.value();
        }
      }
      x = graph.nn().leakyRelu(x, LEAK);
    }
    SDVariable matrix = parameter("main." + (3 * doublings - 1) + ".weight");
    int values = (channels << (doublings - 1)) * KERNEL * KERNEL;
    x = graph.reshape(x, batch, values);
    return new Output(graph.mmul(x, matrix), norms);
  }

  private BatchNorm norm(SDVariable x, String name, int[] size) {
    return BatchNorm.of(x, size, parameter(name + ".weight"), parameter(name + ".bias"));
  }

  /** {@link StyleNorm} with the same factors and summands for all images. */
  private SDVariable instanceNorm(SDVariable x, String name, int[] size) {
    SDVariable style = graph.concat(0, parameter(name + ".weight"), parameter(name + ".bias"));
    SDVariable row = graph.reshape(style, 1, -1);
    return StyleNorm.of(x, size, graph.mmul(BatchNorm.ones(graph, size[0], 1), row));
  }

  private SDVariable parameter(String name) {
    return parameters.get(name);
  }
}
