package io.github.qosrl.probes.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Whether delay moves with load at all. When the load of a link has gone from nearly nothing to a
 * lot and back, and the delay has not moved by more than {@link #STILL} in all that time, then the
 * reflectors are on this side of the bottleneck, or something answers for them: the delay signal is
 * blind.
 *
 * <p>Judges the last {@link #MEMORY}, in buckets of one second. Not thread-safe.
 */
public final class LoadResponse {
  static final Duration MEMORY = Duration.ofSeconds(60);

  /** Delay that moves less than this does not move: a full packet at 40 Mbit/s takes 0.3 ms. */
  static final double STILL = 0.3e-3;

  /** Less than this is no load to speak of: bits per second. */
  static final double LEAST_PEAK = 2e6;

  private static final int ENOUGH_SECONDS = 5;

  private record Bucket(long second, double meanRtt, double load) {}

  private final ArrayDeque<Bucket> buckets = new ArrayDeque<>();
  private long second = Long.MIN_VALUE;
  private double rtts;
  private double loads;
  private int rttCount;
  private int loadCount;

  /**
   * Takes in a window.
   *
   * @param rtt mean round-trip time in seconds; not a number if unknown
   * @param load bits per second in the direction that has more; not a number if unknown
   */
  public void add(Instant time, double rtt, double load) {
    long now = time.getEpochSecond();
    if (now != second) {
      close();
      second = now;
      while (!buckets.isEmpty() && buckets.getFirst().second() <= now - MEMORY.toSeconds()) {
        buckets.removeFirst();
      }
    }
    if (!Double.isNaN(rtt)) {
      rtts += rtt;
      rttCount++;
    }
    if (!Double.isNaN(load)) {
      loads += load;
      loadCount++;
    }
  }

  private void close() {
    if (rttCount > 0 && loadCount > 0) {
      buckets.addLast(new Bucket(second, rtts / rttCount, loads / loadCount));
    }
    rtts = 0;
    loads = 0;
    rttCount = 0;
    loadCount = 0;
  }

  /** Whether load moved and delay did not. */
  public boolean blind() {
    double peak = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (Bucket bucket : buckets) {
      peak = Math.max(peak, bucket.load());
      low = Math.min(low, bucket.meanRtt());
      high = Math.max(high, bucket.meanRtt());
    }
    if (peak < LEAST_PEAK || high - low > STILL) {
      return false;
    }
    int idle = 0;
    int loaded = 0;
    for (Bucket bucket : buckets) {
      idle += bucket.load() < 0.1 * peak ? 1 : 0;
      loaded += bucket.load() > 0.7 * peak ? 1 : 0;
    }
    return idle >= ENOUGH_SECONDS && loaded >= ENOUGH_SECONDS;
  }
}
