package io.github.qosrl.core.contract;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.estimate.LinkEstimator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Observations to show to an agent. */
public final class SampleObservations {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TICK = Duration.ofMillis(100);
  private static final ShapingPlan PLAN =
      ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit"));

  private SampleObservations() {}

  /** Nothing could be measured, and nothing is limited. */
  public static Observation empty() {
    return new Observation(START, List.of(), ShapingPlan.UNLIMITED);
  }

  /** Thirty seconds in which a queue builds up behind the link, stands, and drains. */
  public static List<Observation> congestion() {
    Random random = new Random(1);
    List<Observation> seen = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double queue = i < 50 ? 0 : i < 100 ? (i - 50) * 0.01 : i < 200 ? 0.5 : (300 - i) * 0.005;
      double rtt = 0.03 + queue + 0.002 * random.nextDouble();
      double load = i < 50 ? 0.2 + 0.015 * i : i < 250 ? 0.98 : 0.3;
      seen.add(at(i, rtt, 20e6 * load, 5e6 * load * 0.5));
    }
    LinkEstimator estimator = new LinkEstimator();
    return seen.stream()
        .map(o -> with(o, estimator.update(o.time(), o.measurements(), o.plan())))
        .toList();
  }

  /** What lies at the ends of the possible: nothing, no traffic, no reply, a crawl, a torrent. */
  public static List<Observation> extremes() {
    Instant now = START.plus(TICK);
    Measurement noReply =
        Measurement.builder(START, now)
            .put(Metrics.PROBES_SENT, 4)
            .put(Metrics.PROBES_RECEIVED, 0)
            .put(Metrics.LOSS, 1)
            .put(Metrics.REPLY_RATE, 0)
            .build();
    ShapingPlan crawl = ShapingPlan.of(new BitRate(1), new BitRate(1));
    BitRate most = new BitRate(BitRate.MAX_BITS_PER_SECOND);
    return List.of(
        empty(),
        new Observation(now, List.of(Measurement.empty(START, now)), PLAN),
        new Observation(now, List.of(noReply), PLAN),
        new Observation(now, List.of(noReply), ShapingPlan.of(Direction.UPLOAD, most)),
        at(2, 1e-6, 0, 0),
        at(3, 100, 1, 1),
        at(4, 0.03, 9e12, 9e12),
        with(at(5, 3, 0, 0), crawl),
        with(at(6, 0.001, 9e12, 9e12), ShapingPlan.of(most, most)),
        // The same moment again, as after a suspended machine's clock was set.
        at(6, 0.03, 1e6, 1e6),
        at(1_000_000, 0.03, 1e6, 1e6));
  }

  private static Observation with(Observation seen, LinkState state) {
    return new Observation(seen.time(), seen.measurements(), seen.plan(), state);
  }

  private static Observation with(Observation seen, ShapingPlan plan) {
    return new Observation(seen.time(), seen.measurements(), plan);
  }

  private static Observation at(int tick, double rtt, double download, double upload) {
    Instant from = START.plus(TICK.multipliedBy(tick));
    Instant to = from.plus(TICK);
    Duration delay = Duration.ofNanos(Math.round(rtt * 1e9));
    Measurement delays =
        Measurement.builder(from, to)
            .put(Metrics.RTT_MEAN, rtt)
            .put(Metrics.RTT_MIN, rtt)
            .put(Metrics.RTT_P50, rtt)
            .put(Metrics.RTT_P95, rtt)
            .put(Metrics.RTT_MAX, rtt)
            .put(Metrics.LOSS, 0)
            .put(Metrics.PROBES_SENT, 2)
            .put(Metrics.PROBES_RECEIVED, 2)
            .put(Metrics.REPLY_RATE, 20)
            .delays(
                List.of(
                    new DelaySample("192.0.2.1", from.plusMillis(40), delay),
                    new DelaySample("192.0.2.2", from.plusMillis(90), delay)))
            .build();
    Measurement traffic =
        Measurement.builder(from, to)
            .put(Metrics.throughput(Direction.DOWNLOAD), download)
            .put(Metrics.throughput(Direction.UPLOAD), upload)
            .put(Metrics.backlog(Direction.DOWNLOAD), download > 19e6 ? 30_000 : 0)
            .put(Metrics.backlog(Direction.UPLOAD), 0)
            .build();
    return new Observation(to, List.of(delays, traffic), PLAN);
  }
}
