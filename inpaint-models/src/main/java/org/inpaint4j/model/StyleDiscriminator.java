package org.inpaint4j.model;

import java.util.List;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.network.Discriminator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The discriminator of a StyleGAN of either kind: they differ in the blocks that halve an image.
 *
 * <pre>
 * from RGB, 1x1, perhaps a leaky ReLU
 * a block for each size down to 8
 * at 4x4: {@link StyleEpilogue}
 * </pre>
 */
final class StyleDiscriminator implements Discriminator {

  static final double LEAK = 0.2;

  /** Halves maps. */
  @FunctionalInterface
  interface Block {

    /**
     * Adds the layers to a graph.
     *
     * @param name what the names of its constants start with
     * @param x [N, C, H, W]
     * @return [N, C', H/2, W/2]
     */
    SDVariable halved(SameDiff graph, String name, SDVariable x);
  }

  private final String kind;
  private final ImageShape imageShape;
  private final float[] fromRgb;
  private final float[] fromRgbBias;
  private final boolean activated;
  private final List<Block> blocks;
  private final StyleEpilogue epilogue;

  /**
   * Of weights that are ready to compute with.
   *
   * @param kind what the names in a graph start with
   * @param size rows and columns of the images
   * @param fromRgb [1, 1, 3, channels]
   * @param fromRgbBias [channels]
   * @param activated whether a leaky ReLU follows
   * @param blocks from the largest size down
   * @param epilogue the end
   */
  StyleDiscriminator(
      String kind,
      int size,
      float[] fromRgb,
      float[] fromRgbBias,
      boolean activated,
      List<Block> blocks,
      StyleEpilogue epilogue) {
    this.kind = kind;
    this.imageShape = ImageShape.square(3, size);
    this.fromRgb = fromRgb;
    this.fromRgbBias = fromRgbBias;
    this.activated = activated;
    this.blocks = List.copyOf(blocks);
    this.epilogue = epilogue;
  }

  @Override
  public ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public SDVariable logits(SameDiff graph, SDVariable images) {
    String scope = Graphs.freshScope(graph, kind);
    SDVariable x =
        Graphs.convolved(
            graph,
            images,
            scope + "rgb/w",
            fromRgb,
            scope + "rgb/b",
            fromRgbBias,
            Graphs.convolution(1, 1, 0));
    if (activated) {
      x = graph.nn().leakyRelu(x, LEAK);
    }
    for (int i = 0; i < blocks.size(); i++) {
      x = blocks.get(i).halved(graph, scope + i + "/", x);
    }
    return epilogue.logits(graph, scope, x);
  }
}
