package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.network.CompletionNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** A first stage and the network that doubles its size, as {@link Completion} describes them. */
final class TwoStageCompletion implements CompletionNetwork {

  private static final int CHANNELS = 3;

  /** Known pixels and mask. */
  private static final int PLANES = CHANNELS + 1;

  /** There if the first stage answers about the mirror image, too. */
  private static final String BOTH_WAYS = "both_ways";

  private final OneStageCompletion first;
  private final boolean bothWays;
  private final CompletionInput input;
  private final CompletionEncoder down;
  private final List<CompletionLayer> up = new ArrayList<>();
  private final CompletionLayer middle;
  private final CompletionLayer last;
  private final ImageShape imageShape;
  private final String identity;

  TwoStageCompletion(Weights weights) throws ModelFormatException {
    first = new OneStageCompletion(weights.under("first."));
    bothWays = weights.has(BOTH_WAYS);
    Weights refiner = weights.under("refiner.");
    input = CompletionInput.of(refiner, PLANES, CHANNELS);
    down = new CompletionEncoder(refiner, input.planes(PLANES) + CHANNELS);
    int channels = down.outputs(down.levels() - 1);
    for (int level = 0; level < down.levels() - 1; level++) {
      up.add(CompletionLayer.transposed(refiner, "up." + level, "up_norm." + level, channels));
      channels = up.get(level).outputs() + down.outputs(down.levels() - 2 - level);
    }
    middle = CompletionLayer.convolution(refiner, "middle", "middle_norm", channels, 3);
    last = CompletionLayer.transposed(refiner, "last", null, middle.outputs());
    if (last.outputs() != CHANNELS) {
      throw refiner.shapeProblem("last.weight", "[" + last.inputs() + ", 3, 4, 4]");
    }
    imageShape = ImageShape.square(CHANNELS, 2 * first.imageShape().width());
    identity = "completion in two stages " + imageShape + " " + weights.identity();
  }

  @Override
  public ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public int latentSize() {
    return first.latentSize();
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
    String scope = Graphs.freshScope(graph, "refiner");
    SDVariable coarse = enlarged(graph, scope, reduced(graph, known, mask, latent));
    SDVariable seen = graph.concat(1, input.sides(graph, graph.concat(1, known, mask)), coarse);
    Deque<SDVariable> skips = down.apply(graph, scope, seen);
    SDVariable x = skips.pop();
    for (int level = 0; level < up.size(); level++) {
      x = graph.nn().relu(up.get(level).apply(graph, scope + "up" + level, x, 2), 0);
      x = graph.concat(1, x, skips.pop());
    }
    x = graph.nn().relu(middle.apply(graph, scope + "middle", x, 1), 0);
    return coarse.add(last.apply(graph, scope + "last", x, 2));
  }

  /**
   * The first stage's image. It is shown what it would be shown of a photo: a pixel is known where
   * at least half of those under it are, and is their mean.
   */
  private SDVariable reduced(SameDiff graph, SDVariable known, SDVariable mask, SDVariable latent) {
    // Shares are quarters. Rectifiers instead of comparisons, because plans have no booleans.
    SDVariable share = graph.cnn().avgPooling2d(mask, Graphs.means(2));
    SDVariable small = graph.nn().relu(share.mul(4).sub(1), 0).rsub(1);
    small = graph.nn().relu(small, 0).rsub(1);
    SDVariable atLeastOne = graph.nn().relu(share.sub(0.25), 0).add(0.25);
    SDVariable mean = graph.cnn().avgPooling2d(known, Graphs.means(2)).div(atLeastOne);
    return answer(graph, mean.mul(small), small, latent);
  }

  /** The image of the first stage, or the mean of its images of both sides. */
  private SDVariable answer(SameDiff graph, SDVariable known, SDVariable mask, SDVariable latent) {
    if (!bothWays) {
      return first.complete(graph, known, mask, latent);
    }
    SDVariable image =
        first.complete(
            graph, twice(graph, known), twice(graph, mask), graph.concat(0, latent, latent));
    SDVariable[] ways = graph.split(image, 2, 0);
    return ways[0].add(graph.reverse(ways[1], 3)).mul(0.5);
  }

  /** Images and behind them their mirror images. */
  private static SDVariable twice(SameDiff graph, SDVariable images) {
    return graph.concat(0, images, graph.reverse(images, 3));
  }

  /**
   * Twice as large, bilinearly. Repeating each pixel and blurring with 1 2 1 along rows and columns
   * is just that; at the border, where the blur misses a neighbour, the sum is divided by the
   * weights that were there.
   */
  private SDVariable enlarged(SameDiff graph, String scope, SDVariable image) {
    float[] blur = new float[9 * CHANNELS * CHANNELS];
    for (int k = 0; k < 9; k++) {
      for (int c = 0; c < CHANNELS; c++) {
        blur[(k * CHANNELS + c) * CHANNELS + c] = tap(k / 3) * tap(k % 3);
      }
    }
    SDVariable weights = Graphs.constant(graph, scope + "blur", blur, 3, 3, CHANNELS, CHANNELS);
    SDVariable twice = graph.cnn().upsampling2d(image, 2, 2, true);
    SDVariable blurred = graph.cnn().conv2d(twice, weights, Graphs.convolution(3, 1, 1));
    int side = imageShape.width();
    float[] scale = new float[side * side];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = edge(i / side, side) * edge(i % side, side);
    }
    return blurred.mul(Graphs.constant(graph, scope + "edges", scale, 1, 1, side, side));
  }

  private static float tap(int k) {
    return k == 1 ? 0.5f : 0.25f;
  }

  private static float edge(int at, int side) {
    return at == 0 || at == side - 1 ? 1 / 0.75f : 1;
  }
}
