package io.github.qosrl.examples.report;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.interval.NormalConfidenceInterval;

/**
 * A mean over independent runs, and how far from it the true one may lie: the interval of Student's
 * t distribution, which takes the means of such runs to be normal.
 *
 * @param mean the mean of what is known; NaN if nothing is
 * @param halfWidth half of the 95 % confidence interval; NaN for fewer than two values
 * @param n how many values there are
 */
public record Confidence(double mean, double halfWidth, int n) {
  private static final double ERROR_RATE = 0.05;

  /**
   * Of some values.
   *
   * @param values those that are NaN are left out
   */
  public static Confidence of(double... values) {
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    double mean = Mean.of(known).getAsDouble();
    double variance = Variance.of(known).getAsDouble();
    if (known.length < 2) {
      return new Confidence(mean, Double.NaN, known.length);
    }
    if (variance == 0) {
      return new Confidence(mean, 0, known.length);
    }
    var interval =
        NormalConfidenceInterval.MEAN.fromErrorRate(mean, variance, known.length, ERROR_RATE);
    double half = (interval.getUpperBound() - interval.getLowerBound()) / 2;
    return new Confidence(mean, half, known.length);
  }

  /** As {@code 93.1 ± 0.4}; one digit after the point for figures below 10, and for both alike. */
  @Override
  public String toString() {
    if (Double.isNaN(mean)) {
      return "–";
    }
    double smaller = Double.isNaN(halfWidth) ? Math.abs(mean) : Math.min(Math.abs(mean), halfWidth);
    String format = smaller < 10 ? "%.1f" : "%.0f";
    String text = String.format(Locale.ROOT, format, mean);
    return Double.isNaN(halfWidth)
        ? text
        : text + " ± " + String.format(Locale.ROOT, format, halfWidth);
  }
}
