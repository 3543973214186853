package io.github.qosrl.core.estimate;

import java.util.Arrays;

/**
 * The delay towards one target: a sliding minimum over {@link #WINDOW_SECONDS} one-second buckets,
 * which a change of route cuts short.
 */
final class TargetDelay {
  /** How long a minimum is remembered. */
  static final int WINDOW_SECONDS = 60;

  /** So many whole seconds whose minima agree are a route, not a queue. */
  static final int SETTLED_SECONDS = 4;

  /**
   * A longer step may be a buffer that is pinned at its limit, which stands as still as a route
   * does: only the window forgets it.
   */
  static final double LARGEST_ROUTE_STEP = 0.1;

  private static final double NANOS = 1e9;

  private final double[] minima = new double[WINDOW_SECONDS];
  private long second = Long.MIN_VALUE;
  private double baseline = Double.POSITIVE_INFINITY;
  private double newestRtt = Double.NaN;
  private long newestAt = Long.MIN_VALUE;

  TargetDelay() {
    Arrays.fill(minima, Double.POSITIVE_INFINITY);
  }

  void add(long atNanos, double rtt) {
    rollTo(Math.floorDiv(atNanos, (long) NANOS));
    int slot = slot(second);
    minima[slot] = Math.min(minima[slot], rtt);
    baseline = Math.min(baseline, rtt);
    if (atNanos >= newestAt) {
      newestAt = atNanos;
      newestRtt = rtt;
    }
  }

  /** Seconds. */
  double baseline() {
    return baseline;
  }

  /** The newest reply's excess over the baseline, in seconds. */
  double inflation() {
    return newestRtt - baseline;
  }

  /** When the newest reply arrived. */
  long newestAt() {
    return newestAt;
  }

  private void rollTo(long now) {
    if (now <= second) {
      return;
    }
    if (second == Long.MIN_VALUE || now - second >= WINDOW_SECONDS) {
      Arrays.fill(minima, Double.POSITIVE_INFINITY);
    } else {
      if (movedToAnotherRoute()) {
        forgetBefore(second - SETTLED_SECONDS + 1);
      }
      for (long s = second + 1; s <= now; s++) {
        minima[slot(s)] = Double.POSITIVE_INFINITY;
      }
    }
    second = now;
    baseline = Double.POSITIVE_INFINITY;
    for (double minimum : minima) {
      if (minimum < baseline) {
        baseline = minimum;
      }
    }
  }

  /**
   * A queue's delay moves with the rates around it: to stand still within a millisecond for four
   * seconds, what flows in would have to equal what flows out within 0.03 %. A longer route does
   * stand still.
   */
  private boolean movedToAnotherRoute() {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (long s = second - SETTLED_SECONDS + 1; s <= second; s++) {
      double minimum = minima[slot(s)];
      low = Math.min(low, minimum);
      high = Math.max(high, minimum);
    }
    double step = low - baseline;
    double tolerance = Math.max(1e-3, Math.min(3e-3, 0.1 * step));
    return high < Double.POSITIVE_INFINITY
        && step > tolerance
        && step <= LARGEST_ROUTE_STEP
        && high - low <= tolerance;
  }

  private void forgetBefore(long firstKept) {
    for (long s = second - WINDOW_SECONDS + 1; s < firstKept; s++) {
      minima[slot(s)] = Double.POSITIVE_INFINITY;
    }
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) WINDOW_SECONDS);
  }
}
