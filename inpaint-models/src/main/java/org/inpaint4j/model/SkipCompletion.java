package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.network.CompletionNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The first stage that {@link Completion} describes. */
final class SkipCompletion implements CompletionNetwork {

  private static final int CHANNELS = 3;
  private static final int SMALLEST = 4;

  private final CompletionInput input;
  private final CompletionEncoder down;
  private final List<CompletionLayer> up = new ArrayList<>();
  private final CompletionLayer bottleneck;
  private final CompletionLayer last;
  private final int latentSize;
  private final ImageShape imageShape;
  private final String identity;

  SkipCompletion(Weights weights) throws ModelFormatException {
    input = CompletionInput.of(weights, 0);
    down = new CompletionEncoder(weights, input.planes());
    int channels = down.outputs(down.levels() - 1);
    bottleneck = CompletionLayer.convolution(weights, "bottleneck", null, channels, SMALLEST);
    int[] first = weights.require("up.0.weight").shape();
    latentSize = first.length == 0 ? 0 : first[0] - bottleneck.outputs();
    if (latentSize < 1) {
      throw weights.shapeProblem(
          "up.0.weight", "[more than " + bottleneck.outputs() + ", a, 4, 4]");
    }
    channels = first[0];
    for (int level = 0; level <= down.levels(); level++) {
      up.add(CompletionLayer.transposed(weights, "up." + level, "up_norm." + level, channels));
      int skip = level == down.levels() ? 0 : down.outputs(down.levels() - 1 - level);
      channels = up.get(level).outputs() + skip;
    }
    last = CompletionLayer.convolution(weights, "last", null, channels + input.planes(), 3);
    if (last.outputs() != CHANNELS) {
      throw weights.shapeProblem("last.weight", "[3, " + last.inputs() + ", 3, 3]");
    }
    imageShape = ImageShape.square(CHANNELS, SMALLEST << down.levels());
    identity = "completion " + imageShape + " sha256:" + weights.sha256();
  }

  @Override
  public ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public int latentSize() {
    return latentSize;
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
  public SDVariable complete(SameDiff graph, SDVariable known, SDVariable mask, SDVariable latent) {
    String scope = Graphs.freshScope(graph, "completion");
    SDVariable seen = input.apply(graph, known, mask);
    Deque<SDVariable> skips = down.apply(graph, scope, seen);
    SDVariable x = bottleneck.product(graph, scope + "bottleneck", skips.getFirst());
    x = graph.nn().leakyRelu(x, CompletionEncoder.LEAK);
    x = up.get(0).product(graph, scope + "up0", graph.concat(1, x, latent));
    for (int level = 1; level < up.size(); level++) {
      x = graph.concat(1, graph.nn().relu(x, 0), skips.pop());
      x = up.get(level).apply(graph, scope + "up" + level, x, 2);
    }
    x = graph.concat(1, graph.nn().relu(x, 0), seen);
    return graph.math().tanh(last.apply(graph, scope + "last", x, 1));
  }
}
