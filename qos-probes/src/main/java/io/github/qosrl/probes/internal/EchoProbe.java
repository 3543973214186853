package io.github.qosrl.probes.internal;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.counters.CountersProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A continuous probe over a source of echoes: the part that all of them share. */
public final class EchoProbe implements Probe {
  /**
   * Time between two packets to a target of an idle link, and between two windows: a route that
   * changed is still noticed, and nobody takes it for blind.
   */
  static final Duration IDLE_INTERVAL = Duration.ofSeconds(1);

  /** The load is judged by the second; half of that leaves none without. */
  private static final Duration LOAD_PERIOD = Duration.ofMillis(500);

  /** What the answers tell. */
  public enum Sight {
    /** How long an answer took, there and back together. */
    ROUND_TRIP,
    /** How long it took each way, too. */
    EACH_WAY
  }

  /** Starts what sends the packets. */
  @FunctionalInterface
  public interface Start {
    /**
     * Starts it.
     *
     * @param windows what it tells what became of the packets
     * @param active whom to probe at first
     * @throws HostException if a program cannot be started; nothing is left running
     * @throws ProbeException if it cannot work for another reason
     */
    EchoSource source(EchoWindows windows, List<Target> active)
        throws HostException, ProbeException;
  }

  private final String name;
  private final boolean near;
  private final Duration interval;
  private final EchoWindows windows;
  private final ReflectorPool pool;
  private final EchoSource source;
  private final MonotonicClock clock;
  private final Set<Metric> metrics;
  private final InterfaceWatch bound;
  private final SilenceWatch silence = new SilenceWatch();
  private final LoadResponse response = new LoadResponse();
  private final @Nullable Probe load;
  private Instant nextLoad = Instant.MIN;
  private volatile boolean closed;

  private EchoProbe(
      String name,
      Host host,
      EchoOptions options,
      EchoWindows windows,
      ReflectorPool pool,
      EchoSource source,
      @Nullable Probe load,
      MonotonicClock clock) {
    this.name = name;
    this.near = host.isNear();
    this.interval = options.interval();
    this.bound = new InterfaceWatch(host, options.interfaceName(), clock.now());
    this.windows = windows;
    this.pool = pool;
    this.source = source;
    this.load = load;
    this.clock = clock;
    this.metrics = Set.copyOf(windows.metrics());
  }

  /**
   * Starts probing.
   *
   * @param program what sends the packets, for messages
   * @param host where the interfaces are that the options name; stays the property of the caller
   * @throws ProbeException if the program is not installed or may not be run, or there is no such
   *     load interface
   */
  public static Probe open(
      String program,
      Sight sight,
      Host host,
      EchoOptions options,
      MonotonicClock clock,
      Start start)
      throws ProbeException {
    Probe load = load(host, options, clock);
    EchoWindows windows = new EchoWindows(options, sight, clock);
    ReflectorPool pool = new ReflectorPool(options, clock.now());
    windows.activate(pool.active());
    try {
      EchoSource source = start.source(windows, pool.active());
      return new EchoProbe(program, host, options, windows, pool, source, load, clock);
    } catch (HostException e) {
      throw EchoFailures.notStarted(program, e);
    }
  }

  private static @Nullable Probe load(Host host, EchoOptions options, MonotonicClock clock)
      throws ProbeException {
    return options.loadInterface().isEmpty()
        ? null
        : CountersProbe.open(host, options.loadInterface(), CountersProbe.Side.WAN, clock);
  }

  @Override
  public Set<Metric> metrics() {
    return metrics;
  }

  @Override
  public boolean isImmediate() {
    return near;
  }

  @Override
  public Duration pace(Pace pace) {
    boolean idle = pace == Pace.IDLE;
    boolean slower = idle && interval.compareTo(IDLE_INTERVAL) < 0;
    windows.sparse(slower);
    source.pace(slower ? IDLE_INTERVAL : interval);
    return idle ? IDLE_INTERVAL : Duration.ZERO;
  }

  @Override
  public Measurement measure(Duration timeout) throws ProbeException, InterruptedException {
    if (closed) {
      throw new ProbeException(name + " is closed");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Instant now = clock.now();
    source.tend(now);
    List<TargetHealth> health = new ArrayList<>();
    Measurement measurement = windows.take(health, response.blind());
    if (load != null) {
      double rtt = measurement.orElse(Metrics.RTT_MEAN, Double.NaN);
      response.add(now, rtt, now.isBefore(nextLoad) ? Double.NaN : load(now, timeout));
    }
    if (pool.review(now, health)) {
      windows.activate(pool.active());
      source.activate(pool.active());
    }
    renewWhatIsDead(now, health);
    Optional<String> failure = bound.failure().or(source::failure);
    if (failure.isPresent() && measurement.orElse(Metrics.PROBES_RECEIVED, 0) == 0) {
      throw new ProbeException(failure.get());
    }
    return measurement;
  }

  private void renewWhatIsDead(Instant now, List<TargetHealth> health) {
    List<Target> dead = bound.replaced(now) ? pool.active() : silence.silent(now, health);
    if (!dead.isEmpty() && source.renew(dead)) {
      silence.renewed(dead, now);
    }
  }

  /** The larger of the two directions' throughputs, in bits per second. */
  private double load(Instant now, Duration timeout) throws InterruptedException {
    nextLoad = now.plus(LOAD_PERIOD);
    if (load == null) {
      return Double.NaN;
    }
    try {
      Measurement m = load.measure(timeout);
      return Math.max(
          m.orElse(Metrics.throughput(Direction.DOWNLOAD), Double.NaN),
          m.orElse(Metrics.throughput(Direction.UPLOAD), Double.NaN));
    } catch (ProbeException e) {
      return Double.NaN;
    }
  }

  @Override
  public void close() {
    closed = true;
    source.close();
    if (load != null) {
      load.close();
    }
  }
}
