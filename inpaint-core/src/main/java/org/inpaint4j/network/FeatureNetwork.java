package org.inpaint4j.network;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A network that describes images by features, by adding itself to a SameDiff graph.
 *
 * <p>It serves distances between sets of images and perceptual losses. It is used at inference, is
 * differentiable with respect to the images, and the images of a batch do not influence one
 * another. Implementations are immutable and may be used by several threads; each call adds new
 * variables to the graph it is given.
 */
public interface FeatureNetwork {

  /**
   * Which network with which weights this is, in one line, for the provenance of a result.
   *
   * @return a name and a hash of the weights
   */
  String identity();

  /**
   * Adds the network to a graph.
   *
   * @param graph the graph that {@code images} belongs to. Modified: variables and ops are added.
   * @param images float32 [N, 3, H, W], red, green, blue, black at -1 and white at 1; what the
   *     network expects beyond that is done inside
   * @return features float32 [N, C, h, w], from the finest to the coarsest; the last are those that
   *     a Fréchet distance takes, after a mean over h and w
   */
  List<SDVariable> features(SameDiff graph, SDVariable images);
}
