package io.github.qosrl.core.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.Tick;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what happens in a loop into lines of JSON. Not thread-safe. */
final class RecordWriter {
  static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> declared = new HashSet<>();
  private @Nullable Observation last;

  String start(Observation first) {
    last = first;
    return line(
        "start",
        List.of(first),
        json -> {
          json.writeNumberField("version", VERSION);
          observation(json, "first", first);
        });
  }

  String tick(Tick tick) {
    Observation before = tick.before();
    Observation after = tick.step().observation();
    boolean continues = before.equals(last);
    last = after;
    return line(
        "tick",
        List.of(before, after),
        json -> {
          json.writeNumberField("tick", tick.number());
          if (!continues) {
            observation(json, "before", before);
          }
          plan(json, "proposed", tick.proposed());
          plan(json, "applied", tick.applied());
          json.writeNumberField("reward", tick.step().reward());
          flag(json, "terminated", tick.step().terminated());
          flag(json, "truncated", tick.step().truncated());
          flag(json, "fallback", tick.fallback());
          json.writeNumberField("decision", tick.decisionTime().toNanos() / 1e9);
          observation(json, "after", after);
        });
  }

  String event(LoopEvent event) {
    return line(
        "event",
        List.of(),
        json -> {
          json.writeStringField("time", event.time().toString());
          json.writeStringField("kind", event.kind().name());
          json.writeStringField("message", event.message());
        });
  }

  String stop(String cause) {
    return line(
        "stop",
        List.of(),
        json -> {
          if (!cause.isEmpty()) {
            json.writeStringField("cause", cause);
          }
        });
  }

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private String line(String type, List<Observation> mentioned, Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", type);
      units(json, mentioned);
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string could not be written to", e);
    }
    return text.toString();
  }

  private void units(JsonGenerator json, List<Observation> mentioned) throws IOException {
    Map<String, Metric.Unit> fresh = new HashMap<>();
    for (Observation observation : mentioned) {
      for (Measurement measurement : observation.measurements()) {
        for (Metric metric : measurement.metrics()) {
          if (declared.add(metric.name())) {
            fresh.put(metric.name(), metric.unit());
          }
        }
      }
    }
    if (!fresh.isEmpty()) {
      json.writeObjectFieldStart("units");
      for (Map.Entry<String, Metric.Unit> unit : fresh.entrySet()) {
        json.writeStringField(unit.getKey(), unit.getValue().name());
      }
      json.writeEndObject();
    }
  }

  private static void observation(JsonGenerator json, String name, Observation observation)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("time", observation.time().toString());
    plan(json, "plan", observation.plan());
    json.writeArrayFieldStart("measurements");
    for (Measurement measurement : observation.measurements()) {
      measurement(json, measurement);
    }
    json.writeEndArray();
    if (!observation.state().equals(LinkState.UNKNOWN)) {
      StateJson.write(json, observation.state());
    }
    json.writeEndObject();
  }

  private static void measurement(JsonGenerator json, Measurement measurement) throws IOException {
    json.writeStartObject();
    json.writeStringField("from", measurement.from().toString());
    json.writeStringField("to", measurement.to().toString());
    json.writeObjectFieldStart("metrics");
    for (Map.Entry<Metric, Double> value : measurement.asMap().entrySet()) {
      json.writeNumberField(value.getKey().toString(), value.getValue());
    }
    json.writeEndObject();
    if (!measurement.delays().isEmpty()) {
      json.writeArrayFieldStart("delays");
      for (DelaySample reply : measurement.delays()) {
        json.writeStartObject();
        json.writeStringField("target", reply.target());
        json.writeStringField("at", reply.receivedAt().toString());
        json.writeNumberField("rtt", reply.rtt().toNanos() / 1e9);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void plan(JsonGenerator json, String name, ShapingPlan plan) throws IOException {
    json.writeObjectFieldStart(name);
    for (Direction direction : Direction.values()) {
      if (plan.limits(direction)) {
        json.writeNumberField(
            direction.label(), plan.limit(direction).orElseThrow().bitsPerSecond());
      }
    }
    for (Direction direction : Direction.values()) {
      if (!plan.shares(direction).isEmpty()) {
        json.writeObjectFieldStart(direction.label() + "_shares");
        for (Map.Entry<String, Double> share : plan.shares(direction).entrySet()) {
          json.writeNumberField(share.getKey(), share.getValue());
        }
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private static void flag(JsonGenerator json, String name, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(name, true);
    }
  }
}
