package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.model.CompletionLayers;
import org.inpaint4j.model.Graphs;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The layers of a completion network whose parameters are inputs, with batch norm in training. */
final class TrainedLayers implements CompletionLayers {

  private final SameDiff graph;
  private final ParameterInputs parameters;
  private final int batch;
  private final Map<String, BatchNorm> norms = new HashMap<>();

  TrainedLayers(SameDiff graph, ParameterInputs parameters, int batch) {
    this.graph = graph;
    this.parameters = parameters;
    this.batch = batch;
  }

  /** The batch norm layers, in the order of the shape. */
  List<BatchNorm> norms(Shape shape) {
    List<BatchNorm> inOrder = new ArrayList<>();
    for (Shape.Norm norm : shape.norms()) {
      BatchNorm added = norms.get(norm.name());
      if (added == null) {
        throw new IllegalStateException("every layer must be added: found no " + norm.name());
      }
      inOrder.add(added);
    }
    return inOrder;
  }

  @Override
  public SDVariable add(Layer layer, SDVariable x) {
    SDVariable weights = parameters.get(layer.name() + ".weight");
    int kernel = layer.kernel();
    int size = layer.size();
    SDVariable y =
        switch (layer.kind()) {
          case CONVOLUTION ->
              graph.cnn().conv2d(x, weights, Graphs.convolution(kernel, layer.stride(), 1));
          case TRANSPOSED ->
              graph.cnn().deconv2d(x, weights, Graphs.deconvolution(kernel, layer.stride(), 1));
          case TO_VECTOR -> graph.cnn().conv2d(x, weights, Graphs.convolution(kernel, 1, 0));
          case FROM_VECTOR ->
              graph.reshape(graph.mmul(x, weights), batch, layer.outputs(), size, size);
        };
    if (layer.hasBias()) {
      SDVariable bias = parameters.get(layer.name() + ".bias");
      y = Bias.add(y, new int[] {batch, layer.outputs(), size, size}, bias);
    } else {
      BatchNorm norm =
          BatchNorm.of(
              y,
              new int[] {batch, layer.outputs(), size, size},
              parameters.get(layer.norm() + ".weight"),
              parameters.get(layer.norm() + ".bias"));
      norms.put(layer.norm(), norm);
      y = norm.value();
    }
    return layer.kind() == Kind.TO_VECTOR ? graph.reshape(y, batch, layer.outputs()) : y;
  }
}
