package io.github.qosrl.probes.tcp;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoProbe;
import io.github.qosrl.probes.internal.EchoSource;
import io.github.qosrl.probes.internal.EchoWindows;
import java.io.IOException;
import java.util.List;

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
public final class TcpConnectProbe {
  private TcpConnectProbe() {}

  /**
   * Starts probing.
   *
   * @param host the local host, where the load interface is looked at
   * @throws ProbeException if there is no such load interface, or the system has no more file
   *     handles
   */
  public static Probe open(Host host, EchoOptions options) throws ProbeException {
    MonotonicClock clock = MonotonicClock.system();
    return EchoProbe.open(
        "tcp-connect",
        EchoProbe.Sight.ROUND_TRIP,
        host,
        options,
        clock,
        (windows, active) -> start(options, windows, clock, active));
  }

  private static EchoSource start(
      EchoOptions options, EchoWindows windows, MonotonicClock clock, List<Target> active)
      throws ProbeException {
    try {
      TcpConnectSource source = new TcpConnectSource(options, windows, clock);
      source.start(active);
      return source;
    } catch (IOException e) {
      throw new ProbeException(
          "tcp-connect cannot open a selector (%s); to fix: raise the limit of open files: ulimit -n"
              .formatted(e.getMessage()),
          e);
    }
  }
}
