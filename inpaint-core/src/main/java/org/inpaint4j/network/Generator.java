package org.inpaint4j.network;

import org.inpaint4j.image.ImageShape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A network that turns a latent vector into an image, by adding itself to a SameDiff graph.
 *
 * <p>It is used at inference: batch statistics must be frozen, and whatever it draws at random must
 * be drawn once and be part of its weights or of its latent vector, so that one latent is one
 * image. The images of a batch must not influence one another, unless {@link #mixesBatch} says so.
 *
 * <p>Implementations are immutable and may be used by several threads; each call adds new variables
 * to the graph it is given.
 */
public interface Generator {

  /**
   * The space this generator is searched in.
   *
   * @return the space
   */
  LatentSpace latentSpace();

  /**
   * The size of the images it makes.
   *
   * @return the shape of one image
   */
  ImageShape imageShape();

  /**
   * The values of its samples.
   *
   * @return {@link ValueRange#SIGNED} unless overridden
   */
  default ValueRange valueRange() {
    return ValueRange.SIGNED;
  }

  /**
   * Whether the images of a batch influence one another, as with batch norm that takes the
   * statistics of the batch. A search of such a network takes batches of {@code
   * SearchOptions.batchSize} as they come, so a result depends on what else is in its batch, and
   * what holds of all other searches does not hold of it: the same request need not give the same
   * bytes. Only for comparisons.
   *
   * @return false unless a network says otherwise
   */
  default boolean mixesBatch() {
    return false;
  }

  /**
   * Which network with which weights this is, in one line, for the provenance of a result.
   *
   * @return a name and a hash of the weights, for example {@code dcgan 100->3x64x64 sha256:1f0c…}
   */
  String identity();

  /**
   * Adds the network to a graph.
   *
   * @param graph the graph that {@code latent} belongs to. Modified: variables and ops are added.
   * @param latent float32 [N, {@link LatentSpace#size}]; N is the same for the life of the graph
   * @return the images, float32 [N, C, H, W] in {@link #valueRange}
   */
  SDVariable generate(SameDiff graph, SDVariable latent);
}
