package org.inpaint4j.model;

import static org.inpaint4j.model.DcganWeights.KERNEL;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Discriminator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;

/** The discriminator of {@link Dcgan}. */
final class DcganDiscriminator implements Discriminator {

  private static final double LEAK = 0.2;

  private final List<DcganLayer> layers = new ArrayList<>();
  private final Weights weights;
  private final boolean keepsStatistics;
  private final Dcgan.BatchNorm batchNorm;
  private final ImageShape imageShape;

  DcganDiscriminator(Weights weights, Dcgan.BatchNorm batchNorm) throws ModelFormatException {
    this.weights = weights;
    this.keepsStatistics = Dcgan.hasBatchNorm(weights);
    this.batchNorm = batchNorm;
    List<Integer> indices = DcganWeights.convolutions(weights, 2, 3);
    int channels = weights.require("main.0.weight").shape()[1];
    int inputs = channels;
    for (int index : indices) {
      boolean last = layers.size() == indices.size() - 1;
      String name = "main." + index + ".weight";
      int outputs = last ? 1 : weights.require(name).shape()[0];
      layers.add(layer(index, inputs, outputs, last));
      inputs = outputs;
    }
    int size = KERNEL << (indices.size() - 1);
    imageShape = new ImageShape(DcganWeights.channels(weights, channels), new Size(size, size));
  }

  private DcganLayer layer(int index, int inputs, int outputs, boolean last)
      throws ModelFormatException {
    float[] kernel = weights.require("main." + index + ".weight", outputs, inputs, KERNEL, KERNEL);
    if (last) {
      return new DcganLayer(inputs, 1, kernel, null);
    }
    if (layers.isEmpty()) {
      return new DcganLayer(
          inputs, outputs, DcganWeights.kernel(kernel, inputs, outputs, null), null);
    }
    if (batchNorm == Dcgan.BatchNorm.TRAINED && keepsStatistics) {
      float[][] norm = DcganWeights.batchNorm(weights, index + 1, outputs);
      return new DcganLayer(
          inputs, outputs, DcganWeights.kernel(kernel, inputs, outputs, norm[0]), norm[1]);
    }
    return new DcganLayer(
        inputs,
        outputs,
        DcganWeights.kernel(kernel, inputs, outputs, null),
        null,
        new DcganNorm(DcganWeights.affine(weights, index + 1, outputs), mixesBatch()));
  }

  /** The same network with other statistics of batch norm. */
  DcganDiscriminator with(Dcgan.BatchNorm other) {
    try {
      return new DcganDiscriminator(weights, other);
    } catch (ModelFormatException e) {
      throw new AssertionError("the weights have been checked", e);
    }
  }

  @Override
  public boolean mixesBatch() {
    return batchNorm == Dcgan.BatchNorm.BATCH && keepsStatistics;
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
      DcganLayer layer = layers.get(i);
      SDVariable weights =
          Graphs.constant(
              graph, scope + "w" + i, layer.kernel, KERNEL, KERNEL, layer.inputs, layer.outputs);
      Conv2DConfig halving = Graphs.convolution(KERNEL, 2, 1);
      x =
          layer.bias == null
              ? graph.cnn().conv2d(x, weights, halving)
              : graph.cnn().conv2d(x, weights, layer.biasIn(graph, scope + "b" + i), halving);
      x = graph.nn().leakyRelu(layer.normalised(graph, scope + "n" + i, x), LEAK);
    }
    // The 4x4 to 1x1 layer is a matrix product.
    DcganLayer last = layers.get(layers.size() - 1);
    int rows = last.inputs * KERNEL * KERNEL;
    x = graph.reshape(x, -1, rows);
    x = graph.mmul(x, Graphs.constant(graph, scope + "w", last.kernel, rows, 1));
    return graph.reshape(x, -1);
  }
}
