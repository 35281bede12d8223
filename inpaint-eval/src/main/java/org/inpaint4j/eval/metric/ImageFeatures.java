package org.inpaint4j.eval.metric;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.model.SqueezeNet;
import org.inpaint4j.model.Weights;

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

  /**
   * SqueezeNet 1.0 with the weights shipped: 512 features, reported as {@code FID (SqueezeNet)}.
   * Images are resized to 224x224, and the features divided by 32: then they are about as large as
   * Inception's, which the cubic kernel of {@link KernelDistance} was made for.
   *
   * @return the features
   */
  static ImageFeatures squeezeNet() {
    return new NetworkFeatures(SqueezeNet.load(), "FID (SqueezeNet)", 224, 1.0 / 32);
  }

  /**
   * Inception-V3 as FID uses it: 2,048 features of images resized to 299x299.
   *
   * <p>The weights tell which variant it is. Those of the original, ported by pytorch-fid, have
   * 1,008 classes; their poolings leave the padding out of means, and the last is a maximum;
   * reported as {@code FID}. Those of torchvision have 1,000 classes and its poolings; reported as
   * {@code FID (torchvision Inception-V3)}, because the numbers differ.
   *
   * @param weights the usual file of pytorch-fid ({@code pt_inception-2015-12-05-….pth}) or of
   *     torchvision's {@code inception_v3}, or either as safetensors
   * @return the features
   * @throws IOException if the file cannot be read, or a tensor is missing or of another shape
   */
  static ImageFeatures inception(Path weights) throws IOException {
    InceptionV3 network = InceptionV3.of(Weights.load(weights));
    return new NetworkFeatures(network, network.distanceName(), 299, 1);
  }
}
