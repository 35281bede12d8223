package org.inpaint4j.keras;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inpaint4j.model.ModelFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a Keras network and what each takes: a Sequential, or a Functional (in Keras 2 also
 * called Model) of one input and one output. Networks that are layers of others are taken apart.
 */
final class KerasNetwork {

  private static final int MOST_LAYERS = 4096;
  private static final Set<String> NETWORKS = Set.of("Sequential", "Functional", "Model");

  private final String file;
  private final List<KerasNode> nodes = new ArrayList<>();
  private final Set<String> made = new HashSet<>();
  private String input = "";
  private Optional<JsonElement> inputShape = Optional.empty();
  private String output = "";

  private KerasNetwork(String file) {
    this.file = file;
  }

  /**
   * Reads a network.
   *
   * @param file for messages
   * @param json its class and its configuration
   * @throws ModelFormatException if it is of another class, or its layers do not fit together
   */
  static KerasNetwork of(String file, JsonObject json) throws ModelFormatException {
    KerasNetwork network = new KerasNetwork(file);
    KerasLayer whole = KerasLayer.of(file, json);
    if (!NETWORKS.contains(whole.kind())) {
      throw whole.problem("be Sequential or Functional", whole.kind());
    }
    network.output = network.new Level(whole, "", "", ImmutableList.of(), Optional.empty()).read();
    if (network.inputShape.isEmpty()) {
      throw whole.problem("tell the shape of its input", "none");
    }
    return network;
  }

  /** In the order in which they can be computed. */
  List<KerasNode> nodes() {
    return nodes;
  }

  String input() {
    return input;
  }

  /** What the configuration says about the shape of the input, the batch first. */
  JsonElement inputShape() {
    return inputShape.orElseThrow();
  }

  String output() {
    return output;
  }

  private void declareInput(KerasLayer layer, String name) throws ModelFormatException {
    Optional<JsonElement> shape =
        layer.setting("batch_shape").or(() -> layer.setting("batch_input_shape"));
    if (shape.isEmpty() || inputShape.isPresent()) {
      throw layer.problem(
          "be the one input of the network", shape.isEmpty() ? "no shape" : "another input");
    }
    inputShape = shape;
    input = name;
    made.add(name);
  }

  /** The layers of one network, which may be a layer of another. */
  private final class Level {
    private final KerasLayer network;
    private final String prefix;
    private final String group;
    private final ImmutableList<String> path;
    private final Optional<String> outer;
    private final Map<String, Integer> counts = new HashMap<>();

    /** Inner names that stand for other values: inputs, and the outputs of inner networks. */
    private final Map<String, String> names = new HashMap<>();

    Level(
        KerasLayer network,
        String prefix,
        String group,
        ImmutableList<String> path,
        Optional<String> outer) {
      this.network = network;
      this.prefix = prefix;
      this.group = group;
      this.path = path;
      this.outer = outer;
    }

    /** Adds the layers; returns the name of the output. */
    String read() throws ModelFormatException {
      if (!(network.json().get("layers") instanceof JsonArray layers)) {
        throw network.problem("have layers", "none");
      }
      boolean chain = network.kind().equals("Sequential");
      String last = outer.orElse("");
      for (JsonElement entry : layers) {
        KerasLayer layer = KerasLayer.of(file, entry);
        if (layer.kind().equals("InputLayer")) {
          last = input(layer);
        } else {
          if (chain && last.isEmpty()) {
            last = prefix + "input";
            declareInput(layer, last);
          }
          last = add(layer, chain ? List.of(last) : inputs(layer));
        }
      }
      if (chain) {
        return last;
      }
      List<String> outputs = new ArrayList<>();
      collect(network.json().get("output_layers"), outputs);
      if (outputs.size() != 1) {
        throw network.problem("have one output", outputs);
      }
      return value(network, outputs.get(0));
    }

    /** The name of a layer's group in a {@code .keras} file. */
    private String tracked(KerasLayer layer) {
      String kind = layer.kind().equals("Model") ? "Functional" : layer.kind();
      String snake = KerasPlace.snake(kind);
      int count = counts.merge(snake, 1, Integer::sum) - 1;
      return count == 0 ? snake : snake + "_" + count;
    }

    private String input(KerasLayer layer) throws ModelFormatException {
      String name = outer.orElse(prefix + layer.name());
      if (outer.isEmpty()) {
        declareInput(layer, name);
      } else if (names.containsValue(name)) {
        throw layer.problem("be the one input of its network", "another");
      }
      names.put(layer.name(), name);
      return name;
    }

    private String add(KerasLayer layer, List<String> inputs) throws ModelFormatException {
      ImmutableList<String> inner =
          ImmutableList.<String>builder().addAll(path).add(tracked(layer)).build();
      String outermost = path.isEmpty() ? layer.name() : group;
      String name = prefix + layer.name();
      if (NETWORKS.contains(layer.kind())) {
        if (inputs.size() != 1) {
          throw layer.problem("take one input", inputs.size());
        }
        String result =
            new Level(layer, name + "/", outermost, inner, Optional.of(inputs.get(0))).read();
        names.put(layer.name(), result);
        return result;
      }
      if (!made.add(name) || nodes.size() == MOST_LAYERS) {
        throw layer.problem("have a name of its own, among at most 4096", name);
      }
      nodes.add(new KerasNode(layer, new KerasPlace(outermost, layer.name(), inner), inputs, name));
      return name;
    }

    private List<String> inputs(KerasLayer layer) throws ModelFormatException {
      if (!(layer.entry().get("inbound_nodes") instanceof JsonArray uses) || uses.size() != 1) {
        throw layer.problem("be used once", layer.entry().get("inbound_nodes"));
      }
      List<String> found = new ArrayList<>();
      collect(uses.get(0), found);
      List<String> inputs = new ArrayList<>();
      for (String name : found) {
        inputs.add(value(layer, name));
      }
      if (inputs.isEmpty()) {
        throw layer.problem("take something", "no input");
      }
      return List.copyOf(inputs);
    }

    private String value(KerasLayer layer, String name) throws ModelFormatException {
      String value = names.getOrDefault(name, prefix + name);
      if (!made.contains(value)) {
        throw layer.problem("take what layers before it have made", name);
      }
      return value;
    }
  }

  /**
   * Collects the layers that are referred to: [name, node, output, …] in Keras 2 and for outputs,
   * and the history of a tensor in the arguments of Keras 3.
   */
  private static void collect(@Nullable JsonElement element, List<String> names) {
    if (element instanceof JsonArray list) {
      if (list.size() >= 3 && list.get(0) instanceof JsonPrimitive name && name.isString()) {
        names.add(name.getAsString());
        return;
      }
      list.forEach(part -> collect(part, names));
    } else if (element instanceof JsonObject object) {
      if (object.get("config") instanceof JsonObject config && config.has("keras_history")) {
        collect(config.get("keras_history"), names);
      } else {
        collect(object.get("args"), names);
      }
    }
  }
}
