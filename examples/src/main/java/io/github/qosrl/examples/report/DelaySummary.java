package io.github.qosrl.examples.report;

import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/**
 * The distribution of the delay inflation over a run, in seconds; NaN if there was no reply.
 *
 * @param mean the mean
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 */
public record DelaySummary(double mean, double p50, double p95, double p99) {
  /** As the simulated link's score and numpy have it: between the two nearest values. */
  private static final Quantile QUANTILE = Quantile.withDefaults().with(EstimationMethod.HF7);

  /**
   * Sums up.
   *
   * @param inflations seconds, in any order
   */
  public static DelaySummary of(double[] inflations) {
    double[] p = QUANTILE.withCopy(true).evaluate(inflations, 0.50, 0.95, 0.99);
    return new DelaySummary(Mean.of(inflations).getAsDouble(), p[0], p[1], p[2]);
  }
}
