package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import java.util.Arrays;
import java.util.Locale;

/**
 * How well a link was used over a run, in the figures by which controllers are compared. Delays are
 * in seconds, the rest are ratios; NaN where nothing could be measured.
 *
 * @param downloadUtilisation bytes that reached the user over bytes that the download could have
 *     carried
 * @param uploadUtilisation bytes that left the user's link over those that the upload could have
 *     carried
 * @param inflationMean mean round-trip time over the uncongested one
 * @param inflationP50 its median
 * @param inflationP95 its 95th percentile
 * @param inflationP99 its 99th percentile
 * @param probeLoss part of the probes that never came back
 * @param downloadVariation standard deviation of the download's limit over its mean; 0 if it never
 *     moved
 * @param uploadVariation the same for the upload
 */
public record LinkScore(
    double downloadUtilisation,
    double uploadUtilisation,
    double inflationMean,
    double inflationP50,
    double inflationP95,
    double inflationP99,
    double probeLoss,
    double downloadVariation,
    double uploadVariation) {

  /** The part of a direction's capacity that was used. */
  public double utilisation(Direction direction) {
    return direction == Direction.DOWNLOAD ? downloadUtilisation : uploadUtilisation;
  }

  /** For example {@code down .95 up .02, inflation 3.1 (p95 12.0) ms, loss 0.0 %}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "down %.3f up %.3f, inflation %.1f (p50 %.1f, p95 %.1f, p99 %.1f) ms, loss %.1f %%",
        downloadUtilisation,
        uploadUtilisation,
        1e3 * inflationMean,
        1e3 * inflationP50,
        1e3 * inflationP95,
        1e3 * inflationP99,
        1e2 * probeLoss);
  }

  /** Gathers a run. Not thread-safe. */
  public static final class Recorder {
    private final double[] capacityBytes = new double[2];
    private final double[] usedBytes = new double[2];
    private final double[] rateSum = new double[2];
    private final double[] rateSquares = new double[2];
    private final int[] rates = new int[2];
    private double[] inflation = new double[256];
    private int replies;
    private int lost;

    /** Adds what a direction could have carried and did carry. */
    public void addBytes(Direction direction, double couldBe, double were) {
      capacityBytes[direction.ordinal()] += couldBe;
      usedBytes[direction.ordinal()] += were;
    }

    /** Adds the limit that was in force for a tick. */
    public void addLimit(Direction direction, BitRate limit) {
      double rate = limit.bitsPerSecond();
      rateSum[direction.ordinal()] += rate;
      rateSquares[direction.ordinal()] += rate * rate;
      rates[direction.ordinal()]++;
    }

    /** Adds a probe's excess over the uncongested round-trip time, in seconds. */
    public void addInflation(double seconds) {
      if (replies == inflation.length) {
        inflation = Arrays.copyOf(inflation, 2 * replies);
      }
      inflation[replies++] = seconds;
    }

    /** Adds probes that never came back. */
    public void addLost(int probes) {
      lost += probes;
    }

    /** The score of all that was added. */
    public LinkScore score() {
      double[] sorted = Arrays.copyOf(inflation, replies);
      Arrays.sort(sorted);
      return new LinkScore(
          usedBytes[0] / capacityBytes[0],
          usedBytes[1] / capacityBytes[1],
          Arrays.stream(sorted).average().orElse(Double.NaN),
          quantile(sorted, 0.50),
          quantile(sorted, 0.95),
          quantile(sorted, 0.99),
          replies + lost == 0 ? Double.NaN : (double) lost / (replies + lost),
          variation(0),
          variation(1));
    }

    /** Linear interpolation between the nearest ranks, as numpy's default. */
    private static double quantile(double[] sorted, double q) {
      if (sorted.length == 0) {
        return Double.NaN;
      }
      double rank = q * (sorted.length - 1);
      int low = (int) rank;
      int high = Math.min(sorted.length - 1, low + 1);
      return sorted[low] + (rank - low) * (sorted[high] - sorted[low]);
    }

    private double variation(int direction) {
      if (rates[direction] == 0) {
        return 0;
      }
      double mean = rateSum[direction] / rates[direction];
      double variance = rateSquares[direction] / rates[direction] - mean * mean;
      return Math.sqrt(Math.max(0, variance)) / mean;
    }
  }
}
