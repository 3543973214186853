package io.github.qosrl.core.estimate;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import java.time.Instant;
import java.util.List;

/** The newest value of one metric, and the window that it is of. */
final class Signal {
  private static final double NANO = 1e-9;

  private final Metric metric;
  private double value = Double.NaN;
  private long from;
  private long to = Long.MIN_VALUE;
  private boolean fresh;

  Signal(Metric metric) {
    this.metric = metric;
  }

  /** Looks for it in a tick's measurements, of which the first that has it speaks. */
  void read(List<Measurement> measured) {
    fresh = false;
    for (int i = 0; i < measured.size(); i++) {
      Measurement m = measured.get(i);
      double found = m.orElse(metric, Double.NaN);
      if (!Double.isNaN(found)) {
        long end = nanos(m.to());
        if (end > to) {
          value = found;
          from = nanos(m.from());
          to = end;
          fresh = true;
        }
        return;
      }
    }
  }

  /** Whether the last tick had a new window of it. */
  boolean fresh() {
    return fresh;
  }

  /** The newest value; NaN if there never was one. */
  double value() {
    return value;
  }

  /** The newest value if its window ended at most so many seconds ago, else NaN. */
  double within(double seconds, long now) {
    return age(now) <= seconds ? value : Double.NaN;
  }

  /** Seconds since the newest window ended; infinite if there was none. */
  double age(long now) {
    return to == Long.MIN_VALUE ? Double.POSITIVE_INFINITY : Math.max(0, (now - to) * NANO);
  }

  /** Start of the newest window, in nanoseconds since 1970. */
  long from() {
    return from;
  }

  /** End of the newest window, in nanoseconds since 1970. */
  long to() {
    return to;
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
