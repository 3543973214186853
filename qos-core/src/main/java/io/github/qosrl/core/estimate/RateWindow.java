package io.github.qosrl.core.estimate;

/**
 * Values, mostly rates, over successive spans of time, and their means. Not thread-safe; allocates
 * nothing after construction.
 */
public class RateWindow {
  private static final int SIZE = 64;

  private final long[] from = new long[SIZE];
  private final long[] to = new long[SIZE];
  private final double[] rates = new double[SIZE];
  private int newest = -1;
  private int size;

  /** Takes in a window that is fresh. */
  void add(Signal signal) {
    if (signal.fresh()) {
      add(signal.from(), signal.to(), signal.value());
    }
  }

  /** Takes in a span that ends after the last one, in nanoseconds; others are passed over. */
  public final void add(long start, long end, double rate) {
    if (end <= start || (size > 0 && end <= to[newest])) {
      return;
    }
    newest = (newest + 1) % SIZE;
    from[newest] = start;
    to[newest] = end;
    rates[newest] = rate;
    size = Math.min(SIZE, size + 1);
  }

  /** The mean over the last {@code nanos} before the newest span's end; NaN if there is none. */
  public final double mean(long nanos) {
    return size == 0 ? Double.NaN : mean(to[newest] - nanos, to[newest]);
  }

  /** The value of the newest span; NaN if there is none. */
  public final double newest() {
    return size == 0 ? Double.NaN : rates[newest];
  }

  /** The largest span's value within the last {@code nanos}; NaN if there is none. */
  public final double max(long nanos) {
    double max = Double.NaN;
    for (int k = 0; k < size; k++) {
      int i = Math.floorMod(newest - k, SIZE);
      if (to[i] <= to[newest] - nanos) {
        break;
      }
      max = Double.isNaN(max) ? rates[i] : Math.max(max, rates[i]);
    }
    return max;
  }

  /** The mean over the part of a span that is known; NaN if none is. */
  public final double mean(long start, long end) {
    double sum = 0;
    long covered = 0;
    for (int k = 0; k < size; k++) {
      int i = Math.floorMod(newest - k, SIZE);
      long overlap = Math.min(end, to[i]) - Math.max(start, from[i]);
      if (overlap > 0) {
        sum += rates[i] * overlap;
        covered += overlap;
      }
      if (from[i] <= start) {
        break;
      }
    }
    return covered == 0 ? Double.NaN : sum / covered;
  }

  /** Forgets all spans. */
  public final void clear() {
    size = 0;
  }
}
