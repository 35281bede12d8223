package org.inpaint4j.dl4j;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inpaint4j.dl4j.Dl4jGraph.Value;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.FeatureNetwork;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.ValueRange;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** What a DL4J network may be taken for. */
final class Dl4jRoles {

  private Dl4jRoles() {}

  /** What a network makes of latent vectors. */
  static Value generated(Dl4jNetwork network, SameDiff graph, SDVariable latent, int latentSize) {
    int[] shape = network.vectorShape().orElse(new int[] {latentSize});
    checkArgument(
        shape[0] == latentSize,
        "the latent space must have the size of the first layer: expected %s, found %s",
        shape[0],
        latentSize);
    Value input = new Value(latent, latentSize);
    if (shape.length == 3) {
      input = new Value(graph.reshape(latent, -1, shape[0], 1, 1), shape);
    }
    return output(network, Dl4jGraph.add(network, graph, input, null));
  }

  private static Value output(Dl4jNetwork network, Map<String, Value> values) {
    return requireNonNull(values.get(network.output()), "an output is a layer");
  }

  record NetworkGenerator(
      Dl4jNetwork network, LatentSpace latentSpace, ImageShape imageShape, ValueRange valueRange)
      implements Generator {

    @Override
    public String identity() {
      return network.identity() + " " + latentSpace.size() + "->" + imageShape;
    }

    @Override
    public String toString() {
      return identity();
    }

    @Override
    public SDVariable generate(SameDiff graph, SDVariable latent) {
      Value output = generated(network, graph, latent, latentSpace.size());
      return output.isImage()
          ? output.variable
          : graph.reshape(
              output.variable, -1, imageShape.channels(), imageShape.height(), imageShape.width());
    }
  }

  record NetworkDiscriminator(Dl4jNetwork network, ImageShape imageShape, ValueRange valueRange)
      implements Discriminator {

    @Override
    public String toString() {
      return network.identity();
    }

    @Override
    public SDVariable logits(SameDiff graph, SDVariable images) {
      Value image =
          new Value(images, imageShape.channels(), imageShape.height(), imageShape.width());
      Value output = output(network, Dl4jGraph.add(network, graph, image, network.output()));
      checkArgument(
          output.size() == 1,
          "a discriminator must have one logit for each image: found %s",
          Arrays.toString(output.shape));
      return graph.reshape(output.variable, -1);
    }
  }

  record NetworkFeatures(Dl4jNetwork network, ValueRange range, List<String> layers)
      implements FeatureNetwork {

    @Override
    public String identity() {
      return network.identity() + " " + layers;
    }

    @Override
    public List<SDVariable> features(SameDiff graph, SDVariable images) {
      double scale = (range.white() - range.black()) / 2;
      SDVariable scaled = images.mul(scale).add(range.black() + scale);
      long[] shape = requireNonNull(images.getShape(), "images have a shape");
      Value input = new Value(scaled, (int) shape[1], (int) shape[2], (int) shape[3]);
      Map<String, Value> values = Dl4jGraph.add(network, graph, input, null);
      List<SDVariable> features = new ArrayList<>();
      for (String layer : layers) {
        Value value = requireNonNull(values.get(layer), layer);
        features.add(
            value.isImage()
                ? value.variable
                : graph.reshape(value.variable, -1, value.shape[0], 1, 1));
      }
      return features;
    }
  }
}
