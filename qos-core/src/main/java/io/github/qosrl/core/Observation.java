package io.github.qosrl.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an agent sees at a tick: the newest measurement of every probe, what is believed of the link
 * on their account, and the plan that was in force while they were taken.
 *
 * <p>Probes have periods of their own, so the measurements may differ in age; {@link #age} tells.
 * Where two probes report the same metric, the one listed first speaks. Immutable and thread-safe.
 *
 * @param time the moment of the tick
 * @param measurements the newest measurement of each probe, in order of precedence. One that was
 *     seen at an earlier tick already comes without its {@linkplain Measurement#delays() single
 *     replies}, so that no reply is seen twice.
 * @param plan the plan in force during the tick
 * @param state what is believed of the link; {@link LinkState#UNKNOWN} if nobody estimated it
 */
public record Observation(
    Instant time, List<Measurement> measurements, ShapingPlan plan, LinkState state) {

  /** Copies the list. */
  public Observation {
    measurements = List.copyOf(measurements);
  }

  /** An observation of a link whose state nobody has estimated. */
  public Observation(Instant time, List<Measurement> measurements, ShapingPlan plan) {
    this(time, measurements, plan, LinkState.UNKNOWN);
  }

  /** The value of a metric, in its unit; empty if no probe could measure it. */
  public OptionalDouble get(Metric metric) {
    for (Measurement m : measurements) {
      if (m.has(metric)) {
        return m.get(metric);
      }
    }
    return OptionalDouble.empty();
  }

  /** The value of a metric, or the given value if no probe could measure it. */
  public double orElse(Metric metric, double absent) {
    for (Measurement m : measurements) {
      double value = m.orElse(metric, Double.NaN);
      if (!Double.isNaN(value)) {
        return value;
      }
    }
    return absent;
  }

  /** How long ago the window ended in which the metric was measured; empty if it was not. */
  public Optional<Duration> age(Metric metric) {
    for (Measurement m : measurements) {
      if (m.has(metric)) {
        return Optional.of(Duration.between(m.to(), time));
      }
    }
    return Optional.empty();
  }

  /** The single replies that arrived since the previous tick, probe by probe, oldest first. */
  public List<DelaySample> delays() {
    if (measurements.size() == 1) {
      return measurements.get(0).delays();
    }
    return measurements.stream().flatMap(m -> m.delays().stream()).toList();
  }
}
