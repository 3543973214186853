package io.github.qosrl.probes.tcp;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.internal.EchoProbe;
import io.github.qosrl.probes.internal.EchoWindows;
import io.github.qosrl.probes.internal.ReflectorPool;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Measures delay and loss by TCP handshakes: a continuous probe in plain Java, for networks that
 * filter ICMP. Runs in this JVM, so on the local host only.
 *
 * <p>The round-trip time is that of the handshake; a port that refuses answers too, and counts. A
 * handshake that the kernel had to repeat (after 1 s) shows as a delay of more than a second, not
 * as a loss. {@link EchoOptions} says when one counts as lost; size and interface do not apply.
 * Without a port the target is asked at port 443. Each handshake costs both sides three to four
 * packets.
 *
 * <p>Reports what {@code PingProbe} reports.
 */
public final class TcpConnectProbe implements Probe {
  private final EchoProbe probe;

  private TcpConnectProbe(EchoProbe probe) {
    this.probe = probe;
  }

  /**
   * Starts probing.
   *
   * @param host the local host, where the load interface is looked at
   * @throws ProbeException if there is no such load interface, or the system has no more file
   *     handles
   */
  public static TcpConnectProbe open(Host host, EchoOptions options) throws ProbeException {
    MonotonicClock clock = MonotonicClock.system();
    Probe load = EchoProbe.load(host, options, clock);
    EchoWindows windows = new EchoWindows(options, clock);
    ReflectorPool pool = new ReflectorPool(options, clock.now());
    windows.activate(pool.active());
    try {
      TcpConnectSource source = new TcpConnectSource(options, windows, clock);
      source.start(pool.active());
      return new TcpConnectProbe(
          new EchoProbe("tcp-connect", host, options, windows, pool, source, load, clock));
    } catch (IOException e) {
      throw new ProbeException(
          "tcp-connect cannot open a selector (%s); to fix: raise the limit of open files: ulimit -n"
              .formatted(e.getMessage()),
          e);
    }
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
