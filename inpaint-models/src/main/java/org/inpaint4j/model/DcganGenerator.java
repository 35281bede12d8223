package org.inpaint4j.model;

import static java.util.Objects.requireNonNull;
import static org.inpaint4j.model.DcganWeights.KERNEL;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;

/** The generator of {@link Dcgan}. */
final class DcganGenerator implements Generator {

  private final List<DcganLayer> layers = new ArrayList<>();
  private final Weights weights;
  private final Dcgan.BatchNorm batchNorm;
  private final int latentSize;
  private final ImageShape imageShape;
  private final String identity;

  DcganGenerator(Weights weights, Dcgan.BatchNorm batchNorm) throws ModelFormatException {
    this.weights = weights;
    this.batchNorm = batchNorm;
    List<Integer> indices = DcganWeights.convolutions(weights, 3, 3);
    latentSize = weights.require("main.0.weight").shape()[0];
    int inputs = latentSize;
    for (int index : indices) {
      boolean last = layers.size() == indices.size() - 1;
      int outputs = weights.require("main." + index + ".weight").shape()[1];
      layers.add(layer(index, inputs, outputs, last));
      inputs = outputs;
    }
    int size = KERNEL << (indices.size() - 1);
    imageShape = new ImageShape(DcganWeights.channels(weights, inputs), new Size(size, size));
    identity =
        "dcgan "
            + latentSize
            + "->"
            + imageShape
            + (batchNorm == Dcgan.BatchNorm.TRAINED ? "" : " batch norm " + batchNorm)
            + " "
            + weights.identity();
  }

  private DcganLayer layer(int index, int inputs, int outputs, boolean last)
      throws ModelFormatException {
    float[] kernel = weights.require("main." + index + ".weight", inputs, outputs, KERNEL, KERNEL);
    boolean folded = !last && batchNorm == Dcgan.BatchNorm.TRAINED;
    float[][] norm = folded ? DcganWeights.batchNorm(weights, index + 1, outputs) : null;
    float @Nullable [] scale = norm == null ? null : norm[0];
    float @Nullable [] shift = norm == null ? null : norm[1];
    DcganNorm follows =
        folded || last
            ? null
            : new DcganNorm(
                DcganWeights.affine(weights, index + 1, outputs),
                batchNorm == Dcgan.BatchNorm.BATCH);
    return layers.isEmpty()
        ? first(kernel, inputs, outputs, scale, shift, follows)
        : new DcganLayer(
            inputs,
            outputs,
            DcganWeights.transposedKernel(kernel, inputs, outputs, scale),
            shift,
            follows);
  }

  /** The same network with other statistics of batch norm. */
  DcganGenerator with(Dcgan.BatchNorm other) {
    try {
      return new DcganGenerator(weights, other);
    } catch (ModelFormatException e) {
      throw new AssertionError("the weights have been checked", e);
    }
  }

  /** The 1x1 to 4x4 layer is a matrix product: rows are latents, columns channel, row, column. */
  private static DcganLayer first(
      float[] kernel,
      int inputs,
      int outputs,
      float @Nullable [] scale,
      float @Nullable [] shift,
      @Nullable DcganNorm norm) {
    int area = KERNEL * KERNEL;
    float[] matrix = kernel.clone();
    float[] bias = new float[outputs * area];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] *= scale == null ? 1 : scale[i / area % outputs];
    }
    for (int i = 0; i < bias.length; i++) {
      bias[i] = shift == null ? 0 : shift[i / area];
    }
    return new DcganLayer(inputs, outputs, matrix, bias, norm);
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
  public boolean mixesBatch() {
    return batchNorm == Dcgan.BatchNorm.BATCH;
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
      DcganLayer layer = layers.get(i);
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
      x = layer.normalised(graph, scope + "n" + i, x);
      boolean last = i == layers.size() - 1;
      x = last ? graph.math().tanh(x) : graph.nn().relu(x, 0);
    }
    return x;
  }
}
