package org.inpaint4j.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The layers of a completion network with the weights of a file, batch norm folded in. */
final class FileLayers {

  private final Map<String, CompletionLayer> layers = new HashMap<>();

  /**
   * Reads all layers of a network.
   *
   * @throws ModelFormatException if a tensor is missing or of another shape
   */
  FileLayers(Weights weights, CompletionDesign design) throws ModelFormatException {
    for (CompletionLayers.Layer layer : design.layers()) {
      String name = layer.name();
      // The shape first: what is read by a part of it says so more plainly.
      weights.require(name + ".weight", layer.weightShape());
      @Nullable String norm = layer.norm().isEmpty() ? null : layer.norm();
      layers.put(
          name,
          switch (layer.kind()) {
            case CONVOLUTION, TO_VECTOR ->
                CompletionLayer.convolution(weights, name, norm, layer.inputs(), layer.kernel());
            case TRANSPOSED, FROM_VECTOR ->
                CompletionLayer.transposed(weights, name, norm, layer.inputs());
          });
    }
  }

  /**
   * Adds the layers to a graph.
   *
   * @param scope of their constants, new in the graph
   */
  CompletionLayers in(SameDiff graph, String scope) {
    return (layer, x) -> {
      CompletionLayer weights = layers.get(layer.name());
      if (weights == null) {
        throw new IllegalStateException("a layer must be of the network: found " + layer.name());
      }
      String name = scope + layer.name();
      return switch (layer.kind()) {
        case CONVOLUTION, TRANSPOSED -> weights.apply(graph, name, x, layer.stride());
        case TO_VECTOR, FROM_VECTOR -> weights.product(graph, name, x);
      };
    };
  }
}
