package io.github.qosrl.probes.irtt;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.internal.EchoBinding;
import io.github.qosrl.probes.internal.EchoProbe;
import io.github.qosrl.probes.internal.SourceBinding;

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
   * @throws ProbeException if irtt is not installed or may not be run, there is no such load
   *     interface, or the system sends what comes from the interface's address by another one: irtt
   *     binds to an address only
   */
  public static Probe open(Host host, EchoOptions options) throws ProbeException {
    return open(host, options, "", MonotonicClock.system());
  }

  /**
   * Starts probing with a key and another clock.
   *
   * @param key for the packets' HMAC, the same as the server's; empty for none
   * @throws ProbeException if irtt is not installed or may not be run, there is no such load
   *     interface, or the system sends what comes from the interface's address by another one: irtt
   *     binds to an address only
   */
  public static Probe open(Host host, EchoOptions options, String key, MonotonicClock clock)
      throws ProbeException {
    EchoBinding binding = SourceBinding.on(host, "irtt", options);
    return EchoProbe.open(
        "irtt",
        EchoProbe.Sight.EACH_WAY,
        host,
        binding.options(),
        clock,
        (windows, active) -> IrttSource.start(host, binding, key, clock, windows, active));
  }
}
