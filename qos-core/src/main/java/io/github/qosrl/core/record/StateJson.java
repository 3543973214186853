package io.github.qosrl.core.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.DirectionState;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.LimitingFactor;
import io.github.qosrl.core.LinkState;
import java.io.IOException;
import java.util.Locale;

/** A {@link LinkState} as a JSON object, there and back. What is unknown is left out. */
final class StateJson {
  private StateJson() {}

  static void write(JsonGenerator json, LinkState state) throws IOException {
    json.writeObjectFieldStart("state");
    for (Direction direction : Direction.values()) {
      DirectionState side = state.of(direction);
      json.writeObjectFieldStart(direction.label());
      estimate(json, "queue", side.queueDelay());
      estimate(json, "departures", side.departures());
      estimate(json, "capacity", side.capacity());
      json.writeStringField("limit", side.limit().label());
      json.writeNumberField("shaper", side.shaperDelay());
      json.writeNumberField("coverage", side.coverage());
      json.writeEndObject();
    }
    estimate(json, "baseline", state.baseline());
    estimate(json, "inflation", state.inflation());
    json.writeStringField("echoes", state.echoes().label());
    json.writeEndObject();
  }

  private static void estimate(JsonGenerator json, String name, Estimate estimate)
      throws IOException {
    if (estimate.known()) {
      json.writeObjectFieldStart(name);
      json.writeNumberField("value", estimate.value());
      json.writeStringField("source", estimate.source().label());
      json.writeNumberField("age", estimate.age());
      json.writeNumberField("certainty", estimate.certainty());
      json.writeEndObject();
    }
  }

  static LinkState read(JsonObject json) throws IOException {
    return new LinkState(
        direction(json, Direction.DOWNLOAD),
        direction(json, Direction.UPLOAD),
        estimate(json, "baseline"),
        estimate(json, "inflation"),
        value(EchoSight.class, json.text("echoes")));
  }

  private static DirectionState direction(JsonObject state, Direction direction)
      throws IOException {
    JsonObject json = state.object(direction.label());
    return new DirectionState(
        direction,
        estimate(json, "queue"),
        estimate(json, "departures"),
        estimate(json, "capacity"),
        value(LimitingFactor.class, json.text("limit")),
        json.number("shaper"),
        json.number("coverage"));
  }

  private static Estimate estimate(JsonObject parent, String name) throws IOException {
    if (!parent.has(name)) {
      return Estimate.UNKNOWN;
    }
    JsonObject json = parent.object(name);
    return new Estimate(
        json.number("value"),
        value(Estimate.Source.class, json.text("source")),
        json.number("age"),
        json.number("certainty"));
  }

  private static <E extends Enum<E>> E value(Class<E> type, String label) {
    return Enum.valueOf(type, label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
