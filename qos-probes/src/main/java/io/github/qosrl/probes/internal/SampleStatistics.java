package io.github.qosrl.probes.internal;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import java.util.Arrays;

/**
 * The statistics of the round-trip times of one window, in seconds. Percentiles interpolate between
 * the closest ranks (Hyndman and Fan 1996, definition 7); the variance is the population's, so that
 * its root is what {@code ping} prints as mdev.
 *
 * @param sorted the samples in ascending order, at least one; not copied
 */
record SampleStatistics(double[] sorted) {

  /** Sorts a copy of the first {@code n} samples. */
  static SampleStatistics of(double[] samples, int n) {
    double[] copy = Arrays.copyOf(samples, n);
    Arrays.sort(copy);
    return new SampleStatistics(copy);
  }

  double mean() {
    double sum = 0;
    for (double sample : sorted) {
      sum += sample;
    }
    return sum / sorted.length;
  }

  double variance() {
    double mean = mean();
    double sum = 0;
    for (double sample : sorted) {
      sum += (sample - mean) * (sample - mean);
    }
    return sum / sorted.length;
  }

  /**
   * @param p 0 to 1
   */
  double percentile(double p) {
    double rank = p * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  /** Adds all of them to a measurement. */
  void addTo(Measurement.Builder measurement, RttMetrics metrics) {
    measurement
        .put(metrics.mean(), mean())
        .put(metrics.min(), sorted[0])
        .put(metrics.p50(), percentile(0.5))
        .put(metrics.p95(), percentile(0.95))
        .put(metrics.max(), sorted[sorted.length - 1])
        .put(metrics.variance(), variance());
  }

  /** The round-trip metrics of one scope, made once. */
  record RttMetrics(Metric mean, Metric min, Metric p50, Metric p95, Metric max, Metric variance) {

    static RttMetrics of(String scope) {
      return new RttMetrics(
          Metrics.RTT_MEAN.in(scope),
          Metrics.RTT_MIN.in(scope),
          Metrics.RTT_P50.in(scope),
          Metrics.RTT_P95.in(scope),
          Metrics.RTT_MAX.in(scope),
          Metrics.RTT_VARIANCE.in(scope));
    }
  }
}
