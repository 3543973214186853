package io.github.qosrl.core.agent;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes observations for tests: one window a tick, its metrics and replies set before it ends. */
final class Seen {
  private final Duration tick;
  private final Map<Metric, Double> values = new LinkedHashMap<>();
  private final List<DelaySample> replies = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  Seen(long tickMillis) {
    this.tick = Duration.ofMillis(tickMillis);
  }

  Seen with(Metric metric, double value) {
    values.put(metric, value);
    return this;
  }

  Seen without(Metric metric) {
    values.remove(metric);
    return this;
  }

  Seen throughput(Direction direction, double megabits) {
    return with(Metrics.throughput(direction), megabits * 1e6);
  }

  Seen inflation(double millis) {
    return with(Metrics.DELAY_INFLATION, millis * 1e-3);
  }

  /** A reply that arrives so long into the tick to come. */
  Seen reply(String target, long atMillis, double rttMillis) {
    Duration rtt = Duration.ofNanos(Math.round(rttMillis * 1e6));
    replies.add(new DelaySample(target, now.plusMillis(atMillis), rtt));
    return this;
  }

  /** Ends a tick during which that plan was in force. */
  Observation tick(ShapingPlan plan) {
    Instant from = now;
    now = now.plus(tick);
    Measurement.Builder window = Measurement.builder(from, now);
    values.forEach(window::put);
    window.delays(replies);
    replies.clear();
    return new Observation(now, List.of(window.build()), plan);
  }

  static ShapingPlan plan(double download, double upload) {
    return ShapingPlan.of(BitRate.ofMegabits(download), BitRate.ofMegabits(upload));
  }

  static double megabits(ShapingPlan plan, Direction direction) {
    return plan.limit(direction).orElseThrow().megabits();
  }
}
