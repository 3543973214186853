package io.github.qosrl.examples.embed;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.Hosts;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A probe of one's own: how busy the router's processor is, as the kernel tells it. */
public final class OwnProbe implements Probe {
  /** The processor's load over the last minute: tasks that run or want to. */
  public static final Metric LOAD = Metric.of("router.load", Metric.Unit.COUNT);

  private final Host host;
  private final MonotonicClock clock = MonotonicClock.system();
  private Instant last = clock.now();

  /** A probe of that host, which stays the caller's. */
  public OwnProbe(Host host) {
    this.host = host;
  }

  @Override
  public Set<Metric> metrics() {
    return Set.of(LOAD);
  }

  @Override
  public Measurement measure(Duration timeout) throws ProbeException {
    Instant now = clock.now();
    try {
      double load = Double.parseDouble(host.read("/proc/loadavg").split(" ", 2)[0]);
      return Measurement.builder(last, now).put(LOAD, load).build();
    } catch (HostException | NumberFormatException e) {
      throw new ProbeException(
          "the load of " + host.name() + " cannot be read: " + e.getMessage(), e);
    } finally {
      last = now;
    }
  }

  @Override
  public void close() {}

  /** Prints one measurement of this machine. */
  public static void main(String[] args) throws Exception {
    try (Host host = Hosts.local();
        OwnProbe probe = new OwnProbe(host)) {
      System.out.println(probe.measure(Duration.ofSeconds(1)));
    }
  }
}
