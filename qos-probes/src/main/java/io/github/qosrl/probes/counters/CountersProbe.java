package io.github.qosrl.probes.counters;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measures throughput from an interface's counters: a continuous probe that sends nothing and
 * starts no process.
 *
 * <p>Reports {@link Metrics#THROUGHPUT}, {@link Metrics#BYTES_PASSED} and {@link
 * Metrics#PACKETS_PASSED} per direction. On the WAN side, what the interface receives is download
 * and what it sends is upload; on the LAN side it is the other way round. The download of the WAN
 * side is counted as it arrives from the bottleneck, before any shaping; its upload after shaping.
 * So prefer the WAN side: while the bottleneck's queue is not empty, its download rate is the
 * link's capacity. The LAN side shows the download after shaping.
 *
 * <p>A 32-bit counter that wrapped is seen as such as long as the rate is below 10 Gbit/s. When the
 * interface was made anew (another ifindex) or its counters were reset, the window's metrics are
 * absent. When it is not there, {@link #measure} throws, and recovers when it is back.
 */
public final class CountersProbe implements Probe {

  /** Which side of the link an interface is on. */
  public enum Side {
    /** Towards the network: what it receives is download. */
    WAN,
    /** Towards the user: what it sends is download. */
    LAN
  }

  private static final Pattern NAME = Pattern.compile("[^\\s/.][^\\s/]{0,14}");

  /** Devices that count in 32 bits are slower than this: bytes per second. */
  private static final double FASTEST_32_BIT = 10e9 / 8;

  private final Host host;
  private final String interfaceName;
  private final DirectionMetrics received;
  private final DirectionMetrics sent;
  private final MonotonicClock clock;
  private final CounterFiles files;
  private @Nullable CounterReading last;
  private Instant from;
  private volatile boolean closed;

  private record DirectionMetrics(Metric throughput, Metric bytes, Metric packets) {
    static DirectionMetrics of(Direction direction) {
      return new DirectionMetrics(
          Metrics.throughput(direction),
          Metrics.BYTES_PASSED.in(direction),
          Metrics.PACKETS_PASSED.in(direction));
    }

    Set<Metric> all() {
      return Set.of(throughput, bytes, packets);
    }
  }

  private CountersProbe(Host host, String interfaceName, Side side, MonotonicClock clock) {
    this.host = host;
    this.interfaceName = interfaceName;
    boolean wan = side == Side.WAN;
    this.received = DirectionMetrics.of(wan ? Direction.DOWNLOAD : Direction.UPLOAD);
    this.sent = DirectionMetrics.of(wan ? Direction.UPLOAD : Direction.DOWNLOAD);
    this.clock = clock;
    this.files = new CounterFiles(host, interfaceName);
    this.from = clock.now();
  }

  /**
   * Starts counting.
   *
   * @param host whose interface it is; stays the property of the caller
   * @throws ProbeException if there is no such interface
   * @throws IllegalArgumentException if no interface can have that name
   */
  public static CountersProbe open(Host host, String interfaceName, Side side)
      throws ProbeException {
    return open(host, interfaceName, side, MonotonicClock.system());
  }

  /**
   * Starts counting with another clock.
   *
   * @throws ProbeException if there is no such interface
   * @throws IllegalArgumentException if no interface can have that name
   */
  public static CountersProbe open(Host host, String interfaceName, Side side, MonotonicClock clock)
      throws ProbeException {
    if (!NAME.matcher(interfaceName).matches()) {
      throw new IllegalArgumentException("no interface can be called '" + interfaceName + "'");
    }
    CountersProbe probe = new CountersProbe(host, interfaceName, side, clock);
    try {
      probe.last = probe.read();
      return probe;
    } catch (ProbeException e) {
      probe.close();
      throw e;
    }
  }

  @Override
  public Set<Metric> metrics() {
    Set<Metric> all = new LinkedHashSet<>(received.all());
    all.addAll(sent.all());
    return all;
  }

  /** It reads five small files: where the host is this machine, that is nothing to wait for. */
  @Override
  public boolean isImmediate() {
    return host.isNear();
  }

  @Override
  public Measurement measure(Duration timeout) throws ProbeException, InterruptedException {
    if (closed) {
      throw new ProbeException("counters of " + interfaceName + " are closed");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    CounterReading before = last;
    last = null;
    CounterReading now = read();
    last = now;
    Measurement.Builder m = Measurement.builder(from, now.at());
    from = now.at();
    if (before != null && before.ifindex() == now.ifindex()) {
      double seconds = Duration.between(before.at(), now.at()).toNanos() * 1e-9;
      add(
          m,
          received,
          seconds,
          before.rxBytes(),
          now.rxBytes(),
          before.rxPackets(),
          now.rxPackets());
      add(m, sent, seconds, before.txBytes(), now.txBytes(), before.txPackets(), now.txPackets());
    }
    return m.build();
  }

  private static void add(
      Measurement.Builder m,
      DirectionMetrics metrics,
      double seconds,
      long bytesBefore,
      long bytesNow,
      long packetsBefore,
      long packetsNow) {
    long plausible = (long) (FASTEST_32_BIT * seconds);
    long bytes = CounterReading.growth(bytesBefore, bytesNow, plausible);
    long packets = CounterReading.growth(packetsBefore, packetsNow, plausible);
    if (bytes >= 0) {
      m.put(metrics.bytes(), bytes);
      if (seconds > 0) {
        m.put(metrics.throughput(), bytes * 8 / seconds);
      }
    }
    if (packets >= 0) {
      m.put(metrics.packets(), packets);
    }
  }

  private CounterReading read() throws ProbeException {
    try {
      return files.read(clock.now());
    } catch (HostException e) {
      throw new ProbeException(
          "the counters of interface '%s' cannot be read on %s (%s); to fix: 'ip link' lists the interfaces there are"
              .formatted(interfaceName, host.name(), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    closed = true;
    files.close();
  }
}
