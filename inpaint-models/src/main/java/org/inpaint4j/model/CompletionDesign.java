package org.inpaint4j.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
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
    return new CompletionDesign(
        variant(weights, up),
        SMALLEST << down.size(),
        latent,
        CompletionInput.of(weights, 0) == CompletionInput.MIRRORED,
        down,
        bottleneck,
        up);
  }

  private static CompletionVariant variant(Weights weights, List<Integer> up)
      throws ModelFormatException {
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
    return new CompletionGraph(this).layers();
  }

  /**
   * Adds the network to a graph.
   *
   * @param graph modified
   * @param layers how its layers are added
   * @param known float32 [N, 3, S, S] from -1 to 1, 0 in the hole
   * @param mask float32 [N, 1, S, S], 1 where a pixel is known
   * @param latent float32 [N, {@link #latentSize}]
   * @return the whole images, float32 [N, 3, S, S], -1 to 1
   */
  @Internal
  public SDVariable addTo(
      SameDiff graph,
      CompletionLayers layers,
      SDVariable known,
      SDVariable mask,
      SDVariable latent) {
    return new CompletionGraph(this).add(graph, layers, known, mask, latent);
  }
}
