package io.github.qosrl.probes.internal;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * One-way delay inflation over all targets of an echo probe: for each direction the (lower) median
 * over the targets heard within the last two intervals, each by its newest sample, so that one bad
 * target of three, or one of two, does not matter. Not thread-safe.
 */
final class OneWayMeter {
  private static final Metric UP = FlowMetrics.ECHO_ONE_WAY_INFLATION.in(Direction.UPLOAD);
  private static final Metric DOWN = FlowMetrics.ECHO_ONE_WAY_INFLATION.in(Direction.DOWNLOAD);
  private static final Metric UP_SAMPLES = FlowMetrics.ECHO_ONE_WAY_SAMPLES.in(Direction.UPLOAD);
  private static final Metric DOWN_SAMPLES =
      FlowMetrics.ECHO_ONE_WAY_SAMPLES.in(Direction.DOWNLOAD);

  static final Set<Metric> METRICS = Set.of(UP, DOWN, UP_SAMPLES, DOWN_SAMPLES);

  private static final class Path {
    final OneWayDelays delays = new OneWayDelays();
    Instant newest = Instant.MIN;
  }

  private final Map<Target, Path> paths = new LinkedHashMap<>();
  private final Duration fresh;
  private final Instant epoch;
  private int samples;

  /**
   * @param epoch times are counted from here
   */
  OneWayMeter(EchoOptions options, Instant epoch) {
    this.fresh = options.interval().multipliedBy(2);
    this.epoch = epoch;
  }

  /** Takes in what an answer told. */
  void add(Target target, Instant at, OneWaySample sample) {
    Path path = paths.computeIfAbsent(target, t -> new Path());
    double seconds = Duration.between(epoch, at).toNanos() * 1e-9;
    if (path.delays.add(seconds, sample)) {
      path.newest = at;
      samples++;
    } else {
      path.newest = Instant.MIN;
    }
  }

  /** Adds the window's metrics; an inflation only if the window had a sample. */
  void addTo(Measurement.Builder m, Instant to) {
    m.put(UP_SAMPLES, samples).put(DOWN_SAMPLES, samples);
    if (samples == 0) {
      return;
    }
    samples = 0;
    List<OneWayDelays> heard = new ArrayList<>();
    for (Path path : paths.values()) {
      if (!path.newest.isBefore(to.minus(fresh))) {
        heard.add(path.delays);
      }
    }
    if (!heard.isEmpty()) {
      m.put(UP, lowerMedian(heard, OneWayDelays::upInflation));
      m.put(DOWN, lowerMedian(heard, OneWayDelays::downInflation));
    }
  }

  private static double lowerMedian(
      List<OneWayDelays> delays, ToDoubleFunction<OneWayDelays> inflation) {
    double[] sorted = delays.stream().mapToDouble(inflation).sorted().toArray();
    return sorted[(sorted.length - 1) / 2];
  }
}
