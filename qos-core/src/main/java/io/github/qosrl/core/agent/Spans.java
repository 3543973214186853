package io.github.qosrl.core.agent;

/** Values over recent spans of time, one after the other, and their means. Allocates nothing. */
class Spans {
  private static final int SIZE = 64;

  private final long[] from = new long[SIZE];
  private final long[] to = new long[SIZE];
  private final double[] values = new double[SIZE];
  private int newest = -1;
  private int size;

  /** One that ends after the last one; others are passed over. */
  void add(long start, long end, double value) {
    if (end <= start || (size > 0 && end <= to[newest])) {
      return;
    }
    newest = (newest + 1) % SIZE;
    from[newest] = start;
    to[newest] = end;
    values[newest] = value;
    size = Math.min(SIZE, size + 1);
  }

  /** The value of the newest span; NaN if there is none. */
  double newest() {
    return size == 0 ? Double.NaN : values[newest];
  }

  /** When the newest span ended; {@code Long.MIN_VALUE} if there is none. */
  long newestAt() {
    return size == 0 ? Long.MIN_VALUE : to[newest];
  }

  /** The mean over the last {@code nanos} before the newest span's end, whole spans if fewer. */
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
        sum += values[i] * overlap;
        covered += overlap;
      }
      if (from[i] <= start) {
        break;
      }
    }
    return covered == 0 ? Double.NaN : sum / covered;
  }

  /** The largest span's value within the last {@code nanos}; NaN if there is none. */
  double max(long nanos) {
    double max = Double.NaN;
    for (int k = 0; k < size; k++) {
      int i = Math.floorMod(newest - k, SIZE);
      if (to[i] <= to[newest] - nanos) {
        break;
      }
      max = Double.isNaN(max) ? values[i] : Math.max(max, values[i]);
    }
    return max;
  }

  void clear() {
    size = 0;
  }
}
