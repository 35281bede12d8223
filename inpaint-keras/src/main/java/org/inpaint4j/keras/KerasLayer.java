package org.inpaint4j.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.inpaint4j.model.ModelFormatException;

/**
 * A layer as the configuration describes it.
 *
 * @param file for messages
 * @param kind the name of its class
 * @param name its own name
 * @param json its configuration
 * @param entry the object around the configuration
 */
record KerasLayer(String file, String kind, String name, JsonObject json, JsonObject entry) {

  /**
   * Reads a layer.
   *
   * @throws ModelFormatException if it has no class or no configuration
   */
  static KerasLayer of(String file, JsonElement entry) throws ModelFormatException {
    if (entry instanceof JsonObject object
        && object.get("class_name") instanceof JsonPrimitive kind
        && kind.isString()) {
      JsonElement config = object.get("config");
      if (config instanceof JsonArray) { // a Sequential of Keras 2.2 and before
        JsonObject layers = new JsonObject();
        layers.add("layers", config);
        config = layers;
      }
      if (config instanceof JsonObject json) {
        String name =
            json.get("name") instanceof JsonPrimitive text
                ? text.getAsString()
                : kind.getAsString();
        return new KerasLayer(file, kind.getAsString(), name, json, object);
      }
    }
    throw new ModelFormatException(
        file, "a layer must have a class and a configuration: found " + brief(entry));
  }

  /** A part of a text that may be long. */
  static String brief(Object found) {
    String text = String.valueOf(found).replace('\n', ' ');
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  ModelFormatException problem(String rule, Object found) {
    return new ModelFormatException(
        file, "the layer %s (%s) must %s: found %s".formatted(name, kind, rule, brief(found)));
  }

  /** A setting; nothing if it is missing or null. */
  Optional<JsonElement> setting(String key) {
    return Optional.ofNullable(json.get(key)).filter(value -> !value.isJsonNull());
  }

  String text(String key, String otherwise) throws ModelFormatException {
    return primitive(key, JsonPrimitive::isString, "have a text as " + key)
        .map(JsonPrimitive::getAsString)
        .orElse(otherwise);
  }

  boolean flag(String key, boolean otherwise) throws ModelFormatException {
    return primitive(key, JsonPrimitive::isBoolean, "say yes or no to " + key)
        .map(JsonPrimitive::getAsBoolean)
        .orElse(otherwise);
  }

  private Optional<JsonPrimitive> primitive(String key, Predicate<JsonPrimitive> fits, String rule)
      throws ModelFormatException {
    Optional<JsonElement> value = setting(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonPrimitive found && fits.test(found)) {
      return Optional.of(found);
    }
    throw problem(rule, value.get());
  }

  double number(String key, double otherwise) throws ModelFormatException {
    Optional<JsonElement> value = setting(key);
    return value.isEmpty() ? otherwise : number(key, value.get());
  }

  private double number(String key, JsonElement value) throws ModelFormatException {
    if (value instanceof JsonPrimitive number && number.isNumber()) {
      double found = number.getAsDouble();
      if (Double.isFinite(found)) {
        return found;
      }
    }
    if (value instanceof JsonObject array
        && array.get("config") instanceof JsonObject config
        && config.get("value") instanceof JsonPrimitive number
        && number.isNumber()) {
      return number(key, number); // Keras 3 wraps what was a NumPy number
    }
    throw problem("have a number as " + key, value);
  }

  /** A whole number from -1 to 2^24. */
  int whole(String key, JsonElement value) throws ModelFormatException {
    double found = number(key, value);
    if (found != Math.rint(found) || found < -1 || found > 1 << 24) {
      throw problem("have a whole number up to 2^24 as " + key, value);
    }
    return (int) found;
  }

  int whole(String key) throws ModelFormatException {
    return whole(key, setting(key).orElseThrow(() -> problem("have a number as " + key, "none")));
  }

  /** Whole numbers; one that stands alone is one for each. */
  int[] numbers(String key, JsonElement value, int count, int least) throws ModelFormatException {
    int[] numbers = new int[count];
    boolean list = value instanceof JsonArray;
    if (list && value.getAsJsonArray().size() != count) {
      throw problem(String.format(Locale.ROOT, "have %d numbers as %s", count, key), value);
    }
    for (int i = 0; i < count; i++) {
      numbers[i] = whole(key, list ? value.getAsJsonArray().get(i) : value);
      if (numbers[i] < least || numbers[i] > 1 << 12) {
        throw problem("have numbers from " + least + " to 4096 as " + key, value);
      }
    }
    return numbers;
  }

  /** Two whole numbers, of rows and columns. */
  int[] pair(String key, int otherwise, int least) throws ModelFormatException {
    Optional<JsonElement> value = setting(key);
    return value.isEmpty() ? new int[] {otherwise, otherwise} : numbers(key, value.get(), 2, least);
  }

  /** Rows above and below, columns left and right: n, [n, m] or [[n, m], [k, l]]. */
  int[] border(String key) throws ModelFormatException {
    JsonElement value = setting(key).orElseThrow(() -> problem("have a border", "none"));
    if (value instanceof JsonArray sides
        && sides.size() == 2
        && sides.get(0) instanceof JsonArray rows
        && sides.get(1) instanceof JsonArray columns) {
      int[] down = numbers(key, rows, 2, 0);
      int[] across = numbers(key, columns, 2, 0);
      return new int[] {down[0], down[1], across[0], across[1]};
    }
    int[] both = numbers(key, value, 2, 0);
    return new int[] {both[0], both[0], both[1], both[1]};
  }
}
