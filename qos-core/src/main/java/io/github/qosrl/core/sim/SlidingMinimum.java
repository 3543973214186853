package io.github.qosrl.core.sim;

import java.util.Arrays;

/** The smallest of the values of the last 50 to 60 s: what a path's least delay is taken for. */
final class SlidingMinimum {
  private static final double SPAN_SECONDS = 10;
  private static final int SPANS = 6;

  /** Of each of the newest spans; the present one's is {@link #present}. */
  private final double[] smallest = new double[SPANS];

  private double present = Double.POSITIVE_INFINITY;
  private double earlier = Double.POSITIVE_INFINITY;
  private long span;
  private double end = SPAN_SECONDS;

  SlidingMinimum() {
    clear();
  }

  /** Forgets all. */
  final void clear() {
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
    present = Double.POSITIVE_INFINITY;
    earlier = Double.POSITIVE_INFINITY;
  }

  /** Takes a value in, not earlier than the one before, and returns what is the smallest now. */
  double add(double seconds, double value) {
    while (seconds >= end) {
      slide();
    }
    present = Amount.least(present, value);
    return Amount.least(earlier, present);
  }

  private void slide() {
    smallest[(int) (span % SPANS)] = present;
    span++;
    end = (span + 1) * SPAN_SECONDS;
    present = Double.POSITIVE_INFINITY;
    smallest[(int) (span % SPANS)] = present;
    earlier = Double.POSITIVE_INFINITY;
    for (double value : smallest) {
      earlier = Amount.least(earlier, value);
    }
  }
}
