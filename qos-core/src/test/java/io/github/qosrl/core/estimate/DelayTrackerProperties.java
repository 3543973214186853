package io.github.qosrl.core.estimate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.DelaySample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DelayTrackerProperties {

  @Property(tries = 300)
  void inflationIsNeverNegativeAndBaselineNeverAboveTheNewestReply(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 0, max = 3_000_000) Integer> micros,
      @ForAll @IntRange(min = 1, max = 5) int targets,
      @ForAll @IntRange(min = 1, max = 2_500) int gapMillis) {
    DelayTracker tracker = new DelayTracker();
    Instant now = Instant.EPOCH;
    for (int i = 0; i < micros.size(); i++) {
      now = now.plusMillis(gapMillis);
      Duration rtt = Duration.ofNanos(1_000L * micros.get(i));
      tracker.update(now, List.of(new DelaySample("t" + i % targets, now, rtt)));
      assertTrue(tracker.inflation().getAsDouble() >= 0);
      assertTrue(Double.isFinite(tracker.inflation().getAsDouble()));
      if (targets == 1) {
        assertTrue(tracker.baseline().getAsDouble() <= rtt.toNanos() * 1e-9 + 1e-12);
      }
    }
  }
}
