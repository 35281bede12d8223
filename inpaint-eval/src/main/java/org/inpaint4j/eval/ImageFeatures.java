package org.inpaint4j.eval;

import java.util.List;
import org.inpaint4j.ImagePlanes;

/**
 * Turns images into feature vectors for {@link FeatureStatistics} and {@link KernelDistance}.
 *
 * <p>Implementations may be used by several threads.
 */
public interface ImageFeatures {

  /**
   * What a Fréchet distance of these features is called, so that distances of different networks
   * are never mistaken for each other.
   *
   * @return for example {@code FID (SqueezeNet)}; {@code FID} alone is Inception-V3 with the
   *     weights of the original
   */
  String distanceName();

  /**
   * Which network with which weights, for the provenance of a table.
   *
   * @return a name and a hash
   */
  String identity();

  /**
   * Computes the features.
   *
   * @param images 1 or 3 channels (red, green, blue) of samples from 0 to 1, any size. Not
   *     modified.
   * @return one vector for each image, all of one length
   */
  float[][] of(List<ImagePlanes> images);
}
