package io.github.qosrl.core.agent;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Observation;

/** The recent windows of a metric, and its means over spans of time. Allocates nothing. */
final class RateHistory {
  private static final int SIZE = 64;

  private final Metric metric;
  private final long[] from = new long[SIZE];
  private final long[] to = new long[SIZE];
  private final double[] values = new double[SIZE];
  private int newest = -1;
  private int size;

  RateHistory(Metric metric) {
    this.metric = metric;
  }

  void add(Observation observation) {
    for (int i = 0; i < observation.measurements().size(); i++) {
      Measurement m = observation.measurements().get(i);
      double value = m.orElse(metric, Double.NaN);
      if (!Double.isNaN(value)) {
        add(AutorateAgent.nanos(m.from()), AutorateAgent.nanos(m.to()), value);
        return;
      }
    }
  }

  private void add(long start, long end, double value) {
    if (end <= start || (size > 0 && end <= to[newest])) {
      return;
    }
    newest = (newest + 1) % SIZE;
    from[newest] = start;
    to[newest] = end;
    values[newest] = value;
    size = Math.min(SIZE, size + 1);
  }

  /** The value of the newest window; NaN if there is none. */
  double newest() {
    return size == 0 ? Double.NaN : values[newest];
  }

  /** When the newest window ended; {@code Long.MIN_VALUE} if there is none. */
  long newestAt() {
    return size == 0 ? Long.MIN_VALUE : to[newest];
  }

  /**
   * The mean over the last {@code nanos} before the newest window's end, whole windows if fewer.
   */
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

  /** The largest window's value within the last {@code nanos}; NaN if there is none. */
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
