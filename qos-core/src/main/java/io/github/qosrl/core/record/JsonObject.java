package io.github.qosrl.core.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object, read with types; a field that is missing or of another type is an IOException. */
final class JsonObject {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, @Nullable Object> fields;

  private JsonObject(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /** Reads a text that is one object and nothing else. */
  static JsonObject parse(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      Object value = value(parser);
      if (!(value instanceof JsonObject object) || parser.nextToken() != null) {
        throw new IOException("not a JSON object");
      }
      return object;
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("not a JSON object");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return new JsonObject(fields);
  }

  private static List<JsonObject> array(JsonParser parser) throws IOException {
    List<JsonObject> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!(value(parser) instanceof JsonObject item)) {
        throw new IOException("an array with something other than objects");
      }
      items.add(item);
    }
    return items;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) throws IOException {
    return require(name, String.class, "text");
  }

  double number(String name) throws IOException {
    return require(name, Double.class, "a number");
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  JsonObject object(String name) throws IOException {
    return require(name, JsonObject.class, "an object");
  }

  /** The objects in an array; none if the field is missing. */
  List<JsonObject> objects(String name) throws IOException {
    if (!has(name)) {
      return List.of();
    }
    List<JsonObject> items = new ArrayList<>();
    for (Object item : require(name, List.class, "an array")) {
      items.add((JsonObject) item);
    }
    return items;
  }

  /** All fields as numbers, in their order; none if this object's field is missing. */
  Map<String, Double> numbers(String name) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    if (has(name)) {
      JsonObject object = object(name);
      for (String key : object.fields.keySet()) {
        numbers.put(key, object.number(key));
      }
    }
    return numbers;
  }

  /** All fields as texts, in their order; none if this object's field is missing. */
  Map<String, String> texts(String name) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    if (has(name)) {
      JsonObject object = object(name);
      for (String key : object.fields.keySet()) {
        texts.put(key, object.text(key));
      }
    }
    return texts;
  }

  Instant instant(String name) throws IOException {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeParseException e) {
      throw new IOException("'" + name + "' is not a time: " + e.getParsedString(), e);
    }
  }

  Duration seconds(String name) throws IOException {
    return Duration.ofNanos(Math.round(number(name) * 1e9));
  }

  private <T> T require(String name, Class<T> type, String what) throws IOException {
    Object value = fields.get(name);
    if (!type.isInstance(value)) {
      throw new IOException("'" + name + "' is " + (value == null ? "missing" : "not " + what));
    }
    return type.cast(value);
  }
}
