package io.github.qosrl.examples.report;

import java.util.Arrays;

/**
 * The distribution of the delay inflation over a run, in seconds; NaN if there was no reply.
 *
 * @param mean the mean
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 */
public record DelaySummary(double mean, double p50, double p95, double p99) {

  /**
   * Sums up.
   *
   * @param inflations seconds, in any order
   */
  public static DelaySummary of(double[] inflations) {
    double[] sorted = inflations.clone();
    Arrays.sort(sorted);
    return new DelaySummary(
        Arrays.stream(sorted).average().orElse(Double.NaN),
        percentile(sorted, 50),
        percentile(sorted, 95),
        percentile(sorted, 99));
  }

  /** The nearest-rank percentile: the smallest value with at least that part at or below it. */
  private static double percentile(double[] sorted, double percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }
}
