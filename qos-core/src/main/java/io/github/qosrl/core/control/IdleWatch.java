package io.github.qosrl.core.control;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says whether the link idles: whether for a while nothing has passed in either direction but the
 * probes' own packets, and what devices send when nobody uses them.
 *
 * <p>Each direction has a leaky bucket (Turner 1986, New Directions in Communications) of {@link
 * #BURST_BITS} that drains at {@link #RATE}. One that runs over is traffic, in the tick in which it
 * does: a TCP connection's first ten packets (RFC 6928) at once, a steady stream of 0.5 Mbit/s, the
 * lowest limit that an agent sets by itself, after 60 ms. A link whose throughput is not measured,
 * or whose delay signal is blind, does not idle. Not thread-safe.
 */
final class IdleWatch {
  /**
   * What may pass all the time, in bits per second: twice what 60 echo packets a second of 98 bytes
   * take, the most that a loop of 50 ms sends.
   */
  static final double RATE = 100_000;

  /** What may pass at once beyond that: two full packets. */
  static final double BURST_BITS = 2 * 1500 * 8;

  private final Duration quietTime;
  private final Bucket[] buckets;
  private @Nullable Instant quietSince;

  /**
   * @param quietTime how long nothing must have passed; zero for a link that never idles
   */
  IdleWatch(Duration quietTime) {
    this.quietTime = quietTime;
    Direction[] directions = Direction.values();
    this.buckets = new Bucket[directions.length];
    for (int i = 0; i < directions.length; i++) {
      buckets[i] = new Bucket(Metrics.throughput(directions[i]));
    }
  }

  /** Takes in what was seen at a tick; whether the link idles now. */
  boolean idles(Observation seen) {
    if (quietTime.isZero()) {
      return false;
    }
    boolean measured = false;
    boolean traffic = seen.orElse(Metrics.BLIND, 0) >= 0.5;
    for (Bucket bucket : buckets) {
      measured |= bucket.add(seen);
      traffic |= bucket.runsOver;
    }
    if (traffic || !measured) {
      quietSince = null;
      return false;
    }
    if (quietSince == null) {
      quietSince = seen.time();
    }
    return Duration.between(quietSince, seen.time()).compareTo(quietTime) >= 0;
  }

  /** What has passed lately in one direction. */
  private static final class Bucket {
    private final Metric throughput;
    private @Nullable Instant seenTo;
    private double bits;
    private boolean runsOver;

    Bucket(Metric throughput) {
      this.throughput = throughput;
    }

    /** Takes in the newest window, once; false if there is none. */
    boolean add(Observation seen) {
      runsOver = false;
      for (Measurement m : seen.measurements()) {
        double rate = m.orElse(throughput, Double.NaN);
        if (!Double.isNaN(rate)) {
          if (seenTo == null || m.to().isAfter(seenTo)) {
            seenTo = m.to();
            pour((rate - RATE) * m.length().toNanos() * 1e-9);
          }
          return true;
        }
      }
      return false;
    }

    private void pour(double more) {
      bits = Math.max(0, bits + more);
      runsOver = bits > BURST_BITS;
      bits = Math.min(bits, BURST_BITS);
    }
  }
}
