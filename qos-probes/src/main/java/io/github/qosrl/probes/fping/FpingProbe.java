package io.github.qosrl.probes.fping;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.internal.EchoBinding;
import io.github.qosrl.probes.internal.EchoProbe;

/**
 * Measures delay and loss by ICMP echo: a continuous probe with one {@code fping} that sends to
 * many reflectors in turn. {@link EchoOptions} says when a packet counts as lost.
 *
 * <p>Reports the round-trip metrics of {@link io.github.qosrl.core.Metrics}, pooled over the
 * targets, scoped to each target's host and to each traffic type; {@code target.type[TYPE]}; and
 * the single replies. A process that dies, hangs or floods is started again with back-off. As long
 * as one target can be probed, what cannot be known of the others is absent; when none can, {@link
 * Probe#measure} throws.
 *
 * <pre>{@code
 * try (Probe fping = FpingProbe.open(host, EchoOptions.of("8.8.8.8:dns", "192.168.1.1:lan"))) {
 *   Measurement m = fping.measure(Duration.ofSeconds(1));
 * }
 * }</pre>
 */
public final class FpingProbe {
  private FpingProbe() {}

  /**
   * Starts probing.
   *
   * @param host where fping runs; stays the property of the caller
   * @throws ProbeException if fping is not installed or may not be run, there is no such load
   *     interface, or the interface to bind to has no address from which a target can be reached
   */
  public static Probe open(Host host, EchoOptions options) throws ProbeException {
    return open(host, options, MonotonicClock.system());
  }

  /**
   * Starts probing with another clock.
   *
   * @throws ProbeException if fping is not installed or may not be run, there is no such load
   *     interface, or the interface to bind to has no address from which a target can be reached
   */
  public static Probe open(Host host, EchoOptions options, MonotonicClock clock)
      throws ProbeException {
    EchoBinding binding = EchoBinding.on(host, options);
    return EchoProbe.open(
        "fping",
        EchoProbe.Sight.ROUND_TRIP,
        host,
        binding.options(),
        clock,
        (windows, active) ->
            new FpingSource(host, FpingMode.ECHO, binding, windows, clock, active).start());
  }
}
