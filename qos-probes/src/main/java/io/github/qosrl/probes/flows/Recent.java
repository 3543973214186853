package io.github.qosrl.probes.flows;

/**
 * The newest delays of one flow, as the smallest of each of {@value #SIZE} short spans. The
 * smallest of those that belong together stands for the present: coarse clocks and receivers that
 * wait make a delay look longer, never shorter. Times and delays are nanoseconds. Not thread-safe.
 */
final class Recent {
  private static final int SIZE = 4;

  private final long[] starts = new long[SIZE];
  private final double[] values = new double[SIZE];
  private int count;
  private int newest;
  private long last;

  void clear() {
    count = 0;
  }

  /**
   * Takes a delay into account.
   *
   * @param span delays that are closer together than this are as one
   */
  void add(long time, double value, long span) {
    last = time;
    if (count > 0 && time - starts[newest] < span) {
      values[newest] = Math.min(values[newest], value);
      return;
    }
    newest = (newest + 1) % SIZE;
    count = Math.min(SIZE, count + 1);
    starts[newest] = time;
    values[newest] = value;
  }

  /**
   * The smallest that is at most so much older than the newest, less what the clock's tick makes it
   * longer; NaN if the newest is from before {@code since}.
   *
   * @param tick of the clock; a delay looks up to that longer than it was, and the smallest of n
   *     spans by 1/(n + 1) of it in the mean
   */
  double smallest(long since, long within, double tick) {
    if (count == 0 || last < since) {
      return Double.NaN;
    }
    double smallest = values[newest];
    int n = 1;
    for (int i = 1; i < count; i++) {
      int at = (newest - i + SIZE) % SIZE;
      if (last - starts[at] <= within) {
        smallest = Math.min(smallest, values[at]);
        n++;
      }
    }
    return Math.max(0, smallest - tick / (n + 1));
  }
}
