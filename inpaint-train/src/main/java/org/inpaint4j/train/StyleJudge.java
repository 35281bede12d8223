package org.inpaint4j.train;

import java.util.Optional;
import org.inpaint4j.model.Graphs;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The discriminator of a StyleGAN in a graph, at one place of its schedule, as the port
 * rosinality/style-based-gan-pytorch has it.
 *
 * <pre>
 * from RGB, 1x1, leaky ReLU
 * for each size down to 8:  conv 3x3, leaky ReLU, blur, conv 3x3 with 2x2 means, leaky ReLU
 * at 4x4: the deviation of the batch as another channel, conv 3x3, leaky ReLU, conv 4x4, leaky ReLU, linear
 * </pre>
 *
 * <p>While a size fades in, what the first block makes is mixed with the RGB of images of half the
 * size.
 */
final class StyleJudge {

  private final StyleGanOptions.Networks networks;
  private final StylePlace place;
  private final StyleLayers layers;
  private final Optional<SDVariable> alpha;
  private final SameDiff graph;

  /**
   * Of a discriminator whose parameters are inputs of the graph.
   *
   * @param alpha the share of the largest size, while it fades in
   */
  StyleJudge(
      StyleGanOptions.Networks networks,
      StylePlace place,
      StyleLayers layers,
      Optional<SDVariable> alpha) {
    this.networks = networks;
    this.place = place;
    this.layers = layers;
    this.alpha = alpha;
    this.graph = layers.graph();
  }

  /**
   * Adds the network.
   *
   * @param images [N, 3, side, side]
   * @return logits [N, 1]
   */
  SDVariable logits(SDVariable images) {
    int last = networks.discriminator().size() - 1;
    int level = place.level();
    SDVariable x = fromRgb(level, images);
    for (int i = level; i > 0; i--) {
      String block = "progression." + (last - i) + ".";
      int side = 4 << i;
      x = layers.leaky(layers.convolution(block + "conv1.0", x, side));
      x = layers.blurred(x, networks.discriminator().get(i - 1));
      x = layers.leaky(layers.halved(block + "conv2.1", x, side));
      if (i == level && alpha.isPresent()) {
        SDVariable smaller = graph.cnn().avgPooling2d(images, Graphs.means(2));
        x = layers.faded(fromRgb(level - 1, smaller), x, alpha.get());
      }
    }
    String block = "progression." + last + ".";
    x = layers.leaky(layers.convolution(block + "conv1.0", withDeviation(x), 4));
    x = layers.leaky(layers.convolution(block + "conv2.0", x, 4));
    int features = networks.discriminator().get(0);
    return layers.linear("linear", graph.reshape(x, place.batch(), features), place.batch());
  }

  private SDVariable fromRgb(int level, SDVariable images) {
    int index = networks.discriminator().size() - 1 - level;
    return layers.leaky(layers.convolution("from_rgb." + index + ".0", images, 4 << level));
  }

  /** With the mean over channels and pixels of sqrt(variance over the batch + 1e-8). */
  private SDVariable withDeviation(SDVariable maps) {
    int batch = place.batch();
    int values = networks.discriminator().get(0) * 16;
    float share = 1f / batch;
    SDVariable centring =
        layers.constant(
            "centring",
            StyleLayers.filled(batch * batch, i -> (i / batch == i % batch ? 1 : 0) - share),
            batch,
            batch);
    SDVariable means = layers.constant("means", StyleLayers.filled(batch, i -> share), 1, batch);
    SDVariable centred = graph.mmul(centring, graph.reshape(maps, batch, values));
    SDVariable variance = graph.mmul(means, graph.math().square(centred));
    SDVariable deviation =
        BatchNorm.rowSums(graph.math().sqrt(variance.add(1e-8)), values).mul(1.0 / values);
    SDVariable column = graph.mmul(BatchNorm.ones(graph, batch * 16, 1), deviation);
    return graph.concat(1, maps, graph.reshape(column, batch, 1, 4, 4));
  }
}
