package io.github.qosrl.probes.capture;

import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what kind of traffic passes an interface: a continuous probe over {@code tcpdump}, which
 * captures the first 128 bytes of each packet, not in promiscuous mode.
 *
 * <p>Reports bytes and packets per traffic type and per direction, {@code traffic.share[TYPE]},
 * {@code traffic.protocol.share[tcp|udp|icmp|other]}, {@code
 * traffic.port.share[well-known|registered|dynamic|none]} (all by bytes), {@code
 * traffic.service.bytes[SERVICE]} and {@code traffic.packet-size} (mean). Only headers are looked
 * at; no payload and no address is kept longer than it takes to count a packet, but for the names
 * of recent servers.
 */
public final class CaptureProbe implements Probe {
  private final String interfaceName;
  private final Traffic traffic;
  private final CaptureProcess process;
  private final MonotonicClock clock;
  private Instant from;
  private volatile boolean closed;

  private CaptureProbe(
      String interfaceName, Traffic traffic, CaptureProcess process, MonotonicClock clock) {
    this.interfaceName = interfaceName;
    this.traffic = traffic;
    this.process = process;
    this.clock = clock;
    this.from = clock.now();
  }

  /**
   * Starts capturing.
   *
   * @param host where tcpdump runs; stays the property of the caller
   * @throws ProbeException if there is no such interface, or tcpdump is not installed
   * @throws InputFileException if the table of services cannot be read, or is malformed
   */
  public static CaptureProbe open(Host host, String interfaceName, CaptureOptions options)
      throws ProbeException, InputFileException, InterruptedException {
    return open(host, interfaceName, options, MonotonicClock.system());
  }

  /**
   * Starts capturing with another clock.
   *
   * @throws ProbeException if there is no such interface, or tcpdump is not installed
   * @throws InputFileException if the table of services cannot be read, or is malformed
   */
  public static CaptureProbe open(
      Host host, String interfaceName, CaptureOptions options, MonotonicClock clock)
      throws ProbeException, InputFileException, InterruptedException {
    try {
      Command ipAddr = Command.of("ip", "-o", "addr", "show", "dev", interfaceName);
      LocalAddresses local = new LocalAddresses(() -> host.run(ipAddr).orThrow().stdout(), clock);
      Traffic traffic = Traffic.of(host, options, local, clock);
      return new CaptureProbe(
          interfaceName, traffic, CaptureProcess.start(host, interfaceName, traffic, clock), clock);
    } catch (HostException e) {
      boolean missing = e.kind() == HostException.Kind.NOT_INSTALLED;
      String why = String.valueOf(e.getMessage());
      throw new ProbeException(
          missing && why.contains("tcpdump")
              ? "tcpdump is not installed; to fix: sudo apt-get install tcpdump"
              : "cannot capture on interface '%s' (%s); to fix: 'ip link' lists the interfaces there are"
                  .formatted(interfaceName, why),
          e);
    }
  }

  @Override
  public Set<Metric> metrics() {
    return traffic.window.metrics();
  }

  @Override
  public Measurement measure(Duration timeout) throws ProbeException, InterruptedException {
    if (closed) {
      throw new ProbeException("the capture on " + interfaceName + " is closed");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Instant to = clock.now();
    Measurement measurement = traffic.window.take(from, to);
    from = to;
    Optional<String> failure = process.failure();
    if (failure.isPresent()) {
      throw new ProbeException(failure.get());
    }
    return measurement;
  }

  @Override
  public void close() {
    closed = true;
    process.close();
    traffic.close();
  }
}
