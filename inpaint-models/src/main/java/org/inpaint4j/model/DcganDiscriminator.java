package org.inpaint4j.model;

import static org.inpaint4j.model.DcganWeights.KERNEL;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Discriminator;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;

/** The discriminator of {@link Dcgan}. */
final class DcganDiscriminator implements Discriminator {

  private static final double LEAK = 0.2;

  private final List<DcganLayer> layers = new ArrayList<>();
  private final ImageShape imageShape;

  DcganDiscriminator(Weights weights) throws ModelFormatException {
    List<Integer> indices = DcganWeights.convolutions(weights, 2, 3);
    int channels = weights.require("main.0.weight").shape()[1];
    int inputs = channels;
    for (int index : indices) {
      boolean last = layers.size() == indices.size() - 1;
      String name = "main." + index + ".weight";
      int outputs = last ? 1 : weights.require(name).shape()[0];
      float[] kernel = weights.require(name, outputs, inputs, KERNEL, KERNEL);
      float[][] norm =
          last || layers.isEmpty() ? null : DcganWeights.batchNorm(weights, index + 1, outputs);
      float @Nullable [] scale = norm == null ? null : norm[0];
      float @Nullable [] shift = norm == null ? null : norm[1];
      layers.add(
          last
              ? new DcganLayer(inputs, 1, kernel, null)
              : new DcganLayer(
                  inputs, outputs, DcganWeights.kernel(kernel, inputs, outputs, scale), shift));
      inputs = outputs;
    }
    int size = KERNEL << (indices.size() - 1);
    imageShape = new ImageShape(DcganWeights.channels(weights, channels), new Size(size, size));
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
      x = graph.nn().leakyRelu(x, LEAK);
    }
    // The 4x4 to 1x1 layer is a matrix product.
    DcganLayer last = layers.get(layers.size() - 1);
    int rows = last.inputs * KERNEL * KERNEL;
    x = graph.reshape(x, -1, rows);
    x = graph.mmul(x, Graphs.constant(graph, scope + "w", last.kernel, rows, 1));
    return graph.reshape(x, -1);
  }
}
