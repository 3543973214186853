package io.github.qosrl.core.sim;

import java.util.Arrays;

/** The smallest of the values of the last 50 to 60 s: what a path's base delay is taken for. */
final class SlidingMinimum {
  private static final double SPAN_SECONDS = 10;
  private static final int SPANS = 6;

  private final double[] smallest = new double[SPANS];
  private long newest = Long.MIN_VALUE;
  private double minimum = Double.POSITIVE_INFINITY;

  SlidingMinimum() {
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
  }

  /** Takes a value in, and returns what is the smallest now. */
  double add(double seconds, double value) {
    long span = (long) (seconds / SPAN_SECONDS);
    if (span != newest) {
      slideTo(span);
    }
    int slot = (int) (span % SPANS);
    smallest[slot] = Amount.least(smallest[slot], value);
    minimum = Amount.least(minimum, value);
    return minimum;
  }

  private void slideTo(long span) {
    long first = Math.max(0, Math.max(newest + 1, span - SPANS + 1));
    for (long s = first; s <= span; s++) {
      smallest[(int) (s % SPANS)] = Double.POSITIVE_INFINITY;
    }
    newest = span;
    minimum = Double.POSITIVE_INFINITY;
    for (double value : smallest) {
      minimum = Amount.least(minimum, value);
    }
  }
}
