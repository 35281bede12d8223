package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.SqueezeNet;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The squared distance of normalised features in the hole (Zhang, Isola, Efros, Shechtman, Wang,
 * <i>The Unreasonable Effectiveness of Deep Features as a Perceptual Metric</i>, CVPR 2018): the
 * mean over SqueezeNet's five layers, whose vectors all have length 1.
 */
final class FeatureTerm {

  private static final double SMALLEST = 1e-10;

  private final List<SDVariable> weights = new ArrayList<>();
  private final List<Integer> sizes;
  private final SDVariable value;

  /**
   * Adds the term to a graph.
   *
   * @param truth [N, 3, S, S] in -1 to 1
   * @param picture [N, 3, S, S] in -1 to 1
   * @param batch N
   * @param side S
   */
  FeatureTerm(SameDiff graph, SDVariable truth, SDVariable picture, int batch, int side) {
    SqueezeNet network = SqueezeNet.load();
    List<SDVariable> wanted = network.wholeLayers(graph, bgr(graph, "truth-", truth));
    List<SDVariable> found = network.wholeLayers(graph, bgr(graph, "picture-", picture));
    sizes = sizes(side);
    List<SDVariable> terms = new ArrayList<>();
    for (int layer = 0; layer < wanted.size(); layer++) {
      int size = sizes.get(layer);
      SDVariable weight =
          graph.placeHolder("features-" + layer, DataType.FLOAT, batch, 1, size, size);
      weights.add(weight);
      String name = "ones-" + layer;
      int channels = SqueezeNet.WHOLE_CHANNELS.get(layer);
      SDVariable ones = graph.constant(name, Nd4j.ones(DataType.FLOAT, 1, 1, channels, 1));
      SDVariable difference =
          direction(graph, wanted.get(layer), ones).sub(direction(graph, found.get(layer), ones));
      terms.add(sumOfChannels(graph, difference, ones).mul(weight).sum());
    }
    value = terms.stream().reduce(SDVariable::add).orElseThrow();
  }

  /** Rows and columns of the layers for pictures of a size. */
  private static List<Integer> sizes(int side) {
    int first = (side - 1) / 2 + 1;
    int second = pooled(first);
    int third = pooled(second);
    return List.of(first, second, third, third, pooled(third));
  }

  /** Pooling 3x3 of stride 2 that begins wherever there is a pixel. */
  private static int pooled(int size) {
    return (size - 2) / 2 + 1;
  }

  private static SDVariable bgr(SameDiff graph, String name, SDVariable picture) {
    float[] turn = new float[9];
    float[] shift = new float[3];
    for (int c = 0; c < 3; c++) {
      turn[(2 - c) * 3 + c] = 127.5f;
      shift[c] = 127.5f - SqueezeNet.MEAN_BGR.get(c);
    }
    return graph
        .cnn()
        .conv2d(
            picture,
            Graphs.constant(graph, name + "turn", turn, 1, 1, 3, 3),
            Graphs.constant(graph, name + "shift", shift, 3),
            Graphs.convolution(1, 1, 0));
  }

  private static SDVariable direction(SameDiff graph, SDVariable x, SDVariable ones) {
    SDVariable length = graph.math().sqrt(sumOfChannels(graph, x, ones).add(SMALLEST));
    return x.mul(graph.math().reciprocal(length));
  }

  /** The sum of squares over the channels, [N, 1, H, W], as a convolution 1x1. */
  private static SDVariable sumOfChannels(SameDiff graph, SDVariable x, SDVariable ones) {
    return graph.cnn().conv2d(x.mul(x), ones, Graphs.convolution(1, 1, 0));
  }

  /** The distance times the weight that was set, a scalar. */
  SDVariable value() {
    return value;
  }

  /** The names of the inputs. */
  Set<String> inputs() {
    return weights.stream().map(SDVariable::name).collect(Collectors.toSet());
  }

  /**
   * Hands the weights of a batch to the plan of the graph.
   *
   * @param weight of the term
   */
  void set(GraphPlan plan, HoleWeights holes, double weight) {
    for (int layer = 0; layer < weights.size(); layer++) {
      double each = weight / weights.size();
      plan.set(weights.get(layer).name(), holes.places(sizes.get(layer), each), 0);
    }
  }
}
