package org.inpaint4j.dl4j;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A DL4J network as it was when it was given: its layers and vertices in an order they can be
 * computed in, and a copy of its parameters as float32. Immutable.
 */
final class Dl4jNetwork {

  /** The name of the one input. */
  private static final String INPUT = "(input)";

  /**
   * A layer or a vertex.
   *
   * @param kind the configuration: a DL4J layer, without a wrapper that freezes it, or a vertex
   * @param preprocessor what comes before a layer
   */
  record Node(
      String name,
      Object kind,
      @Nullable InputPreProcessor preprocessor,
      List<String> inputs,
      Map<String, Parameter> parameters) {

    boolean has(String parameter) {
      return parameters.containsKey(parameter);
    }

    Parameter parameter(String key) {
      Parameter tensor = parameters.get(key);
      if (tensor == null) {
        throw problem("must have its parameters", key, parameters.keySet());
      }
      return tensor;
    }

    /** An exception that names this layer. */
    IllegalArgumentException problem(String rule, Object expected, Object found) {
      return new IllegalArgumentException(
          "layer %s (%s) %s: expected %s, found %s"
              .formatted(name, kind.getClass().getSimpleName(), rule, expected, found));
    }

    IllegalArgumentException unsupported(String what) {
      return new IllegalArgumentException(
          "layer %s (%s) must be one that can be translated: found %s"
              .formatted(name, kind.getClass().getSimpleName(), what));
    }
  }

  private final String type;
  private final String input;
  private final List<Node> nodes;
  private final List<String> outputs;
  private final String sha256;

  private Dl4jNetwork(
      String type, String input, List<Node> nodes, List<String> outputs, String configuration) {
    this.type = type;
    this.input = input;
    this.nodes = List.copyOf(nodes);
    this.outputs = List.copyOf(outputs);
    this.sha256 = hash(configuration);
  }

  static Dl4jNetwork of(MultiLayerNetwork network) {
    List<Node> nodes = new ArrayList<>();
    String before = INPUT;
    for (int i = 0; i < network.getnLayers(); i++) {
      Layer layer = network.getLayer(i);
      @Nullable String given = layer.conf().getLayer().getLayerName();
      String name = given == null ? "layer" + i : given;
      InputPreProcessor preprocessor = network.getLayerWiseConfigurations().getInputPreProcess(i);
      nodes.add(
          new Node(
              name,
              thawed(layer.conf().getLayer()),
              preprocessor,
              List.of(before),
              copy(layer.paramTable())));
      before = name;
    }
    return new Dl4jNetwork(
        "MultiLayerNetwork",
        INPUT,
        nodes,
        List.of(before),
        network.getLayerWiseConfigurations().toJson());
  }

  static Dl4jNetwork of(ComputationGraph network) {
    ComputationGraphConfiguration configuration = network.getConfiguration();
    if (configuration.getNetworkInputs().size() != 1) {
      throw new IllegalArgumentException(
          "a network must have one input: found " + configuration.getNetworkInputs());
    }
    List<Node> nodes = new ArrayList<>();
    for (int index : network.topologicalSortOrder()) {
      String name = network.getVertices()[index].getVertexName();
      GraphVertex vertex = configuration.getVertices().get(name);
      if (vertex == null) {
        continue; // the input
      }
      if (vertex instanceof FrozenVertex frozen) {
        vertex = frozen.getUnderlying();
      }
      List<String> inputs = configuration.getVertexInputs().getOrDefault(name, List.of());
      if (vertex instanceof LayerVertex layer) {
        nodes.add(
            new Node(
                name,
                thawed(layer.getLayerConf().getLayer()),
                layer.getPreProcessor(),
                inputs,
                copy(network.getLayer(name).paramTable())));
      } else {
        nodes.add(new Node(name, vertex, null, inputs, Map.of()));
      }
    }
    return new Dl4jNetwork(
        "ComputationGraph",
        configuration.getNetworkInputs().get(0),
        nodes,
        configuration.getNetworkOutputs(),
        configuration.toJson());
  }

  private static Object thawed(org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return thawed(frozen.getLayer());
    }
    return layer instanceof FrozenLayerWithBackprop frozen ? thawed(frozen.getUnderlying()) : layer;
  }

  private static Map<String, Parameter> copy(@Nullable Map<String, INDArray> parameters) {
    Map<String, Parameter> copies = new LinkedHashMap<>();
    if (parameters != null) {
      parameters.forEach(
          (key, array) -> {
            INDArray dense = array.castTo(DataType.FLOAT).dup('c');
            int[] shape = new int[array.rank()];
            for (int d = 0; d < shape.length; d++) {
              shape[d] = Math.toIntExact(array.size(d));
            }
            copies.put(key, new Parameter(shape, dense.data().asFloat()));
          });
    }
    return copies;
  }

  private String hash(String configuration) {
    Hasher digest = Hashing.sha256().newHasher();
    digest.putString(configuration, StandardCharsets.UTF_8);
    for (Node node : nodes) {
      for (Parameter tensor : node.parameters.values()) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.values().length);
        bytes.asFloatBuffer().put(tensor.values());
        digest.putBytes(bytes);
      }
    }
    return digest.hash().toString();
  }

  /** The name of DL4J's class. */
  String type() {
    return type;
  }

  /** The name of the input, which nodes have among their inputs. */
  String input() {
    return input;
  }

  /** In an order in which they can be computed. */
  List<Node> nodes() {
    return nodes;
  }

  /** The name of the one output. */
  String output() {
    if (outputs.size() != 1) {
      throw new IllegalArgumentException("a network must have one output: found " + outputs);
    }
    return outputs.get(0);
  }

  /** Of configuration and parameters. */
  String sha256() {
    return sha256;
  }

  long parameterCount() {
    long count = 0;
    for (Node node : nodes) {
      for (Parameter tensor : node.parameters.values()) {
        count += tensor.values().length;
      }
    }
    return count;
  }

  /** Which network this is, for the provenance of results. */
  String identity() {
    return "dl4j " + type + " sha256:" + sha256;
  }

  /**
   * The shape of one input vector, as the first layer has it: [features], or [channels, 1, 1] if
   * that is a convolution. Nothing if it does not say.
   */
  Optional<int[]> vectorShape() {
    for (Node node : nodes) {
      if (node.inputs().contains(input)) {
        if (node.preprocessor() instanceof FeedForwardToCnnPreProcessor shape) {
          return Optional.of(
              new int[] {
                size(shape.getNumChannels(), shape.getInputHeight(), shape.getInputWidth())
              });
        }
        if (node.kind() instanceof ConvolutionLayer layer) {
          return Optional.of(new int[] {size(layer.getNIn()), 1, 1});
        }
        if (node.kind() instanceof FeedForwardLayer layer && layer.getNIn() > 0) {
          return Optional.of(new int[] {size(layer.getNIn())});
        }
      }
    }
    return Optional.empty();
  }

  private static int size(long... sides) {
    double size = 1;
    for (long side : sides) {
      size *= side;
    }
    checkArgument(
        size >= 1 && size <= Integer.MAX_VALUE,
        "a network must take vectors of fewer than 2^31 numbers: found %s",
        Arrays.toString(sides));
    return (int) size;
  }
}
