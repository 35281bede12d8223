package org.inpaint4j.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Internal;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What a completion network of one stage is: {@link Completion} describes its layers. Immutable.
 *
 * @param variant how the decoder comes to its picture
 * @param imageSize height and width of the images, 16 to 512, a power of two
 * @param latentSize the numbers of the latent, by which fillings of one hole differ, from 1
 * @param mirrored whether the network also sees its input mirrored: for upright, centred faces
 * @param down channels of the encoder's maps, from half the size of the image down to 4x4
 * @param bottleneck the numbers that the encoder says about the whole image, from 1
 * @param up channels of the decoder's maps, from 4x4 up to the size of the image
 */
public record CompletionDesign(
    CompletionVariant variant,
    int imageSize,
    int latentSize,
    boolean mirrored,
    List<Integer> down,
    int bottleneck,
    List<Integer> up) {

  /** The network of the edges sees grays, edges and mask. */
  private static final int PLANES_OF_EDGES = 3;

  private static final String EDGES = "edges.down.0.weight";
  private static final int SMALLEST = 4;
  private static final List<Integer> DOWN = List.of(24, 32, 64, 128, 192);
  private static final List<Integer> UP = List.of(192, 128, 64, 48, 24, 16);

  /**
   * Checks all values.
   *
   * @param variant how the decoder comes to its picture
   * @param imageSize height and width of the images
   * @param latentSize the numbers of the latent
   * @param mirrored whether the network also sees its input mirrored
   * @param down channels of the encoder's maps
   * @param bottleneck the numbers that the encoder says about the whole image
   * @param up channels of the decoder's maps
   */
  public CompletionDesign {
    down = List.copyOf(down);
    up = List.copyOf(up);
    checkArgument(
        down.size() >= 2 && down.size() <= 7 && imageSize == SMALLEST << down.size(),
        "the encoder must lead down to 4x4 pixels: expected 2 to 7 levels of an image of %s, found"
            + " %s",
        imageSize,
        down.size());
    checkArgument(
        up.size() == down.size() + 1,
        "the decoder must lead up to the image: expected %s maps, found %s",
        down.size() + 1,
        up.size());
    checkArgument(
        bottleneck >= 1
            && down.stream().allMatch(count -> count >= 1)
            && up.stream().allMatch(count -> count >= 1),
        "channels must be positive: found %s, %s, %s",
        down,
        bottleneck,
        up);
    checkArgument(latentSize >= 1, "the latent size must be positive: found %s", latentSize);
  }

  /**
   * The network of a variant as it is trained for faces: at 64 pixels that of {@code
   * FaceCompletion}'s first stage.
   *
   * @param variant how the decoder comes to its picture
   * @param imageSize 32, 64 or 128
   * @return latents of 16 numbers, up to 192 channels; with mirrored planes, but for the context
   *     encoder
   */
  public static CompletionDesign of(CompletionVariant variant, int imageSize) {
    checkArgument(
        imageSize == 32 || imageSize == 64 || imageSize == 128,
        "the image size must be one of 32, 64, 128: found %s",
        imageSize);
    int levels = Integer.numberOfTrailingZeros(imageSize / SMALLEST);
    return new CompletionDesign(
        variant,
        imageSize,
        16,
        variant != CompletionVariant.CONTEXT_ENCODER,
        DOWN.subList(DOWN.size() - levels, DOWN.size()),
        256,
        UP.subList(0, levels + 1));
  }

  /**
   * The network that weights belong to.
   *
   * @throws ModelFormatException if they are not of one stage
   */
  static CompletionDesign of(Weights weights) throws ModelFormatException {
    List<Integer> down = new ArrayList<>();
    while (weights.has("down." + down.size() + ".weight")) {
      down.add(dimension(weights, "down." + down.size(), 0));
    }
    List<Integer> up = new ArrayList<>();
    while (weights.has("up." + up.size() + ".weight")) {
      up.add(dimension(weights, "up." + up.size(), 1));
    }
    int bottleneck = dimension(weights, "bottleneck", 0);
    int latent = dimension(weights, "up.0", 0) - bottleneck;
    if (latent < 1) {
      throw weights.shapeProblem("up.0.weight", "[more than " + bottleneck + ", a, 4, 4]");
    }
    if (down.size() < 2 || down.size() > 7 || up.size() != down.size() + 1) {
      throw weights.problem(
          "a completion network must have 2 to 7 levels down and one more up: found "
              + down.size()
              + " and "
              + up.size());
    }
    CompletionVariant variant = variant(weights, up);
    return new CompletionDesign(
        variant,
        SMALLEST << down.size(),
        latent,
        CompletionInput.of(weights, planes(variant), 0) == CompletionInput.MIRRORED,
        down,
        bottleneck,
        up);
  }

  private static CompletionVariant variant(Weights weights, List<Integer> up)
      throws ModelFormatException {
    if (weights.has(EDGES)) {
      return CompletionVariant.EDGES;
    }
    if (weights.has("down_gate.0.weight")) {
      return CompletionVariant.GATED;
    }
    if (weights.has("attention.weight")) {
      return CompletionVariant.ATTENTION;
    }
    return dimension(weights, "up.1", 0) == up.get(0)
        ? CompletionVariant.CONTEXT_ENCODER
        : CompletionVariant.SKIPS;
  }

  private static int dimension(Weights weights, String name, int axis) throws ModelFormatException {
    int[] shape = weights.require(name + ".weight").shape();
    if (shape.length != 4 || shape[0] == 0 || shape[1] == 0) {
      throw weights.shapeProblem(name + ".weight", "[a, b, k, k]");
    }
    return shape[axis];
  }

  /**
   * All layers.
   *
   * @return in the order of the network, unmodifiable
   */
  @Internal
  public List<CompletionLayers.Layer> layers() {
    List<CompletionLayers.Layer> layers = new ArrayList<>();
    if (variant == CompletionVariant.EDGES) {
      layers.addAll(CompletionGraph.ofEdges(this, input().planes(PLANES_OF_EDGES)).layers());
    }
    layers.addAll(CompletionGraph.ofPicture(this, input().planes(planes(variant))).layers());
    return List.copyOf(layers);
  }

  /** The planes that the network of the picture sees: known pixels, mask, and edges if any. */
  private static int planes(CompletionVariant variant) {
    return variant == CompletionVariant.EDGES ? 5 : 4;
  }

  private CompletionInput input() {
    return CompletionInput.of(mirrored);
  }

  /** This design with half of all channels, rounded up. */
  CompletionDesign halved() {
    return new CompletionDesign(
        variant,
        imageSize,
        latentSize,
        mirrored,
        down.stream().map(count -> (count + 1) / 2).toList(),
        (bottleneck + 1) / 2,
        up.stream().map(count -> (count + 1) / 2).toList());
  }

  /**
   * What a network makes.
   *
   * @param image the whole images, float32 [N, 3, S, S], -1 to 1
   * @param edges the {@link EdgeMap}s that it expects, [N, 1, S, S], 0 to 1; empty for networks
   *     without
   */
  @Internal
  public record Answer(SDVariable image, Optional<SDVariable> edges) {}

  /**
   * Adds the network to a graph.
   *
   * @param graph modified
   * @param layers how its layers are added
   * @param known float32 [N, 3, S, S] from -1 to 1, 0 in the hole
   * @param mask float32 [N, 1, S, S], 1 where a pixel is known
   * @param latent float32 [N, {@link #latentSize}]
   * @return the whole images, and what else was made
   */
  @Internal
  public Answer addTo(
      SameDiff graph,
      CompletionLayers layers,
      SDVariable known,
      SDVariable mask,
      SDVariable latent) {
    if (variant != CompletionVariant.EDGES) {
      return new Answer(
          picture(graph, layers, graph.concat(1, known, mask), mask, latent), Optional.empty());
    }
    String name = Graphs.freshScope(graph, "gray") + "weights";
    SDVariable gray = Graphs.constant(graph, name, EdgeMap.gray(), 1, 1, 3, 1);
    SDVariable grays = graph.cnn().conv2d(known, gray, Graphs.convolution(1, 1, 0));
    SDVariable there = EdgeMap.of(graph, known, mask);
    SDVariable seen = input().sides(graph, graph.concat(1, grays, there, mask));
    SDVariable made =
        graph
            .nn()
            .sigmoid(
                CompletionGraph.ofEdges(this, input().planes(PLANES_OF_EDGES))
                    .add(graph, layers, seen, mask, latent));
    SDVariable edges = there.mul(mask).add(made.mul(mask.rsub(1)));
    SDVariable all = graph.concat(1, known, mask, edges);
    return new Answer(picture(graph, layers, all, mask, latent), Optional.of(made));
  }

  private SDVariable picture(
      SameDiff graph,
      CompletionLayers layers,
      SDVariable once,
      SDVariable mask,
      SDVariable latent) {
    CompletionGraph network = CompletionGraph.ofPicture(this, input().planes(planes(variant)));
    return graph.math().tanh(network.add(graph, layers, input().sides(graph, once), mask, latent));
  }
}
