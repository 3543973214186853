package io.github.qosrl.examples.dashboard;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.DirectionState;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of a loop in Prometheus' text format 0.0.4. A metric {@code rtt.mean[192.0.2.1]}
 * becomes {@code qos_rtt_mean_seconds{scope="192.0.2.1"}}; what was not measured is absent.
 */
final class PrometheusText {
  private final Map<String, Map<String, Double>> gauges = new TreeMap<>();

  private PrometheusText() {}

  /** The text. */
  static String of(RunHistory history) {
    PrometheusText text = new PrometheusText();
    Optional<Tick> newest = history.newest();
    newest.ifPresent(text::add);
    StringBuilder out = new StringBuilder();
    text.gauges.forEach((name, values) -> family(out, name, "gauge", values));
    newest.ifPresent(
        t -> family(out, "qos_ticks_total", "counter", Map.of("", (double) t.number() + 1)));
    Map<String, Double> events = new LinkedHashMap<>();
    for (LoopEvent.Kind kind : LoopEvent.Kind.values()) {
      events.put("{kind=\"" + kind + "\"}", (double) history.eventCounts().getOrDefault(kind, 0L));
    }
    family(out, "qos_events_total", "counter", events);
    return out.toString();
  }

  private void add(Tick tick) {
    for (Direction direction : Direction.values()) {
      tick.applied()
          .limit(direction)
          .ifPresent(
              limit -> put("qos_limit_bits_per_second", direction.label(), limit.bitsPerSecond()));
    }
    add(tick.step().observation().state());
    put("qos_reward", "", tick.step().reward());
    put("qos_fallback", "", tick.fallback() ? 1 : 0);
    put("qos_decision_seconds", "", tick.decisionTime().toNanos() / 1e9);
    for (Measurement measurement : tick.step().observation().measurements()) {
      measurement.asMap().forEach((metric, value) -> put(name(metric), metric.scope(), value));
    }
  }

  private void add(LinkState state) {
    for (Direction direction : Direction.values()) {
      DirectionState side = state.of(direction);
      String scope = direction.label();
      side.queueDelay().get().ifPresent(v -> put("qos_link_queue_seconds", scope, v));
      side.capacity().get().ifPresent(v -> put("qos_link_capacity_bits_per_second", scope, v));
      side.departures().get().ifPresent(v -> put("qos_link_departures_bits_per_second", scope, v));
      put("qos_shaper_queue_seconds", scope, side.shaperDelay());
      put("qos_passive_coverage_ratio", scope, side.coverage());
    }
    put("qos_echoes_blind", "", state.echoes() == EchoSight.BLIND ? 1 : 0);
  }

  /** Where two probes report the same, the first speaks, as in the observation itself. */
  private void put(String name, String scope, double value) {
    String labels = scope.isEmpty() ? "" : "{scope=\"" + escaped(scope) + "\"}";
    gauges.computeIfAbsent(name, n -> new LinkedHashMap<>()).putIfAbsent(labels, value);
  }

  private static String name(Metric metric) {
    String unit =
        switch (metric.unit()) {
          case SECONDS -> "_seconds";
          case SECONDS_SQUARED -> "_seconds_squared";
          case BITS_PER_SECOND -> "_bits_per_second";
          case RATIO -> "_ratio";
          case BYTES -> "_bytes";
          case PACKETS -> "_packets";
          case PER_SECOND -> "_per_second";
          case COUNT -> "";
        };
    String name = "qos_" + metric.name().replaceAll("[^a-z0-9_]", "_");
    return name.endsWith(unit) ? name : name + unit;
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static void family(
      StringBuilder out, String name, String type, Map<String, Double> values) {
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    values.forEach(
        (labels, value) -> out.append(name).append(labels).append(' ').append(value).append('\n'));
  }
}
