package io.github.qosrl.probes.ping;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.internal.EchoFailures;
import io.github.qosrl.probes.internal.EchoProbe;
import io.github.qosrl.probes.internal.EchoWindows;
import io.github.qosrl.probes.internal.ReflectorPool;
import java.time.Duration;
import java.util.Set;

/**
 * Measures delay and loss by ICMP echo: a continuous probe with one long-lived iputils {@code ping}
 * per target. {@link EchoOptions} says when a packet counts as lost.
 *
 * <p>Reports the round-trip metrics of {@link io.github.qosrl.core.Metrics}, pooled over the
 * targets, scoped to each target's host and to each traffic type; {@code target.type[TYPE]}; and
 * the single replies. A process that dies, hangs or floods is started again with back-off. As long
 * as one target can be probed, what cannot be known of the others is absent; when none can, {@link
 * #measure} throws.
 *
 * <pre>{@code
 * try (Probe ping = PingProbe.open(host, EchoOptions.of("8.8.8.8:dns", "192.168.1.1:lan"))) {
 *   Measurement m = ping.measure(Duration.ofSeconds(1));
 * }
 * }</pre>
 */
public final class PingProbe implements Probe {
  private final EchoProbe probe;

  private PingProbe(EchoProbe probe) {
    this.probe = probe;
  }

  /**
   * Starts probing.
   *
   * @param host where ping runs; stays the property of the caller
   * @throws ProbeException if ping is not installed or may not be run
   */
  public static PingProbe open(Host host, EchoOptions options) throws ProbeException {
    return open(host, options, MonotonicClock.system());
  }

  /**
   * Starts probing with another clock.
   *
   * @throws ProbeException if ping is not installed or may not be run
   */
  public static PingProbe open(Host host, EchoOptions options, MonotonicClock clock)
      throws ProbeException {
    Probe load = EchoProbe.load(host, options, clock);
    EchoWindows windows = new EchoWindows(options, clock);
    ReflectorPool pool = new ReflectorPool(options, clock.now());
    PingSource source = new PingSource(host, options, windows, clock);
    windows.activate(pool.active());
    try {
      source.start(pool.active());
    } catch (HostException e) {
      throw EchoFailures.notStarted("ping", e);
    }
    return new PingProbe(new EchoProbe("ping", host, options, windows, pool, source, load, clock));
  }

  @Override
  public Set<Metric> metrics() {
    return probe.metrics();
  }

  @Override
  public boolean isImmediate() {
    return probe.isImmediate();
  }

  @Override
  public Duration pace(Pace pace) {
    return probe.pace(pace);
  }

  @Override
  public Measurement measure(Duration timeout) throws ProbeException, InterruptedException {
    return probe.measure(timeout);
  }

  @Override
  public void close() {
    probe.close();
  }
}
