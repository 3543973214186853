package io.github.qosrl.examples.dashboard;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.control.Tick;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the ticks of one second. Not thread-safe. */
final class SecondBuilder {
  private static final Metric DOWN = Metrics.throughput(Direction.DOWNLOAD);
  private static final Metric UP = Metrics.throughput(Direction.UPLOAD);
  private static final List<Metric> MEANS =
      List.of(DOWN, UP, Metrics.RTT_MEAN, Metrics.JITTER, Metrics.LOSS);

  private final long time;
  private final Map<Metric, Mean> means = new LinkedHashMap<>();
  private final Mean reward = new Mean();
  private double inflation = Double.NaN;
  private Tick last;

  SecondBuilder(long time, Tick first) {
    this.time = time;
    this.last = first;
    MEANS.forEach(metric -> means.put(metric, new Mean()));
    add(first);
  }

  long time() {
    return time;
  }

  void add(Tick tick) {
    last = tick;
    Observation seen = tick.step().observation();
    means.forEach((metric, mean) -> seen.get(metric).ifPresent(mean::add));
    seen.get(Metrics.DELAY_INFLATION)
        .ifPresent(d -> inflation = Double.isNaN(inflation) ? d : Math.max(inflation, d));
    reward.add(tick.step().reward());
  }

  Second build() {
    return new Second(
        time,
        limit(Direction.DOWNLOAD),
        mean(DOWN),
        limit(Direction.UPLOAD),
        mean(UP),
        mean(Metrics.RTT_MEAN),
        inflation,
        mean(Metrics.JITTER),
        mean(Metrics.LOSS),
        reward.value(),
        last.fallback());
  }

  private double limit(Direction direction) {
    return last.applied().rate(direction, Double.NaN);
  }

  private double mean(Metric metric) {
    Mean mean = means.get(metric);
    return mean == null ? Double.NaN : mean.value();
  }

  /** A mean as it grows; NaN of nothing. */
  private static final class Mean {
    private double sum;
    private int count;

    void add(double value) {
      sum += value;
      count++;
    }

    double value() {
      return count == 0 ? Double.NaN : sum / count;
    }
  }
}
