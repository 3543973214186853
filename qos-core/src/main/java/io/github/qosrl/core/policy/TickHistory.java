package io.github.qosrl.core.policy;

import java.util.Arrays;

/** The last ticks of one direction, newest first; logs of rates, so that a ratio is a sum. */
final class TickHistory {
  /** Values of a tick. */
  static final int WIDTH = 6;

  private final double[] values;

  TickHistory(int ticks) {
    values = new double[WIDTH * ticks];
    reset();
  }

  void reset() {
    Arrays.fill(values, Double.NaN);
  }

  void push(LinkSignals link, DirectionSignals own, DirectionSignals other) {
    System.arraycopy(values, 0, values, WIDTH, values.length - WIDTH);
    values[0] = log(own.throughput);
    values[1] = log(own.throughputLong);
    values[2] = Math.log1p(link.inflation / LinkSignals.threshold(own)) / 1.5;
    values[3] = Math.log(own.rate);
    values[4] = log(other.throughput);
    values[5] = Math.log(other.rate);
  }

  /** The inflation less that of the tick before, on its logarithmic scale. */
  double inflationChange() {
    return values.length > WIDTH ? values[2] - values[WIDTH + 2] : Double.NaN;
  }

  int write(double logRate, double logOther, float[] out) {
    for (int i = 0; i < values.length; i += WIDTH) {
      out[i] = LinkFeatures.spread(values[i] - logRate);
      out[i + 1] = LinkFeatures.spread(values[i + 1] - logRate);
      out[i + 2] = LinkFeatures.finite(values[i + 2]);
      out[i + 3] = LinkFeatures.spread(values[i + 3] - logRate);
      out[i + 4] = LinkFeatures.spread(values[i + 4] - logOther);
      out[i + 5] = LinkFeatures.spread(values[i + 5] - logOther);
    }
    return values.length;
  }

  /** Log of a throughput; one below 1 bit/s counts as that. */
  private static double log(double throughput) {
    return Double.isNaN(throughput) ? Double.NaN : Math.log(Math.max(1, throughput));
  }
}
