package io.github.qosrl.core.record;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.Tick;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns lines of JSON back into what happened. Lines build upon those before. Not thread-safe. */
final class RecordReader {
  private final Map<String, Metric.Unit> units = new HashMap<>();
  private final Map<String, Metric> metrics = new HashMap<>();
  private @Nullable Observation last;

  /**
   * Reads the next line.
   *
   * @throws IOException if it is not a line of a run log; the message says why
   */
  RunRecord read(String line) throws IOException {
    try {
      JsonObject json = JsonObject.parse(line);
      for (Map.Entry<String, String> unit : json.texts("units").entrySet()) {
        units.put(unit.getKey(), Metric.Unit.valueOf(unit.getValue()));
      }
      String type = json.text("type");
      return switch (type) {
        case "start" -> start(json);
        case "tick" -> tick(json);
        case "event" -> event(json);
        case "stop" -> new RunRecord.Stop(json.has("cause") ? json.text("cause") : "");
        default -> throw new IOException("unknown type '" + type + "'");
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private RunRecord start(JsonObject json) throws IOException {
    double version = json.number("version");
    if (version != RecordWriter.VERSION) {
      throw new IOException(
          "version %s of the format; this program reads version %d"
              .formatted(version, RecordWriter.VERSION));
    }
    last = observation(json.object("first"));
    return new RunRecord.Start(last);
  }

  private RunRecord tick(JsonObject json) throws IOException {
    Observation before = json.has("before") ? observation(json.object("before")) : last;
    if (before == null) {
      throw new IOException("a tick without the lines before it");
    }
    Observation after = observation(json.object("after"));
    last = after;
    Step step =
        new Step(after, json.number("reward"), json.flag("terminated"), json.flag("truncated"));
    return new RunRecord.Turn(
        new Tick(
            (long) json.number("tick"),
            before,
            plan(json.object("proposed")),
            plan(json.object("applied")),
            step,
            json.flag("fallback"),
            json.seconds("decision")));
  }

  private static RunRecord event(JsonObject json) throws IOException {
    LoopEvent.Kind kind = LoopEvent.Kind.valueOf(json.text("kind"));
    return new RunRecord.Event(new LoopEvent(json.instant("time"), kind, json.text("message")));
  }

  private Observation observation(JsonObject json) throws IOException {
    List<Measurement> measurements = new ArrayList<>();
    for (JsonObject measurement : json.objects("measurements")) {
      measurements.add(measurement(measurement));
    }
    LinkState state = json.has("state") ? StateJson.read(json.object("state")) : LinkState.UNKNOWN;
    return new Observation(json.instant("time"), measurements, plan(json.object("plan")), state);
  }

  private Measurement measurement(JsonObject json) throws IOException {
    Measurement.Builder builder = Measurement.builder(json.instant("from"), json.instant("to"));
    for (Map.Entry<String, Double> value : json.numbers("metrics").entrySet()) {
      builder.put(metric(value.getKey()), value.getValue());
    }
    List<DelaySample> delays = new ArrayList<>();
    for (JsonObject reply : json.objects("delays")) {
      delays.add(new DelaySample(reply.text("target"), reply.instant("at"), reply.seconds("rtt")));
    }
    return builder.delays(delays).build();
  }

  private Metric metric(String text) throws IOException {
    Metric known = metrics.get(text);
    if (known != null) {
      return known;
    }
    int bracket = text.indexOf('[');
    String name = bracket < 0 ? text : text.substring(0, bracket);
    String scope = bracket < 0 ? "" : text.substring(bracket + 1, text.length() - 1);
    Metric.Unit unit = units.get(name);
    if (unit == null) {
      throw new IOException("no unit was given for metric '" + name + "'");
    }
    Metric metric = new Metric(name, unit, scope);
    metrics.put(text, metric);
    return metric;
  }

  private static ShapingPlan plan(JsonObject json) throws IOException {
    ShapingPlan plan = ShapingPlan.UNLIMITED;
    for (Direction direction : Direction.values()) {
      String name = direction.label();
      if (json.has(name)) {
        plan = plan.with(direction, new BitRate((long) json.number(name)));
      }
      plan = plan.withShares(direction, json.numbers(name + "_shares"));
    }
    return plan;
  }
}
