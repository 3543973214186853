package io.github.qosrl.core.control;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.EnvironmentContract;
import io.github.qosrl.core.contract.FakeShaper;
import io.github.qosrl.core.contract.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The live link, on real probe threads, keeps the contract of environments. */
class LinkEnvironmentContractTest extends EnvironmentContract {

  /** One reply in each window. */
  private record SteadyPing(VirtualClock clock) implements Probe {
    @Override
    public Set<Metric> metrics() {
      return Set.of(Metrics.RTT_MEAN);
    }

    @Override
    public Measurement measure(Duration timeout) {
      Instant now = clock.now();
      Duration rtt = Duration.ofMillis(40);
      return Measurement.builder(now.minusMillis(50), now)
          .put(Metrics.RTT_MEAN, 0.04)
          .delays(List.of(new DelaySample("192.0.2.1", now, rtt)))
          .build();
    }

    @Override
    public void close() {}
  }

  @Override
  protected Environment environment() {
    VirtualClock clock = new VirtualClock();
    return LinkEnvironment.builder()
        .shaper(new FakeShaper())
        .probe(new SteadyPing(clock))
        .clock(clock)
        .build();
  }
}
