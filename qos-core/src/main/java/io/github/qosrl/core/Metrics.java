package io.github.qosrl.core;

import static io.github.qosrl.core.Metric.Unit.BITS_PER_SECOND;
import static io.github.qosrl.core.Metric.Unit.BYTES;
import static io.github.qosrl.core.Metric.Unit.COUNT;
import static io.github.qosrl.core.Metric.Unit.PACKETS;
import static io.github.qosrl.core.Metric.Unit.PER_SECOND;
import static io.github.qosrl.core.Metric.Unit.RATIO;
import static io.github.qosrl.core.Metric.Unit.SECONDS;
import static io.github.qosrl.core.Metric.Unit.SECONDS_SQUARED;

/**
 * The metrics that the library's own probes and agents agree on.
 *
 * <p>Round-trip metrics come unscoped (all targets pooled) and scoped to each target. Traffic
 * metrics are scoped to a {@link Direction}; the per-direction constants below spare the hot path
 * the allocation of {@link Metric#in(Direction)}.
 */
public final class Metrics {
  private Metrics() {}

  /** Mean round-trip time of the replies in the window. */
  public static final Metric RTT_MEAN = Metric.of("rtt.mean", SECONDS);

  /** Smallest round-trip time of the window. */
  public static final Metric RTT_MIN = Metric.of("rtt.min", SECONDS);

  /** Median round-trip time of the window. */
  public static final Metric RTT_P50 = Metric.of("rtt.p50", SECONDS);

  /** 95th percentile of the window's round-trip times. */
  public static final Metric RTT_P95 = Metric.of("rtt.p95", SECONDS);

  /** Largest round-trip time of the window. */
  public static final Metric RTT_MAX = Metric.of("rtt.max", SECONDS);

  /** Variance of the window's round-trip times. */
  public static final Metric RTT_VARIANCE = Metric.of("rtt.variance", SECONDS_SQUARED);

  /** Smoothed difference of successive round-trip times (RFC 3550, section 6.4.1). */
  public static final Metric JITTER = Metric.of("jitter", SECONDS);

  /** Part of the window's probe packets that were lost. */
  public static final Metric LOSS = Metric.of("loss", RATIO);

  /** Probe packets sent in the window. */
  public static final Metric PROBES_SENT = Metric.of("probes.sent", PACKETS);

  /** Replies received in the window. */
  public static final Metric PROBES_RECEIVED = Metric.of("probes.received", PACKETS);

  /** Replies per second over the window. */
  public static final Metric REPLY_RATE = Metric.of("reply.rate", PER_SECOND);

  /** Part of the probed targets that are of a traffic type. Scoped to the type. */
  public static final Metric TARGET_TYPE = Metric.of("target.type", RATIO);

  /** Time since the newest reply, at the end of the window. */
  public static final Metric REPLY_AGE = Metric.of("reply.age", SECONDS);

  /** The path's uncongested round-trip time, as tracked so far. */
  public static final Metric BASELINE_DELAY = Metric.of("baseline", SECONDS);

  /** Round-trip time in excess of the baseline, pooled over the targets. */
  public static final Metric DELAY_INFLATION = Metric.of("inflation", SECONDS);

  /** 1 while the delay signal says nothing about the link, 0 while it does. */
  public static final Metric BLIND = Metric.of("blind", COUNT);

  /** Rate at which bytes passed, by the interface's counters. Scoped to a direction. */
  public static final Metric THROUGHPUT = Metric.of("throughput", BITS_PER_SECOND);

  /** Rate that an active test reached: what could be had. Scoped to a direction. */
  public static final Metric AVAILABLE_BANDWIDTH =
      Metric.of("bandwidth.available", BITS_PER_SECOND);

  /** Part of an active test's datagrams, or segments, that were lost. Scoped to a direction. */
  public static final Metric TEST_LOSS = Metric.of("bandwidth.loss", RATIO);

  /** Bytes that passed in the window. Scoped to a direction, or to a traffic class. */
  public static final Metric BYTES_PASSED = Metric.of("bytes", BYTES);

  /** Packets that passed in the window. Scoped to a direction, or to a traffic class. */
  public static final Metric PACKETS_PASSED = Metric.of("packets", PACKETS);

  /** Packets that the shaper dropped in the window. Scoped to a direction, or to a class. */
  public static final Metric DROPS = Metric.of("drops", PACKETS);

  /** Times in the window that the shaper held a packet back. Scoped to a direction. */
  public static final Metric OVERLIMITS = Metric.of("overlimits", COUNT);

  /** Bytes that wait in the shaper's queue at the end of the window. Scoped to a direction. */
  public static final Metric BACKLOG = Metric.of("backlog", BYTES);

  /** Packets that wait in the shaper's queue at the end of the window. Scoped to a direction. */
  public static final Metric BACKLOG_PACKETS = Metric.of("backlog.packets", PACKETS);

  /** {@link #THROUGHPUT} of a direction. */
  public static Metric throughput(Direction direction) {
    return direction == Direction.DOWNLOAD ? THROUGHPUT_DOWNLOAD : THROUGHPUT_UPLOAD;
  }

  /** {@link #BACKLOG} of a direction. */
  public static Metric backlog(Direction direction) {
    return direction == Direction.DOWNLOAD ? BACKLOG_DOWNLOAD : BACKLOG_UPLOAD;
  }

  /** {@link #DROPS} of a direction. */
  public static Metric drops(Direction direction) {
    return direction == Direction.DOWNLOAD ? DROPS_DOWNLOAD : DROPS_UPLOAD;
  }

  private static final Metric THROUGHPUT_DOWNLOAD = THROUGHPUT.in(Direction.DOWNLOAD);
  private static final Metric THROUGHPUT_UPLOAD = THROUGHPUT.in(Direction.UPLOAD);
  private static final Metric BACKLOG_DOWNLOAD = BACKLOG.in(Direction.DOWNLOAD);
  private static final Metric BACKLOG_UPLOAD = BACKLOG.in(Direction.UPLOAD);
  private static final Metric DROPS_DOWNLOAD = DROPS.in(Direction.DOWNLOAD);
  private static final Metric DROPS_UPLOAD = DROPS.in(Direction.UPLOAD);
}
