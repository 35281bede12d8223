package org.inpaint4j.keras;

import java.util.List;
import org.inpaint4j.model.ModelFormatException;

/** Turns the layers of a Keras network into {@link Step}s, as they compute at inference. */
final class LayerReader {

  private final ValueLayers values;
  private final ConvolutionLayers convolutions;
  private final ShapeLayers shapes;

  LayerReader(Layout layout, KerasWeights weights) {
    this.values = new ValueLayers(layout, weights);
    this.convolutions = new ConvolutionLayers(weights);
    this.shapes = new ShapeLayers(layout);
  }

  /**
   * Reads a layer.
   *
   * @param inputs what it takes
   * @throws ModelFormatException if it is of another class, or does not fit what it takes
   */
  Step read(KerasNode node, List<Signal> inputs) throws ModelFormatException {
    KerasLayer layer = node.layer();
    if (layer.kind().equals("Add") || layer.kind().equals("Multiply")) {
      return values.combined(layer, inputs);
    }
    if (layer.kind().equals("Concatenate")) {
      return values.concatenated(layer, inputs);
    }
    if (inputs.size() != 1) {
      throw layer.problem("take one input", inputs.size());
    }
    Signal x = inputs.get(0);
    if (KerasActivation.isLayer(layer)) {
      return KerasActivation.ofLayer(layer, x);
    }
    return switch (layer.kind()) {
      case "Dense" -> activated(layer, values.dense(layer, node.place(), x));
      case "Conv2D" -> activated(layer, convolutions.convolution(layer, node.place(), x));
      case "Conv2DTranspose" -> activated(layer, convolutions.transposed(layer, node.place(), x));
      case "Activation" -> KerasActivation.of(layer, x);
      case "BatchNormalization" -> values.batchNorm(layer, node.place(), x);
      case "Reshape" -> shapes.reshape(layer, x);
      case "Flatten" -> shapes.flatten(layer, x);
      case "UpSampling2D" -> shapes.upsampling(layer, x);
      case "ZeroPadding2D" -> shapes.padding(layer, x);
      case "Cropping2D" -> shapes.cropping(layer, x);
      case "Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianDropout", "GaussianNoise" ->
          KerasActivation.same(x); // they work in training only
      case "Lambda" -> throw layer.problem("not be code, which is never run", "a Lambda");
      default -> throw layer.problem("be one that can be searched through", layer.kind());
    };
  }

  private static Step activated(KerasLayer layer, Step linear) throws ModelFormatException {
    return linear.then(KerasActivation.of(layer, linear.made()));
  }
}
