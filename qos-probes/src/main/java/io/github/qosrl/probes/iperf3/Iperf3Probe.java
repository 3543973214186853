package io.github.qosrl.probes.iperf3;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Measures the bandwidth that can be had, by an iperf3 test: a one-shot probe that fills the link
 * for as long as it runs. Meant to run rarely.
 *
 * <p>Reports {@link Metrics#AVAILABLE_BANDWIDTH} (what the receiver got), {@link Metrics#TEST_LOSS}
 * (UDP: datagrams lost; TCP: segments sent again), {@link #TEST_JITTER} (UDP) and {@link #TEST_RTT}
 * (TCP, upload) per direction, and {@link #TEST_BYTES}. Failures are {@link Iperf3Exception}s that
 * tell a busy server from an unreachable one.
 */
public final class Iperf3Probe implements Probe {
  /**
   * Jitter of an active UDP test, as its receiver computed it (RFC 1889). Scoped to a direction.
   */
  public static final Metric TEST_JITTER = Metric.of("bandwidth.jitter", Metric.Unit.SECONDS);

  /** Mean round-trip time that TCP saw during an active test. Scoped to a direction. */
  public static final Metric TEST_RTT = Metric.of("bandwidth.rtt", Metric.Unit.SECONDS);

  /** Bytes of payload that an active test transferred. Scoped to a direction. */
  public static final Metric TEST_BYTES = Metric.of("bandwidth.bytes", Metric.Unit.BYTES);

  private final Iperf3Options options;
  private final Iperf3Run run;
  private final MonotonicClock clock;
  private volatile boolean closed;
  private volatile Thread measuring = Thread.currentThread();
  private volatile boolean busy;

  private Iperf3Probe(Host host, Iperf3Options options, MonotonicClock clock) {
    this.options = options;
    this.run = new Iperf3Run(host, options);
    this.clock = clock;
  }

  /**
   * Makes a probe; nothing runs yet.
   *
   * @param host where iperf3 runs; stays the property of the caller
   */
  public static Iperf3Probe open(Host host, Iperf3Options options) {
    return open(host, options, MonotonicClock.system());
  }

  /** Makes a probe with another clock. */
  public static Iperf3Probe open(Host host, Iperf3Options options, MonotonicClock clock) {
    return new Iperf3Probe(host, options, clock);
  }

  @Override
  public Set<Metric> metrics() {
    Set<Metric> all = new LinkedHashSet<>();
    for (Direction direction : Direction.values()) {
      all.add(Metrics.AVAILABLE_BANDWIDTH.in(direction));
      all.add(Metrics.TEST_LOSS.in(direction));
      all.add(TEST_JITTER.in(direction));
      all.add(TEST_RTT.in(direction));
      all.add(TEST_BYTES.in(direction));
    }
    return all;
  }

  @Override
  public Measurement measure(Duration timeout) throws ProbeException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    measuring = Thread.currentThread();
    busy = true;
    try {
      if (closed) {
        throw new ProbeException("the iperf3 probe is closed");
      }
      return test(clock.now(), timeout);
    } catch (InterruptedException e) {
      if (closed) {
        throw new ProbeException("the iperf3 probe was closed during a test", e);
      }
      throw e;
    } finally {
      busy = false;
    }
  }

  private Measurement test(Instant start, Duration timeout)
      throws ProbeException, InterruptedException {
    Instant deadline = start.plus(timeout);
    switch (options.mode()) {
      case UP -> {
        Iperf3Report up = run.run(List.of(), options.budget(), timeout);
        return result(start, up, Direction.UPLOAD);
      }
      case DOWN -> {
        Iperf3Report down = run.run(List.of("-R"), options.budget(), timeout);
        return result(start, down, Direction.DOWNLOAD);
      }
      case BIDIR -> {
        Iperf3Report both = run.run(List.of("--bidir"), options.budget() / 2, timeout);
        Measurement.Builder m = Measurement.builder(start, clock.now());
        both.forward().ifPresent(flow -> add(m, Direction.UPLOAD, flow));
        both.backward().ifPresent(flow -> add(m, Direction.DOWNLOAD, flow));
        return m.build();
      }
      case BOTH -> {
        Iperf3Report down = run.run(List.of("-R"), options.budget() / 2, timeout.dividedBy(2));
        Duration rest = Duration.between(clock.now(), deadline);
        Iperf3Report up =
            run.run(
                List.of(), options.budget() / 2, rest.isNegative() ? Duration.ofMillis(1) : rest);
        Measurement.Builder m = Measurement.builder(start, clock.now());
        down.forward().ifPresent(flow -> add(m, Direction.DOWNLOAD, flow));
        up.forward().ifPresent(flow -> add(m, Direction.UPLOAD, flow));
        return m.build();
      }
    }
    throw new IllegalStateException("mode " + options.mode());
  }

  private Measurement result(Instant start, Iperf3Report report, Direction direction) {
    Measurement.Builder m = Measurement.builder(start, clock.now());
    report.forward().ifPresent(flow -> add(m, direction, flow));
    return m.build();
  }

  private static void add(Measurement.Builder m, Direction direction, Iperf3Report.Flow flow) {
    m.put(Metrics.AVAILABLE_BANDWIDTH.in(direction), flow.bitsPerSecond())
        .put(Metrics.TEST_LOSS.in(direction), flow.loss())
        .put(TEST_JITTER.in(direction), flow.jitter())
        .put(TEST_BYTES.in(direction), flow.bytes());
    if (direction == Direction.UPLOAD) {
      m.put(TEST_RTT.in(direction), flow.rtt());
    }
  }

  /** Ends a test in progress. */
  @Override
  public void close() {
    closed = true;
    if (busy) {
      measuring.interrupt();
    }
  }
}
