package io.github.qosrl.probes.flows;

/**
 * The newest {@value #SIZE} delays of one flow. The smallest of them stands for the present: coarse
 * clocks and receivers that wait make a delay look longer, never shorter. Not thread-safe.
 */
final class Recent {
  private static final int SIZE = 4;

  private final long[] times = new long[SIZE];
  private final double[] values = new double[SIZE];
  private int count;
  private int newest;

  void clear() {
    count = 0;
  }

  void add(long time, double value) {
    newest = (newest + 1) % SIZE;
    count = Math.min(SIZE, count + 1);
    times[newest] = time;
    values[newest] = value;
  }

  /** When the newest was; {@link Long#MIN_VALUE} if there is none. */
  long time() {
    return count == 0 ? Long.MIN_VALUE : times[newest];
  }

  /** The smallest since then; NaN if there is none. */
  double smallest(long since) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      int at = (newest - i + SIZE) % SIZE;
      if (times[at] >= since) {
        smallest = Math.min(smallest, values[at]);
      }
    }
    return smallest < Double.POSITIVE_INFINITY ? smallest : Double.NaN;
  }
}
