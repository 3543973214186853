package io.github.qosrl.core.contract;

import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import java.time.Duration;
import java.util.Set;

class FakeProbeTest extends ProbeContract {
  private final VirtualClock clock = new VirtualClock();

  @Override
  protected Probe probe() {
    return new FakeProbe(clock, Set.of(Metrics.RTT_MEAN)).set(Metrics.RTT_MEAN, 0.02);
  }

  @Override
  protected void letTimePass() {
    clock.advance(Duration.ofMillis(100));
  }
}
