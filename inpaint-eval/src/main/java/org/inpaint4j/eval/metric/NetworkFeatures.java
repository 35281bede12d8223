package org.inpaint4j.eval.metric;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.network.FeatureNetwork;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The last features of a network, as means over the picture. */
final class NetworkFeatures implements ImageFeatures {

  private static final String INPUT = "images";

  private final FeatureNetwork network;
  private final String distanceName;
  private final int size;
  private final SameDiff graph;
  private final String output;

  /**
   * Builds the graph.
   *
   * @param size images are resized to this many rows and columns
   * @param scale multiplies the features
   */
  NetworkFeatures(FeatureNetwork network, String distanceName, int size, double scale) {
    this.network = network;
    this.distanceName = distanceName;
    this.size = size;
    this.graph = Engine.newGraph();
    SDVariable images = graph.placeHolder(INPUT, DataType.FLOAT, -1, 3, size, size);
    List<SDVariable> features = network.features(graph, images);
    this.output = features.get(features.size() - 1).mean(2, 3).mul(scale).name();
  }

  @Override
  public String distanceName() {
    return distanceName;
  }

  @Override
  public String identity() {
    return network.identity();
  }

  // One graph is not safe for several threads, and one batch keeps all cores busy.
  @Override
  public synchronized float[][] of(List<ImagePlanes> images) {
    int pixels = size * size;
    float[] samples = new float[images.size() * 3 * pixels];
    for (int n = 0; n < images.size(); n++) {
      ImagePlanes image = images.get(n);
      for (int c = 0; c < 3; c++) {
        int channel = image.channels() == 3 ? c : 0;
        Bilinear.resize(image, channel, size, size, samples, (n * 3 + c) * pixels);
      }
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 2 * samples[i] - 1;
    }
    try (INDArray input = Nd4j.create(samples, new long[] {images.size(), 3, size, size}, 'c')) {
      INDArray means = requireNonNull(graph.output(Map.of(INPUT, input), output).get(output));
      float[][] features = means.toFloatMatrix();
      means.close();
      return features;
    }
  }
}
