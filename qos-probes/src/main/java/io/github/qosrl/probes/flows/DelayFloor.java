package io.github.qosrl.probes.flows;

/**
 * The smallest delay of the last minute, by which one tells how much longer a delay is than it need
 * be. Delays may be relative to any origin, and may drift: of two clocks, one is always faster, by
 * up to some 100 parts per million.
 *
 * <p>Keeps the minimum of each of {@value #BUCKETS} spans of {@value #SPAN_SECONDS} s. The drift is
 * the slope of the lower convex hull of these minima where it passes their middle (the line that
 * Moon, Skelly and Towsley find by linear programming: "Estimation and Removal of Clock Skew from
 * Network Delay Measurements", INFOCOM 1999). It is believed only if minima of the early, the
 * middle and the late part of the time lie on that line: then the queue was empty in each of them,
 * while a queue that has formed leaves the line and does not return.
 *
 * <p>All times are nanoseconds; those that are given grow, apart from packets that overtake each
 * other. Not thread-safe.
 */
final class DelayFloor {
  private static final int BUCKETS = 32;
  private static final int SPAN_SECONDS = 2;
  private static final long SPAN = SPAN_SECONDS * 1_000_000_000L;

  /** Spans without a packet count as seen: after a minute of silence nothing is known. */
  private static final int FEWEST_TO_FIT = 4;

  /** A minimum that is no further above the line lies on it. */
  private static final double ON_THE_LINE = 300_000;

  /** More than the crystals of computers deviate. */
  static final double MOST_DRIFT = 500e-6;

  private final long[] times = new long[BUCKETS];
  private final double[] minima = new double[BUCKETS];
  private final boolean drifts;
  private int count;
  private int newest = -1;
  private long newestStart;
  private long origin;
  private double drift;
  private double steepness;
  private double floor = Double.POSITIVE_INFINITY;
  private double lent = Double.POSITIVE_INFINITY;
  private long lentAt;

  /**
   * @param drifts whether two clocks are compared
   */
  DelayFloor(boolean drifts) {
    this.drifts = drifts;
  }

  /** Forgets all. */
  void clear() {
    count = 0;
    newest = -1;
    drift = 0;
    steepness = 0;
    floor = Double.POSITIVE_INFINITY;
    lent = Double.POSITIVE_INFINITY;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Says what the floor would be by what others know: it counts, for as long as a delay that was
   * measured would.
   */
  void lend(long time, double delay) {
    start(time);
    lent = delay - drift * (time - origin);
    lentAt = time;
    settle();
  }

  /** Takes a delay into account. */
  void add(long time, double delay) {
    start(time);
    if (time - newestStart >= SPAN) {
      open(time);
    }
    double level = delay - drift * (time - origin);
    if (level < minima[newest] - drift * (times[newest] - origin)) {
      minima[newest] = delay;
      times[newest] = time;
      floor = Math.min(floor, level);
    }
  }

  /** How much longer that delay is than the floor at that time; not below 0. */
  double excess(long time, double delay) {
    return Math.max(0, delay - drift * (time - origin) - floor);
  }

  private void start(long time) {
    if (newest < 0) {
      origin = time;
      count = 0;
      open(time);
    }
  }

  private void open(long time) {
    newest = (newest + 1) % BUCKETS;
    count = Math.min(BUCKETS, count + 1);
    newestStart = time;
    times[newest] = time;
    minima[newest] = Double.POSITIVE_INFINITY;
    while (count > 1 && time - times[oldest()] > BUCKETS * SPAN) {
      count--;
    }
    if (time - lentAt > BUCKETS * SPAN) {
      lent = Double.POSITIVE_INFINITY;
    }
    if (drifts && count > FEWEST_TO_FIT) {
      fit();
    }
    settle();
  }

  private int oldest() {
    return at(0);
  }

  /** The index of the bucket of that age rank, 0 the oldest. */
  private int at(int rank) {
    return newest - count + 1 + rank & BUCKETS - 1;
  }

  private void settle() {
    floor = lent;
    for (int i = 0; i < count; i++) {
      int at = at(i);
      floor = Math.min(floor, minima[at] - drift * (times[at] - origin));
    }
  }

  /**
   * The edge of the lower hull above the middle is the line, from a point of the left half to one
   * of the right, that has no point below it: of all lines through its left end the flattest, and
   * of all through its right end the steepest.
   */
  private void fit() {
    int closed = count - 1;
    long middle = times[at(0)] / 2 + times[at(closed - 1)] / 2;
    int left = at(0);
    int right = -1;
    int before = -2;
    for (int i = 0; i < closed && before != right; i++) {
      before = right;
      right = end(closed, middle, left, true);
      if (right < 0) {
        return;
      }
      left = end(closed, middle, right, false);
    }
    double slope = (minima[right] - minima[left]) / (times[right] - times[left]);
    if (Double.isFinite(slope) && supported(closed, slope, left)) {
      steepness = slope;
      double believed = Math.abs(slope) <= MOST_DRIFT ? slope : 0;
      lent += (drift - believed) * (lentAt - origin);
      drift = believed;
    }
  }

  /** The other end of the line through a point that has no point of the other half below it. */
  private int end(int closed, long middle, int through, boolean ofRight) {
    int best = -1;
    double bestSlope = 0;
    for (int i = 0; i < closed; i++) {
      int at = at(i);
      if (times[at] > middle == ofRight) {
        double slope = (minima[at] - minima[through]) / (times[at] - times[through]);
        if (best < 0 || (ofRight ? slope < bestSlope : slope > bestSlope)) {
          best = at;
          bestSlope = slope;
        }
      }
    }
    return best;
  }

  private boolean supported(int closed, double slope, int through) {
    long from = times[at(0)];
    double third = (times[at(closed - 1)] - from) / 3.0;
    int seen = 0;
    for (int i = 0; i < closed; i++) {
      int at = at(i);
      double above = minima[at] - minima[through] - slope * (times[at] - times[through]);
      if (above <= ON_THE_LINE) {
        seen |= 1 << (int) Math.min(2, (times[at] - from) / third);
      }
    }
    return seen == 7;
  }

  /** Relative difference of the two clocks' speeds; 0 until it is known. */
  double drift() {
    return drift;
  }

  /** The slope that the floor has been seen to have, even if it is no clock's; 0 until known. */
  double steepness() {
    return steepness;
  }
}
