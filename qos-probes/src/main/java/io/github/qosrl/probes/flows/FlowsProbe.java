package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the two directions of a link apart by the headers of the users' own TCP packets, where they
 * pass the WAN interface: a continuous probe that sends nothing. Gives the {@link FlowMetrics}.
 *
 * <p>Runs one {@code tcpdump} for each direction, which captures headers only, not in promiscuous
 * mode, and which the kernel gives fewer packets the more there are. Arrivals are seen before an
 * ingress shaper, departures after an egress one. No address and no port leaves this object.
 */
public final class FlowsProbe implements Probe {
  /** How long packets wait unread if nobody measures: the pipe has room for more. */
  private static final Duration READ_ANYWAY = Duration.ofMillis(250);

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final Object lock;
  private final String interfaceName;
  private final boolean near;
  private final Tap received;
  private final Tap sent;
  private final PassedBytes passed;
  private final MonotonicClock clock;
  private final FlowMeter meter = new FlowMeter();
  private final WallClockWatch wallClock = new WallClockWatch();
  private final Thread thread;
  private Instant from;
  private Instant lastRead;
  private volatile boolean closed;

  private FlowsProbe(
      Object lock, Host host, String interfaceName, Tap received, Tap sent, MonotonicClock clock) {
    this.lock = lock;
    this.interfaceName = interfaceName;
    this.near = host.isNear();
    this.received = received;
    this.sent = sent;
    this.passed = new PassedBytes(host, interfaceName);
    this.clock = clock;
    this.from = clock.now();
    this.lastRead = from;
    this.thread = new Thread(this::tend, "qos-flows-" + interfaceName);
    thread.setDaemon(true);
  }

  /**
   * Starts looking.
   *
   * @param host where tcpdump runs; stays the property of the caller
   * @param interfaceName the interface towards the network: what it receives is download
   * @throws ProbeException if there is no such interface, or tcpdump is not installed
   */
  public static FlowsProbe open(Host host, String interfaceName) throws ProbeException {
    return open(host, interfaceName, MonotonicClock.system());
  }

  /**
   * Starts looking with another clock.
   *
   * @throws ProbeException if there is no such interface, or tcpdump is not installed
   */
  public static FlowsProbe open(Host host, String interfaceName, MonotonicClock clock)
      throws ProbeException {
    boolean ethernet;
    try {
      String type = host.read("/sys/class/net/" + interfaceName + "/type").strip();
      // ARPHRD_ETHER, ARPHRD_LOOPBACK (linux/if_arp.h).
      ethernet = type.equals("1") || type.equals("772");
    } catch (HostException e) {
      throw new ProbeException(
          "there is no interface '%s' on %s (%s); to fix: 'ip link' lists the interfaces there are"
              .formatted(interfaceName, host.name(), e.getMessage()),
          e);
    }
    Object lock = new Object();
    Tap received = new Tap(lock, host, interfaceName, Direction.DOWNLOAD, ethernet);
    Tap sent = new Tap(lock, host, interfaceName, Direction.UPLOAD, ethernet);
    try {
      received.start();
      sent.start();
    } catch (HostException e) {
      received.close();
      boolean missing = e.kind() == HostException.Kind.NOT_INSTALLED;
      throw new ProbeException(
          missing
              ? "tcpdump is not installed; to fix: " + FlowsProbeProvider.INSTALL
              : "tcpdump cannot be started on %s: %s".formatted(host.name(), e.getMessage()),
          e);
    }
    FlowsProbe probe = new FlowsProbe(lock, host, interfaceName, received, sent, clock);
    probe.thread.start();
    return probe;
  }

  @Override
  public Set<Metric> metrics() {
    return FlowMeter.metrics();
  }

  /** It reads what has come, and waits for nothing: processes start and end on another thread. */
  @Override
  public boolean isImmediate() {
    return near;
  }

  @Override
  public Measurement measure(Duration timeout) throws ProbeException, InterruptedException {
    if (closed) {
      throw new ProbeException("the flows of " + interfaceName + " are looked at no more: closed");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    synchronized (lock) {
      Measurement measurement = window();
      Optional<String> failure = received.failure().or(sent::failure);
      if (failure.isPresent()) {
        throw new ProbeException(failure.get());
      }
      return measurement;
    }
  }

  private Measurement window() {
    read();
    Instant to = lastRead;
    passed.read(to, meter);
    Measurement.Builder m = Measurement.builder(from, to);
    double seconds = Duration.between(from, to).toNanos() * 1e-9;
    if (seconds > 0 && received.isCapturing() && sent.isCapturing()) {
      meter.take(m, seconds);
    }
    from = to;
    return m.build();
  }

  /** Reads all that has come, in the order of time. */
  private void read() {
    lastRead = clock.now();
    boolean down = next(received, Direction.DOWNLOAD);
    boolean up = next(sent, Direction.UPLOAD);
    while (down || up) {
      if (!up || down && received.record().time() < sent.record().time()) {
        add(received, Direction.DOWNLOAD);
        down = next(received, Direction.DOWNLOAD);
      } else {
        add(sent, Direction.UPLOAD);
        up = next(sent, Direction.UPLOAD);
      }
    }
  }

  private void add(Tap tap, Direction direction) {
    if (wallClock.wasSet(tap.record().time(), lastRead)) {
      meter.forget();
    }
    meter.add(tap.record(), direction);
  }

  private boolean next(Tap tap, Direction direction) {
    boolean any = tap.advance();
    Sampling sampling = tap.sampling();
    meter.sampled(direction, sampling.oneIn(), sampling.oneAckIn());
    return any;
  }

  private void tend() {
    try {
      while (!closed) {
        clock.sleepUntil(clock.now().plus(READ_ANYWAY));
        Instant now = clock.now();
        received.tend(now);
        sent.tend(now);
        readIfIdle(now);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
    }
  }

  private void readIfIdle(Instant now) {
    synchronized (lock) {
      if (!closed && Duration.between(lastRead, now).compareTo(READ_ANYWAY) >= 0) {
        read();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    received.close();
    sent.close();
    passed.close();
    try {
      thread.join(LONGEST_CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
