package io.github.qosrl.probes.fping;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import io.github.qosrl.probes.internal.EchoProbe;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the delay of each direction by ICMP timestamps (RFC 792): {@code fping
 * --icmp-timestamp}, version 5.3 or later. The far end tells when it received and when it answered;
 * IPv4 only, and not every host answers.
 *
 * <p>Reports what {@link FpingProbe} reports, and for each direction {@link
 * io.github.qosrl.core.FlowMetrics#ECHO_ONE_WAY_INFLATION} and {@link
 * io.github.qosrl.core.FlowMetrics#ECHO_ONE_WAY_SAMPLES}. The far end's clock needs to run evenly,
 * not to be right; its timestamps are whole milliseconds, and so good is the split between the
 * directions. Their sum is as good as fping's round-trip time: three digits. Hosts that answer with
 * something else than milliseconds of a day (the high-order bit set, another byte order, a
 * constant) count for the round trip only.
 */
public final class FpingTimestampProbe {
  private FpingTimestampProbe() {}

  /**
   * Starts probing.
   *
   * @param host where fping runs; stays the property of the caller
   * @throws IllegalArgumentException if a target is an IPv6 address, or a size is set
   * @throws ProbeException if fping is not installed or may not be run, there is no such load
   *     interface, or the interface to bind to has no address from which a target can be reached
   */
  public static Probe open(Host host, EchoOptions options) throws ProbeException {
    return open(host, options, MonotonicClock.system());
  }

  /**
   * Starts probing with another clock.
   *
   * @throws IllegalArgumentException if a target is an IPv6 address, or a size is set
   * @throws ProbeException if fping is not installed or may not be run, there is no such load
   *     interface, or the interface to bind to has no address from which a target can be reached
   */
  public static Probe open(Host host, EchoOptions options, MonotonicClock clock)
      throws ProbeException {
    List<String> problems = problems(options);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    EchoBinding binding = EchoBinding.on(host, options);
    return EchoProbe.open(
        "fping",
        EchoProbe.Sight.EACH_WAY,
        host,
        binding.options(),
        clock,
        (windows, active) ->
            new FpingSource(host, FpingMode.TIMESTAMP, binding, windows, clock, active).start());
  }

  /** What ICMP timestamps cannot do of the options. */
  static List<String> problems(EchoOptions options) {
    List<String> problems = new ArrayList<>();
    for (Target target : options.targets()) {
      if (target.isIpv6Literal()) {
        problems.add(
            "target %s is an IPv6 address, and ICMP timestamps are of IPv4; name IPv4 hosts"
                .formatted(target.host()));
      }
    }
    if (options.size() != EchoOptions.DEFAULT_SIZE) {
      problems.add("size = %d: an ICMP timestamp has 20 bytes".formatted(options.size()));
    }
    return problems;
  }
}
