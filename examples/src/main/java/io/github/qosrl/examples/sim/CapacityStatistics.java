package io.github.qosrl.examples.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.Scenario;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/**
 * What one course of a capacity is like, measured in bins of 100 ms. Ratios unless said otherwise.
 *
 * @param mean the mean rate in bit/s
 * @param p10 the 10th percentile over the mean
 * @param p90 the 90th percentile over the mean
 * @param sigma standard deviation of the rate's natural logarithm, outages apart
 * @param memory time in seconds in which that logarithm's autocorrelation falls to 1/e; NaN if the
 *     capacity does not move
 * @param drops part of the time in which the rate is less than half of what it was a second before
 * @param outages part of the time with less than a hundredth of the mean
 */
public record CapacityStatistics(
    double mean,
    double p10,
    double p90,
    double sigma,
    double memory,
    double drops,
    double outages) {
  private static final double BIN_SECONDS = 0.1;
  private static final int BINS_A_SECOND = 10;

  /** A standard deviation below this is rounding. */
  private static final double FLAT = 1e-9;

  /** Of a scenario's download, in the course that episodes and the laboratory play by this seed. */
  public static CapacityStatistics of(Scenario scenario, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CapacityProcess.Realization course =
        scenario.capacity(Direction.DOWNLOAD).begin(random.split());
    int n = Math.max(2, (int) Math.round(scenario.duration().toMillis() / 1e3 / BIN_SECONDS));
    double[] rates = new double[n];
    for (int i = 0; i < n; i++) {
      rates[i] = course.advance(BIN_SECONDS) * 8 / BIN_SECONDS;
    }
    return of(rates);
  }

  /**
   * Of a course.
   *
   * @param rates bit/s in each bin of 100 ms, at least two of them
   */
  public static CapacityStatistics of(double[] rates) {
    double mean = Mean.of(rates).getAsDouble();
    double least = mean / 100;
    double[] p = Quantile.withDefaults().withCopy(true).evaluate(rates, 0.1, 0.9);
    double[] logs = Arrays.stream(rates).map(r -> Math.log(Math.max(r, least))).toArray();
    double[] up = Arrays.stream(rates).filter(r -> r >= least).map(Math::log).toArray();
    double sigma = up.length < 2 ? 0 : StandardDeviation.of(up).getAsDouble();
    long drops = 0;
    for (int i = BINS_A_SECOND; i < rates.length; i++) {
      drops += rates[i] < rates[i - BINS_A_SECOND] / 2 ? 1 : 0;
    }
    long out = Arrays.stream(rates).filter(r -> r < least).count();
    return new CapacityStatistics(
        mean,
        p[0] / mean,
        p[1] / mean,
        sigma,
        memory(logs),
        (double) drops / Math.max(1, rates.length - BINS_A_SECOND),
        (double) out / rates.length);
  }

  private static double memory(double[] x) {
    double mean = Mean.of(x).getAsDouble();
    double variance = covariance(x, mean, 0);
    if (variance < FLAT) {
      return Double.NaN;
    }
    int lag = 1;
    while (lag < x.length / 2 && covariance(x, mean, lag) > variance / Math.E) {
      lag++;
    }
    return lag * BIN_SECONDS;
  }

  private static double covariance(double[] x, double mean, int lag) {
    double sum = 0;
    for (int i = lag; i < x.length; i++) {
      sum += (x[i] - mean) * (x[i - lag] - mean);
    }
    return sum / (x.length - lag);
  }
}
