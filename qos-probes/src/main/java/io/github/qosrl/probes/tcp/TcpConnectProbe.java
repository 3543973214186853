package io.github.qosrl.probes.tcp;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import io.github.qosrl.probes.internal.EchoProbe;
import io.github.qosrl.probes.internal.EchoSource;
import io.github.qosrl.probes.internal.EchoWindows;
import io.github.qosrl.probes.internal.SourceBinding;
import java.io.IOException;
import java.util.List;

/**
 * Measures delay and loss by TCP handshakes: a continuous probe in plain Java, for networks that
 * filter ICMP. Runs in this JVM, so on the local host only.
 *
 * <p>The round-trip time is that of the handshake; a port that refuses answers too, and counts. A
 * handshake that the kernel had to repeat (after 1 s) shows as a delay of more than a second, not
 * as a loss. {@link EchoOptions} says when one counts as lost; size does not apply. Without a port
 * the target is asked at port 443. Each handshake costs both sides three to four packets.
 *
 * <p>Reports what {@code PingProbe} reports.
 */
public final class TcpConnectProbe {
  private TcpConnectProbe() {}

  /**
   * Starts probing.
   *
   * @param host the local host; this JVM can connect from no other
   * @throws ProbeException if it is another host, there is no such load interface, the system sends
   *     what comes from the interface's address by another one, or it has no more file handles
   */
  public static Probe open(Host host, EchoOptions options) throws ProbeException {
    Availability availability = availability(host);
    if (!availability.available()) {
      throw new ProbeException(availability.reason() + "; to fix: " + availability.fix());
    }
    EchoBinding binding = SourceBinding.on(host, "tcp-connect", options);
    MonotonicClock clock = MonotonicClock.system();
    return EchoProbe.open(
        "tcp-connect",
        EchoProbe.Sight.ROUND_TRIP,
        host,
        binding.options(),
        clock,
        (windows, active) -> start(host, binding, windows, clock, active));
  }

  /** Whether this JVM can connect from the host. */
  static Availability availability(Host host) {
    return host.name().equals("local")
        ? Availability.yes("needs nothing")
        : Availability.no(
            "tcp-connect runs inside this program, not on " + host.name(),
            "use ping or fping, or start this program on " + host.name());
  }

  private static EchoSource start(
      Host host,
      EchoBinding binding,
      EchoWindows windows,
      MonotonicClock clock,
      List<Target> active)
      throws ProbeException {
    try {
      TcpConnectSource source =
          new TcpConnectSource(
              binding, last -> SourceBinding.renewed(host, "tcp-connect", last), windows, clock);
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
