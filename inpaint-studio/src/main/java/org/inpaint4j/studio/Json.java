package org.inpaint4j.studio;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers and reads JSON. */
final class Json {

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private Json() {}

  /** The text of a record, a map or a list. */
  static String of(Object value) {
    return GSON.toJson(value);
  }

  static void answer(Context context, Object value) {
    context.contentType("application/json; charset=utf-8").result(of(value));
  }

  /** The one form of all errors. */
  static void error(Context context, int status, String sentence) {
    context.status(status);
    answer(context, Map.of("error", sentence));
  }

  /** Reads an object; an empty body is an empty one. */
  static JsonObject object(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return new JsonObject();
    }
    try {
      JsonElement value = JsonParser.parseString(text);
      if (value.isJsonObject()) {
        return value.getAsJsonObject();
      }
    } catch (JsonParseException | StackOverflowError e) {
      throw new Refusal(Refusal.BAD_REQUEST, "the body must be JSON: found something else", e);
    }
    throw Refusal.badRequest("the body must be a JSON object: found something else");
  }

  static String text(JsonObject object, String name, String otherwise) {
    return read(object, name, otherwise, JsonElement::getAsString);
  }

  static long whole(JsonObject object, String name, long otherwise) {
    return read(object, name, otherwise, JsonElement::getAsLong);
  }

  static double number(JsonObject object, String name, double otherwise) {
    return read(object, name, otherwise, JsonElement::getAsDouble);
  }

  private static <T> T read(
      JsonObject object,
      String name,
      T otherwise,
      java.util.function.Function<JsonElement, T> reader) {
    JsonElement value = object.get(name);
    if (value == null || value.isJsonNull()) {
      return otherwise;
    }
    try {
      return reader.apply(value);
    } catch (RuntimeException e) {
      throw new Refusal(
          Refusal.BAD_REQUEST,
          "the value of " + name + " must be like " + otherwise + ": found something else",
          e);
    }
  }
}
