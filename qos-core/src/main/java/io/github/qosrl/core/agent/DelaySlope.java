package io.github.qosrl.core.agent;

/**
 * How fast the delay grows, over the last {@link #SPAN} nanoseconds of ticks, and when the packets
 * were sent that tell: a reply tells of the queue that its request met, one round trip ago.
 */
final class DelaySlope {
  private static final long SPAN = 150_000_000L;
  private static final int SIZE = 32;

  private final long[] times = new long[SIZE];
  private final double[] delays = new double[SIZE];
  private int newest = -1;
  private int size;
  private int oldest;

  /** An absent inflation, NaN, ends the record. */
  void add(long time, double inflation, double baseline) {
    if (Double.isNaN(inflation)) {
      size = 0;
      return;
    }
    newest = (newest + 1) % SIZE;
    times[newest] = time;
    delays[newest] = baseline + inflation;
    size = Math.min(SIZE, size + 1);
    int back = 0;
    while (back < size - 1 && time - times[Math.floorMod(newest - back, SIZE)] < SPAN) {
      back++;
    }
    oldest = Math.floorMod(newest - back, SIZE);
  }

  /** Seconds of delay per second of arrival, below 1; 0 while too little is known. */
  double perSecond() {
    if (size < 2) {
      return 0;
    }
    double slope = (delays[newest] - delays[oldest]) / ((times[newest] - times[oldest]) * 1e-9);
    return Math.max(-1, Math.min(0.9, slope));
  }

  /** When the oldest packet that tells was sent. */
  long sentFrom() {
    return size < 2 ? 0 : times[oldest] - Math.round(delays[oldest] * 1e9);
  }

  /** When the newest packet that tells was sent. */
  long sentTo() {
    return size < 2 ? 0 : times[newest] - Math.round(delays[newest] * 1e9);
  }
}
