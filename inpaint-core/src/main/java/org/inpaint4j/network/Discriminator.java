package org.inpaint4j.network;

import org.inpaint4j.image.ImageShape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A network that tells generated images from real ones, by adding itself to a SameDiff graph.
 *
 * <p>It is used at inference: batch statistics must be frozen, and the images of a batch must not
 * influence one another (a minibatch statistic is taken over each image alone), unless {@link
 * #mixesBatch} says so.
 *
 * <p>Implementations are immutable and may be used by several threads; each call adds new variables
 * to the graph it is given.
 */
public interface Discriminator {

  /**
   * The size of the images it judges.
   *
   * @return the shape of one image
   */
  ImageShape imageShape();

  /**
   * The values of the samples it expects.
   *
   * @return {@link ValueRange#SIGNED} unless overridden
   */
  default ValueRange valueRange() {
    return ValueRange.SIGNED;
  }

  /**
   * Whether the images of a batch influence one another, see {@link Generator#mixesBatch}.
   *
   * @return false unless a network says otherwise
   */
  default boolean mixesBatch() {
    return false;
  }

  /**
   * Adds the network to a graph.
   *
   * @param graph the graph that {@code images} belongs to. Modified: variables and ops are added.
   * @param images float32 [N, C, H, W] in {@link #valueRange}
   * @return the logits float32 [N]: before any sigmoid, positive for images that look real
   */
  SDVariable logits(SameDiff graph, SDVariable images);
}
