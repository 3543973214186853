package io.github.qosrl.core.estimate;

/** Rates over successive spans of time, and their means. Allocates nothing after construction. */
final class RateWindow {
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

  /** A span that ends after the last one; others are passed over. */
  void add(long start, long end, double rate) {
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
  double mean(long nanos) {
    return size == 0 ? Double.NaN : mean(to[newest] - nanos, to[newest]);
  }

  /** The mean over the part of a span that is known; NaN if none is. */
  double mean(long start, long end) {
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

  void clear() {
    size = 0;
  }
}
