package org.inpaint4j.graph;

import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Small networks as graphs, with weights from a seed: 8 numbers to 3x16x16 images, and back to a
 * logit. For the tests of other modules too.
 */
public final class TinyGraphs {

  /** The length of a latent. */
  public static final int LATENT = 8;

  private TinyGraphs() {}

  /** Numbers of a normal distribution, from a seed. */
  public static INDArray weights(long seed, double scale, long... shape) {
    Random random = new Random(seed);
    INDArray array = Nd4j.create(DataType.FLOAT, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, (float) (scale * random.nextGaussian()));
    }
    return array;
  }

  private static DeConv2DConfig doubling() {
    return DeConv2DConfig.builder().kH(4).kW(4).sH(2).sW(2).pH(1).pW(1).build();
  }

  private static Conv2DConfig halving() {
    return Conv2DConfig.builder()
        .kH(4)
        .kW(4)
        .sH(2)
        .sW(2)
        .pH(1)
        .pW(1)
        .paddingMode(PaddingMode.VALID)
        .build();
  }

  /** Dense, transposed convolution to 8x8, ReLU, transposed convolution to 16x16, tanh. */
  public static SDVariable generate(SameDiff graph, SDVariable latent) {
    long images = latent.placeholderShape()[0];
    SDVariable dense = graph.constant(weights(1, 0.5, LATENT, 96 * 16));
    SDVariable x = graph.reshape(graph.mmul(latent, dense), images, 96, 4, 4);
    x = graph.nn().relu(x, 0);
    // 96*12*16 weights on a 4x4 map: enough for the matrix form
    SDVariable w1 = graph.constant(weights(2, 0.08, 4, 4, 12, 96));
    SDVariable b1 = graph.constant(weights(3, 0.1, 12));
    x = graph.nn().relu(graph.cnn().deconv2d(x, w1, b1, doubling()), 0);
    SDVariable w2 = graph.constant(weights(4, 0.2, 4, 4, 3, 12));
    SDVariable b2 = graph.constant(weights(5, 0.1, 3));
    return graph.math().tanh(graph.cnn().deconv2d(x, w2, b2, doubling()));
  }

  /** Two convolutions with leaky ReLUs, then dense: logits [N] of a batch of N images. */
  public static SDVariable logits(SameDiff graph, SDVariable images, long batch) {
    SDVariable w1 = graph.constant(weights(6, 0.2, 4, 4, 3, 12));
    SDVariable b1 = graph.constant(weights(7, 0.1, 12));
    SDVariable x = graph.nn().leakyRelu(graph.cnn().conv2d(images, w1, b1, halving()), 0.2);
    SDVariable w2 = graph.constant(weights(8, 0.1, 4, 4, 12, 96));
    x = graph.nn().leakyRelu(graph.cnn().conv2d(x, w2, halving()), 0.2);
    SDVariable dense = graph.constant(weights(9, 0.1, 96 * 16, 1));
    return graph.reshape(graph.mmul(graph.reshape(x, batch, 96 * 16), dense), batch);
  }
}
