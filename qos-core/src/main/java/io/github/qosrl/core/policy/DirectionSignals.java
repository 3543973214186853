package io.github.qosrl.core.policy;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import java.util.Arrays;
import java.util.Optional;

/**
 * What one direction's traffic has told so far in the episode. Rates in bit/s, times in seconds;
 * NaN stands for "not known".
 *
 * <p>While the bottleneck's queue is not empty, the rate at which bytes arrive from it is its
 * capacity; when the queue is empty it is only a lower bound. Delay tells which of the two holds.
 * An upload's departures from the bottleneck cannot be seen; there the slope of the delay tells:
 * offered rate over capacity ≈ 1 + dRTT/dt.
 */
final class DirectionSignals {
  /** The window of the smoothed throughput; three ticks of a usual loop. */
  private static final double LONG_WINDOW = 0.15;

  /** How long a peak is remembered: its weight halves in about four seconds. */
  private static final double PEAK_MEMORY = 6;

  /** Where an unlimited direction of unknown throughput is taken to start. */
  static final double UNKNOWN_RATE = 10e6;

  private static final double FULL_PACKET_BITS = 1514 * 8;

  /** Ticks of throughput that are remembered, to look back by a round trip. */
  private static final int REMEMBERED = 64;

  /** A direction below this part of its limit, and of its recent peak, fills no queue. */
  private static final double LOADED = 0.4;

  /** Volatility before anything is known, and the weight of each congestion after that. */
  private static final double FIRST_VOLATILITY = 0.1;

  private static final double VOLATILITY_WEIGHT = 0.15;
  private static final double LARGEST_CHANGE = 0.7;

  private final Direction direction;
  private final double[] pastThroughput = new double[REMEMBERED];
  private final double[] pastElapsed = new double[REMEMBERED];
  private int newest;
  private final Metric throughputMetric;
  private final Metric backlogMetric;
  private final Metric dropsMetric;

  double rate;
  double throughput;
  double throughputLong;
  double peak;
  double backlogSeconds;
  double drops;
  double congestedArrivals;
  double sinceCongestion;

  /** The limit when the present or the last congestion began. */
  double congestedRate;

  /** Mean difference between the capacities of successive congestions, as a logarithm's. */
  double volatility;

  private boolean inCongestion;

  DirectionSignals(Direction direction) {
    this.direction = direction;
    this.throughputMetric = Metrics.throughput(direction);
    this.backlogMetric = Metrics.backlog(direction);
    this.dropsMetric = Metrics.drops(direction);
    reset();
  }

  void reset() {
    rate = Double.NaN;
    throughput = Double.NaN;
    throughputLong = Double.NaN;
    peak = Double.NaN;
    backlogSeconds = Double.NaN;
    drops = Double.NaN;
    congestedArrivals = Double.NaN;
    sinceCongestion = Double.NaN;
    congestedRate = Double.NaN;
    volatility = FIRST_VOLATILITY;
    inCongestion = false;
    Arrays.fill(pastThroughput, Double.NaN);
    newest = 0;
  }

  void update(Observation observation, double elapsed) {
    throughput = nonNegative(observation, throughputMetric);
    throughputLong = smoothed(throughputLong, throughput, elapsed);
    if (!Double.isNaN(throughput)) {
      double faded = Double.isNaN(peak) ? 0 : peak * Math.exp(-elapsed / PEAK_MEMORY);
      peak = Math.max(faded, Math.min(throughput, throughputLong));
    }
    newest = (newest + 1) % REMEMBERED;
    pastThroughput[newest] = throughput;
    pastElapsed[newest] = elapsed;
    Optional<BitRate> limit = observation.plan().limit(direction);
    rate = limit.isPresent() ? limit.get().bitsPerSecond() : unlimitedRate();
    backlogSeconds = nonNegative(observation, backlogMetric) * 8 / rate;
    drops = nonNegative(observation, dropsMetric);
  }

  /**
   * Notes whether the link's queue stands; call after {@link #update}.
   *
   * @param slope seconds of delay gained per second
   * @param roundTrip the present round-trip time
   */
  void congestion(boolean congested, double slope, double roundTrip, double elapsed) {
    boolean loaded = throughputLong > LOADED * Math.min(rate, peak);
    if (congested && loaded) {
      double seen = departures(slope, roundTrip);
      if (!inCongestion) {
        congestedRate = rate;
        learnVolatility(seen);
      }
      congestedArrivals = seen;
      sinceCongestion = 0;
    } else {
      sinceCongestion += elapsed;
    }
    inCongestion = congested && (loaded || inCongestion);
  }

  private void learnVolatility(double seen) {
    double change = Math.abs(Math.log(seen / congestedArrivals));
    if (!Double.isNaN(change)) {
      volatility += VOLATILITY_WEIGHT * (Math.min(LARGEST_CHANGE, change) - volatility);
    }
  }

  /** The rate at which the bottleneck serves, as far as it shows; only while it is congested. */
  private double departures(double slope, double roundTrip) {
    if (direction == Direction.DOWNLOAD || Double.isNaN(slope)) {
      return Math.min(throughput, throughputLong);
    }
    // A reply tells of the queue that its request met a round trip ago. With the slope taken over
    // arrival times, d(delay)/d(arrival) = 1 - capacity/rate.
    return sent(roundTrip) * (1 - Math.max(-0.5, Math.min(0.8, slope)));
  }

  /** Mean throughput of the three ticks that ended so long ago. */
  private double sent(double ago) {
    double age = 0;
    int back = 0;
    while (back < REMEMBERED - 3 && age < ago) {
      age += Math.max(1e-3, pastElapsed[at(back++)]);
    }
    double sum = 0;
    int n = 0;
    for (int i = back; i < back + 3; i++) {
      double past = pastThroughput[at(i)];
      if (!Double.isNaN(past)) {
        sum += past;
        n++;
      }
    }
    return n == 0 ? throughputLong : sum / n;
  }

  private int at(int back) {
    return Math.floorMod(newest - back, REMEMBERED);
  }

  /** The time that a full packet takes at the present rate. */
  double packetTime() {
    return FULL_PACKET_BITS / rate;
  }

  /** An idle link's throughput says nothing of its capacity. */
  private double unlimitedRate() {
    return Double.isNaN(peak) ? UNKNOWN_RATE : Math.max(UNKNOWN_RATE, peak);
  }

  private static double smoothed(double mean, double value, double elapsed) {
    if (Double.isNaN(mean) || Double.isNaN(value)) {
      return value;
    }
    double weight = elapsed > 0 ? Math.min(1, elapsed / LONG_WINDOW) : 0;
    return mean + weight * (value - mean);
  }

  private static double nonNegative(Observation observation, Metric metric) {
    double value = observation.orElse(metric, Double.NaN);
    return value < 0 ? 0 : value;
  }
}
