package io.github.qosrl.examples.dashboard;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.control.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Ticks of a link whose download alone is limited. */
final class Ticks {
  private Ticks() {}

  /** A tick, with the inflation that it saw. */
  static Tick at(long millis, double throughput, double inflation) {
    Instant now = Instant.ofEpochMilli(millis);
    Measurement seen =
        Measurement.builder(now.minusMillis(100), now)
            .put(Metrics.throughput(Direction.DOWNLOAD), throughput)
            .put(Metrics.RTT_MEAN, 0.020 + inflation)
            .put(Metrics.RTT_MEAN.in("192.0.2.1"), 0.020 + inflation)
            .put(Metrics.DELAY_INFLATION, inflation)
            .put(Metrics.LOSS, 0)
            .build();
    return tick(now, List.of(seen));
  }

  /** A tick at which nothing could be measured. */
  static Tick blind(long millis) {
    return tick(Instant.ofEpochMilli(millis), List.of());
  }

  private static Tick tick(Instant now, List<Measurement> seen) {
    ShapingPlan plan = ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(20));
    Observation observation = new Observation(now, seen, plan);
    return new Tick(
        41,
        observation,
        plan,
        plan,
        new Step(observation, -0.5, false, false),
        false,
        Duration.ofNanos(1500));
  }
}
