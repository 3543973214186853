package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;

/** Means of a direction's throughput over a period, put together from the windows of ticks. */
final class ThroughputSampler {
  private final Metric metric;
  private final long period;
  private long seenTo = Long.MIN_VALUE;
  private double bits;
  private long covered;
  private double rate = Double.NaN;
  private boolean unused;

  /**
   * @param period nanoseconds that a sample should cover; it is done once it covers 90 % of that
   */
  ThroughputSampler(Direction direction, long period) {
    this.metric = Metrics.throughput(direction);
    this.period = period;
  }

  void add(Observation observation) {
    for (int i = 0; i < observation.measurements().size(); i++) {
      Measurement m = observation.measurements().get(i);
      double value = m.orElse(metric, Double.NaN);
      if (!Double.isNaN(value)) {
        add(AutorateAgent.nanos(m.from()), AutorateAgent.nanos(m.to()), value);
        return;
      }
    }
    rate = Double.NaN;
  }

  private void add(long from, long to, double value) {
    if (to <= seenTo) {
      return;
    }
    seenTo = to;
    bits += value * (to - from);
    covered += to - from;
    if (covered >= period - period / 10) {
      rate = bits / covered;
      bits = 0;
      covered = 0;
      unused = true;
    }
  }

  /** The newest sample in bits per second; NaN if there is none. */
  double rate() {
    return rate;
  }

  /** Whether the newest sample has not been used yet. */
  boolean unused() {
    return unused;
  }

  void use() {
    unused = false;
  }
}
