package org.inpaint4j.network;

import org.inpaint4j.image.ImageShape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A network that sees the known pixels of an image and makes the whole image in one pass, by adding
 * itself to a SameDiff graph.
 *
 * <p>It is used at inference: batch statistics must be frozen, and the images of a batch must not
 * influence one another. All that is random comes from its latent vector.
 *
 * <p>Implementations are immutable and may be used by several threads; each call adds new variables
 * to the graph it is given.
 */
public interface CompletionNetwork {

  /**
   * The size of the images it completes.
   *
   * @return the shape of one image
   */
  ImageShape imageShape();

  /**
   * The length of the latent vector, by which the fillings of one hole differ.
   *
   * @return at least 1; the coordinates are standard normal
   */
  int latentSize();

  /**
   * Which network with which weights this is, in one line, for the provenance of a result.
   *
   * @return a name and a hash of the weights
   */
  String identity();

  /**
   * Adds the network to a graph.
   *
   * @param graph the graph that the inputs belong to. Modified: variables and ops are added.
   * @param known float32 [N, C, H, W] from -1 (black) to 1 (white), 0 in the hole
   * @param mask float32 [N, 1, H, W], 1 where a pixel is known, 0 in the hole
   * @param latent float32 [N, {@link #latentSize}]
   * @return the whole images, float32 [N, C, H, W], about -1 to 1, not clamped; on known pixels
   *     they are near to what was given, not equal
   */
  SDVariable complete(SameDiff graph, SDVariable known, SDVariable mask, SDVariable latent);
}
