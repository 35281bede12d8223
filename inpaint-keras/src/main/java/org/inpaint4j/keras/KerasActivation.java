package org.inpaint4j.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.network.ValueRange;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Activation functions, on their own, within other layers, and as layers. */
final class KerasActivation {

  /** Of the function leaky_relu of TensorFlow and Keras. */
  private static final double LEAK_OF_FUNCTION = 0.2;

  /** Of the layer LeakyReLU. */
  private static final double LEAK_OF_LAYER = 0.3;

  private KerasActivation() {}

  private interface Function {
    SDVariable of(SameDiff graph, SDVariable x);
  }

  /**
   * The function that a layer names as its {@code activation}, if any.
   *
   * @param made what the function is applied to
   */
  static Step of(KerasLayer layer, Signal made) throws ModelFormatException {
    Optional<JsonElement> setting = layer.setting("activation");
    if (setting.isEmpty()) {
      return same(made);
    }
    if (setting.get() instanceof JsonPrimitive text && text.isString()) {
      return named(layer, text.getAsString(), made);
    }
    if (setting.get() instanceof JsonObject object) {
      if (object.get("config") instanceof JsonPrimitive text && text.isString()) {
        return named(layer, text.getAsString(), made); // a function of Keras 3
      }
      if (object.get("config") instanceof JsonObject) {
        KerasLayer inner = KerasLayer.of(layer.file(), object);
        if (isLayer(inner)) {
          return ofLayer(inner, made);
        }
      }
    }
    throw unknown(layer, setting.get());
  }

  private static Step named(KerasLayer layer, String function, Signal made)
      throws ModelFormatException {
    return switch (function) {
      case "linear" -> same(made);
      case "relu" -> step(made, (graph, x) -> graph.nn().relu(x, 0));
      case "leaky_relu" -> step(made, (graph, x) -> graph.nn().leakyRelu(x, LEAK_OF_FUNCTION));
      case "elu" -> elu(made, 1);
      case "selu" -> step(made, (graph, x) -> graph.nn().selu(x));
      case "softplus" -> step(made, (graph, x) -> graph.nn().softplus(x));
      case "swish", "silu" -> step(made, (graph, x) -> x.mul(graph.nn().sigmoid(x)));
      case "tanh" -> step(made, Optional.of(ValueRange.SIGNED), (graph, x) -> graph.math().tanh(x));
      case "sigmoid" ->
          step(made, Optional.of(ValueRange.UNIT), (graph, x) -> graph.nn().sigmoid(x));
      default -> throw unknown(layer, function);
    };
  }

  private static ModelFormatException unknown(KerasLayer layer, Object found) {
    return layer.problem("have an activation that can be searched through", found);
  }

  /** Whether a layer is an activation and nothing else. */
  static boolean isLayer(KerasLayer layer) {
    return switch (layer.kind()) {
      case "LeakyReLU", "ReLU", "ELU" -> true;
      default -> false;
    };
  }

  /** Such a layer. */
  static Step ofLayer(KerasLayer layer, Signal made) throws ModelFormatException {
    return switch (layer.kind()) {
      case "LeakyReLU" -> {
        double leak = layer.number("alpha", layer.number("negative_slope", LEAK_OF_LAYER));
        yield step(made, (graph, x) -> graph.nn().leakyRelu(x, leak));
      }
      case "ELU" -> elu(made, layer.number("alpha", 1));
      default -> relu(layer, made);
    };
  }

  private static Step relu(KerasLayer layer, Signal made) throws ModelFormatException {
    double slope = layer.number("negative_slope", 0);
    double most = layer.number("max_value", Double.POSITIVE_INFINITY);
    if (layer.number("threshold", 0) != 0 || !(most > 0)) {
      throw layer.problem("cut at 0, and not below", layer.json());
    }
    return step(
        made,
        (graph, x) -> {
          SDVariable y = slope == 0 ? graph.nn().relu(x, 0) : graph.nn().leakyRelu(x, slope);
          // min(y, most), of operations whose derivatives are right
          return most == Double.POSITIVE_INFINITY ? y : y.sub(graph.nn().relu(y.sub(most), 0));
        });
  }

  /** x, or alpha (exp(x) - 1) where x is negative. */
  private static Step elu(Signal made, double alpha) {
    return step(
        made,
        (graph, x) -> {
          SDVariable below = graph.math().exp(graph.nn().relu(x.neg(), 0).neg());
          return graph.nn().relu(x, 0).add(below.sub(1).mul(alpha));
        });
  }

  /** Nothing is done. */
  static Step same(Signal made) {
    return new Step(made, (graph, name, x) -> x.get(0));
  }

  private static Step step(Signal made, Function function) {
    return step(made, Optional.empty(), function);
  }

  private static Step step(Signal made, Optional<ValueRange> range, Function function) {
    return new Step(made.within(range), (graph, name, x) -> function.of(graph, x.get(0)));
  }
}
