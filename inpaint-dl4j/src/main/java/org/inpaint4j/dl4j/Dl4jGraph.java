package org.inpaint4j.dl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.inpaint4j.model.Graphs;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;

/**
 * Adds a DL4J network to a SameDiff graph, layer by layer, as it computes at inference: dropout
 * does nothing, and batch norm takes the statistics of training.
 */
final class Dl4jGraph {

  /**
   * A variable with the shape that it has for each image of the batch: [features] or [channels,
   * height, width].
   */
  static final class Value {
    final SDVariable variable;
    final int[] shape;

    Value(SDVariable variable, int... shape) {
      this.variable = variable;
      this.shape = shape;
    }

    boolean isImage() {
      return shape.length == 3;
    }

    int size() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  private final SameDiff graph;
  private final String scope;
  private final Dl4jConvolutions convolutions;
  private final Map<String, Value> values = new HashMap<>();

  private Dl4jGraph(SameDiff graph) {
    this.graph = graph;
    this.scope = Graphs.freshScope(graph, "dl4j");
    this.convolutions = new Dl4jConvolutions(graph, scope);
  }

  /**
   * Adds a network.
   *
   * @param network the network
   * @param graph the graph of {@code input}. Modified: variables and ops are added.
   * @param input what goes in
   * @param logits a layer whose activation function is left out, or null
   * @return the activations of every layer and vertex, by name
   * @throws IllegalArgumentException if a layer cannot be translated or does not fit what comes in
   */
  static Map<String, Value> add(
      Dl4jNetwork network, SameDiff graph, Value input, @Nullable String logits) {
    Dl4jGraph translation = new Dl4jGraph(graph);
    translation.values.put(network.input(), input);
    for (Dl4jNetwork.Node node : network.nodes()) {
      List<Value> inputs =
          node.inputs().stream().map(name -> translation.found(node, name)).toList();
      boolean flatten = node.inputs().contains(network.input());
      translation.values.put(
          node.name(), translation.node(node, inputs, flatten, node.name().equals(logits)));
    }
    return translation.values;
  }

  private Value found(Dl4jNetwork.Node node, String name) {
    Value value = values.get(name);
    if (value == null) {
      throw node.problem("must have inputs of the network", values.keySet(), name);
    }
    return value;
  }

  private Value node(
      Dl4jNetwork.Node node, List<Value> inputs, boolean first, boolean withoutActivation) {
    if (node.kind() instanceof GraphVertex vertex) {
      return Dl4jVertices.add(graph, this, node, vertex, inputs);
    }
    Value x = inputs.get(0);
    if (inputs.size() > 1) {
      throw node.problem("must have one input", 1, inputs.size());
    }
    if (node.preprocessor() != null) {
      x = preprocessed(node, node.preprocessor(), x);
    } else if (first && x.isImage() && isDense(node)) {
      x = reshaped(x, x.size()); // images that DL4J was given as vectors
    }
    Value y = layer(node, x);
    IActivation function = activation(node);
    if (withoutActivation) {
      if (!(function instanceof ActivationSigmoid || function instanceof ActivationIdentity)) {
        throw node.problem(
            "must end in a logit",
            "a sigmoid or the identity",
            function.getClass().getSimpleName());
      }
      return y;
    }
    SDVariable activated =
        Dl4jActivations.add(graph, node, function, y.variable, y.shape.length + 1);
    return new Value(activated, y.shape);
  }

  Value preprocessed(Dl4jNetwork.Node node, InputPreProcessor preprocessor, Value x) {
    if (preprocessor instanceof ComposableInputPreProcessor several) {
      Value y = x;
      for (InputPreProcessor one : several.getInputPreProcessors()) {
        y = preprocessed(node, one, y);
      }
      return y;
    }
    if (preprocessor instanceof CnnToFeedForwardPreProcessor flat) {
      Dl4jConvolutions.requireChannelsFirst(node, flat.getFormat());
      return x.isImage() ? reshaped(x, x.size()) : x;
    }
    if (preprocessor instanceof FeedForwardToCnnPreProcessor image) {
      int[] shape = {
        (int) image.getNumChannels(), (int) image.getInputHeight(), (int) image.getInputWidth()
      };
      if (!x.isImage() && x.size() != shape[0] * shape[1] * shape[2]) {
        throw node.problem(
            "must get what its preprocessor reshapes",
            Arrays.toString(shape),
            Arrays.toString(x.shape));
      }
      return x.isImage() ? x : reshaped(x, shape);
    }
    throw node.unsupported("the preprocessor " + preprocessor.getClass().getSimpleName());
  }

  Value reshaped(Value x, int... shape) {
    long[] whole = new long[shape.length + 1];
    whole[0] = -1;
    for (int d = 0; d < shape.length; d++) {
      whole[d + 1] = shape[d];
    }
    return new Value(graph.reshape(x.variable, whole), shape);
  }

  /** A layer without its activation function. */
  private Value layer(Dl4jNetwork.Node node, Value x) {
    Class<?> kind = node.kind().getClass();
    if (isDense(node)) {
      return dense(node, x);
    }
    if (kind == ActivationLayer.class
        || kind == LossLayer.class
        || kind == CnnLossLayer.class
        || kind == DropoutLayer.class) {
      return x;
    }
    if (kind == BatchNormalization.class) {
      return batchNorm(node, (BatchNormalization) node.kind(), x);
    }
    if (kind == GlobalPoolingLayer.class) {
      return globalPooling(node, (GlobalPoolingLayer) node.kind(), x);
    }
    return convolutions.add(node, x);
  }

  private static boolean isDense(Dl4jNetwork.Node node) {
    Class<?> kind = node.kind().getClass();
    return kind == DenseLayer.class || kind == OutputLayer.class;
  }

  /** The function a layer ends with; some kinds have one set that they do not apply. */
  static IActivation activation(Dl4jNetwork.Node node) {
    if (node.kind() instanceof ActivationLayer layer) {
      return layer.getActivationFn();
    }
    boolean applied =
        node.kind() instanceof BaseLayer
            && !(node.kind() instanceof BatchNormalization)
            && !(node.kind() instanceof DropoutLayer);
    return applied ? ((BaseLayer) node.kind()).getActivationFn() : new ActivationIdentity();
  }

  private Value dense(Dl4jNetwork.Node node, Value x) {
    if (node.has("g")) {
      throw node.unsupported("layer normalisation");
    }
    int[] shape = node.parameter("W").shape();
    if (x.isImage() || x.shape[0] != shape[0]) {
      throw node.problem("must get vectors", "[" + shape[0] + "]", Arrays.toString(x.shape));
    }
    SDVariable product = graph.mmul(x.variable, constant(node, "W", shape));
    if (node.has("b")) {
      product = product.add(constant(node, "b", shape[1]));
    }
    return new Value(product, shape[1]);
  }

  /** Scale and shift of each channel, from the statistics of training. */
  private Value batchNorm(Dl4jNetwork.Node node, BatchNormalization layer, Value x) {
    Dl4jConvolutions.requireChannelsFirst(node, x.isImage() ? layer.getCnn2DFormat() : null);
    float[] mean = node.parameter("mean").values();
    int channels = mean.length;
    if (x.shape[0] != channels) {
      throw node.problem("must get its channels", channels, x.shape[0]);
    }
    boolean log = layer.isUseLogStd();
    float[] spread = node.parameter(log ? "log10stdev" : "var").values();
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int c = 0; c < channels; c++) {
      double variance = log ? Math.pow(10, 2 * spread[c]) : spread[c];
      boolean locked = layer.isLockGammaBeta();
      double gamma = locked ? layer.getGamma() : node.parameter("gamma").values()[c];
      double beta = locked ? layer.getBeta() : node.parameter("beta").values()[c];
      double factor = gamma / Math.sqrt(variance + layer.getEps());
      scale[c] = (float) factor;
      shift[c] = (float) (beta - mean[c] * factor);
    }
    int[] shape = x.isImage() ? new int[] {1, channels, 1, 1} : new int[] {1, channels};
    String name = scope + node.name();
    SDVariable scaled = x.variable.mul(Graphs.constant(graph, name + "/scale", scale, shape));
    return new Value(scaled.add(Graphs.constant(graph, name + "/shift", shift, shape)), x.shape);
  }

  private Value globalPooling(Dl4jNetwork.Node node, GlobalPoolingLayer layer, Value x) {
    int @Nullable [] dimensions = layer.getPoolingDimensions();
    boolean plain = dimensions == null || Arrays.equals(dimensions, new int[] {2, 3});
    if (!x.isImage() || !plain) {
      throw node.unsupported("pooling of something else than images");
    }
    SDVariable pooled =
        switch (layer.getPoolingType()) {
          case AVG -> x.variable.mean(2, 3);
          case SUM -> x.variable.sum(2, 3);
          case MAX -> x.variable.max(2, 3);
          case PNORM -> throw node.unsupported("pooling by norm");
        };
    Value vector = new Value(pooled, x.shape[0]);
    return layer.isCollapseDimensions() ? vector : reshaped(vector, x.shape[0], 1, 1);
  }

  private SDVariable constant(Dl4jNetwork.Node node, String key, int... shape) {
    return Graphs.constant(
        graph, scope + node.name() + "/" + key, node.parameter(key).values(), shape);
  }
}
