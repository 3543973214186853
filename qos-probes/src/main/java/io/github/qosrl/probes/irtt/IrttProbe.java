package io.github.qosrl.probes.irtt;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.internal.EchoProbe;

/**
 * Measures the delay of each direction, and loss, by UDP echoes: a continuous probe with one {@code
 * irtt client} per target, which is a host that runs {@code irtt server}. Since its packets are
 * UDP, it also sees the queue of links that serve ICMP apart. {@link EchoOptions} says when a
 * packet counts as lost.
 *
 * <p>Reports what {@code PingProbe} reports, and for each direction {@link
 * io.github.qosrl.core.FlowMetrics#ECHO_ONE_WAY_INFLATION} and {@link
 * io.github.qosrl.core.FlowMetrics#ECHO_ONE_WAY_SAMPLES}. The clocks of the two ends need not
 * agree, but irtt prints fewer digits the further apart they are: 0.01 ms within 0.1 s, 0.1 ms
 * within 1 s, 10 ms within 10 s; beyond that, only round trips are told. After an hour a client
 * ends and the next one starts, which leaves a gap of about a second.
 *
 * <p>The key of an HMAC is an argument of the client's command: whoever may list the processes of
 * the host can read it.
 *
 * <pre>{@code
 * try (Probe irtt = IrttProbe.open(host, EchoOptions.of("vps.example.org"))) {
 *   Measurement m = irtt.measure(Duration.ofSeconds(1));
 * }
 * }</pre>
 */
public final class IrttProbe {
  private IrttProbe() {}

  /**
   * Starts probing.
   *
   * @param host where irtt runs; stays the property of the caller
   * @param options the targets' port is that of the server, 2112 by default; the size is that of
   *     the UDP payload, at least 60 bytes, 76 with a key
   * @throws IllegalArgumentException if an interface is named: irtt binds to an address only
   * @throws ProbeException if irtt is not installed or may not be run, or there is no such load
   *     interface
   */
  public static Probe open(Host host, EchoOptions options) throws ProbeException {
    return open(host, options, "", MonotonicClock.system());
  }

  /**
   * Starts probing with a key and another clock.
   *
   * @param key for the packets' HMAC, the same as the server's; empty for none
   * @throws IllegalArgumentException if an interface is named: irtt binds to an address only
   * @throws ProbeException if irtt is not installed or may not be run, or there is no such load
   *     interface
   */
  public static Probe open(Host host, EchoOptions options, String key, MonotonicClock clock)
      throws ProbeException {
    if (!options.interfaceName().isEmpty()) {
      throw new IllegalArgumentException("interface " + options.interfaceName() + " " + UNBOUND);
    }
    return EchoProbe.open(
        "irtt",
        EchoProbe.Sight.EACH_WAY,
        host,
        options,
        clock,
        (windows, active) -> IrttSource.start(host, options, key, clock, windows, active));
  }

  static final String UNBOUND =
      "is not accepted: irtt binds to an address only; set source to the interface's address, with"
          + " a routing rule for it: ip rule add from ADDRESS table TABLE";
}
