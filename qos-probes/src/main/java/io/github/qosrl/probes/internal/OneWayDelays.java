package io.github.qosrl.probes.internal;

import java.util.Arrays;

/**
 * The delays of the two directions of one path in excess of their own minima of the last {@value
 * #WINDOW_SECONDS} s, from times told by two clocks that neither agree nor run equally fast. All
 * times in seconds. Not thread-safe.
 *
 * <p><b>Difference and drift of the clocks.</b> With a far clock that is {@code θ + ρt} ahead, the
 * time upwards reads {@code u + θ + ρt}, and the time downwards {@code d − θ − ρt}. The line of
 * slope ρ below all of the former, and the line of slope −ρ below all of the latter, stand for
 * empty queues (the lower envelope of Moon, Skelly and Towsley, "Estimation and Removal of Clock
 * Skew from Network Delay Measurements", INFOCOM 1999). Since ρ is the same for both, it is that
 * for which the two lines together lie highest: a queue that grows in one direction cannot be taken
 * for drift while the other direction contradicts. Of the slopes that do so about equally well, the
 * one nearest to the former is kept.
 *
 * <p><b>Clocks that are none.</b> The far clock is ahead by something between {@code −down} and
 * {@code up} of each sample. When no difference is left that all samples allow, then that clock was
 * set, stands still, counts other units or invents its time: all that was learned is forgotten.
 * Nothing is told until the clock has run without contradiction for longer than one that stands
 * still could.
 */
final class OneWayDelays {
  static final int WINDOW_SECONDS = 60;

  /** Two quartz clocks left to themselves differ by less: each is within some 100 ppm. */
  static final double MAX_DRIFT = 200e-6;

  /** A clock that is being corrected runs no faster or slower (RFC 5905, appendix A.1: MAXFREQ). */
  private static final double MAX_CORRECTION = 500e-6;

  /** What shorter time than this shows of drift is noise. */
  private static final double SHORTEST_FIT = 10;

  /** Lines that lie lower than the best by less than this explain the samples as well. */
  private static final double AS_GOOD = 100e-6;

  private static final int SEARCH_STEPS = 30;
  private static final double TRUSTED_AFTER = 1;

  private final double[] upAt = new double[WINDOW_SECONDS];
  private final double[] up = new double[WINDOW_SECONDS];
  private final double[] downAt = new double[WINDOW_SECONDS];
  private final double[] down = new double[WINDOW_SECONDS];
  private final double[] roundTrip = new double[WINDOW_SECONDS];

  private long second = Long.MIN_VALUE;
  private double begin;
  private double newest;
  private double resolution;

  /** What is left of the differences of the clocks that all samples allow. */
  private double leastAhead;

  private double mostAhead;

  /** The lines: {@code upBase + drift (t − origin)} and {@code downBase − drift (t − origin)}. */
  private double drift;

  private double origin;
  private double upBase;
  private double downBase;
  private double shortest;

  private double upInflation;
  private double downInflation;

  /**
   * Takes in a sample.
   *
   * @param time when it arrived, by the near clock
   * @return whether the far clock can be believed, so that there is an inflation
   */
  boolean add(double time, OneWaySample sample) {
    double total = sample.up() + sample.down();
    if (!(total >= -sample.resolution())) {
      return false;
    }
    resolution = sample.resolution();
    double correction = MAX_CORRECTION * Math.max(0, time - newest);
    leastAhead = Math.max(leastAhead - correction, -sample.down());
    mostAhead = Math.min(mostAhead + correction, sample.up());
    if (second == Long.MIN_VALUE || leastAhead > mostAhead + 2 * resolution) {
      restart(time, sample);
    }
    newest = Math.max(newest, time);
    boolean nextSecond = roll((long) Math.floor(newest));
    remember(time, sample.up(), sample.down(), total);
    if (nextSecond) {
      fit();
    } else {
      upBase = Math.min(upBase, sample.up() - drift * (time - origin));
      downBase = Math.min(downBase, sample.down() + drift * (time - origin));
      shortest = Math.min(shortest, total);
    }
    judge(time, sample, total);
    return newest - begin > TRUSTED_AFTER + 2 * shortest;
  }

  /** The last sample's excess over the upload's minimum; not negative. */
  double upInflation() {
    return upInflation;
  }

  /** The last sample's excess over the download's minimum; not negative. */
  double downInflation() {
    return downInflation;
  }

  /** How much faster the far clock runs, seconds per second. */
  double drift() {
    return drift;
  }

  private void restart(double time, OneWaySample sample) {
    second = Long.MIN_VALUE;
    begin = time;
    newest = time;
    leastAhead = -sample.down();
    mostAhead = sample.up();
  }

  private boolean roll(long now) {
    if (second == now) {
      return false;
    }
    boolean all = second == Long.MIN_VALUE || now - second >= WINDOW_SECONDS;
    for (long s = all ? now - WINDOW_SECONDS + 1 : second + 1; s <= now; s++) {
      int slot = slot(s);
      up[slot] = Double.POSITIVE_INFINITY;
      down[slot] = Double.POSITIVE_INFINITY;
      roundTrip[slot] = Double.POSITIVE_INFINITY;
    }
    second = now;
    return true;
  }

  private void remember(double time, double upwards, double downwards, double total) {
    int slot = slot(second);
    if (upwards < up[slot]) {
      up[slot] = upwards;
      upAt[slot] = time;
    }
    if (downwards < down[slot]) {
      down[slot] = downwards;
      downAt[slot] = time;
    }
    roundTrip[slot] = Math.min(roundTrip[slot], total);
  }

  /** Lays the two lines anew below the samples of the window. */
  private void fit() {
    origin = newest;
    if (newest - begin >= SHORTEST_FIT) {
      double best = steepest();
      double enough = height(best) - AS_GOOD - resolution;
      if (height(drift) < enough) {
        drift = nearest(drift, best, enough);
      }
    }
    upBase = floor(up, upAt, drift);
    downBase = floor(down, downAt, -drift);
    shortest = Arrays.stream(roundTrip).min().orElseThrow();
  }

  /** The slope for which the lines lie highest: their height is concave in it. */
  private double steepest() {
    double low = -MAX_DRIFT;
    double high = MAX_DRIFT;
    for (int i = 0; i < SEARCH_STEPS; i++) {
      double third = (high - low) / 3;
      if (height(low + third) < height(high - third)) {
        low += third;
      } else {
        high -= third;
      }
    }
    return (low + high) / 2;
  }

  /** The slope between the two that is nearest to the former and lies high enough. */
  private double nearest(double former, double best, double enough) {
    double tooFar = former;
    double good = best;
    for (int i = 0; i < SEARCH_STEPS; i++) {
      double middle = (tooFar + good) / 2;
      if (height(middle) < enough) {
        tooFar = middle;
      } else {
        good = middle;
      }
    }
    return good;
  }

  private double height(double slope) {
    return floor(up, upAt, slope) + floor(down, downAt, -slope);
  }

  private double floor(double[] delays, double[] times, double slope) {
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < WINDOW_SECONDS; i++) {
      if (delays[i] < Double.POSITIVE_INFINITY) {
        lowest = Math.min(lowest, delays[i] - slope * (times[i] - origin));
      }
    }
    return lowest;
  }

  /**
   * What the two directions exceed their lines by is what the round trip exceeds their sum by. Of
   * coarse times the least lies below the true minimum by up to a step, in both directions
   * together; the shortest round trip, which no clock but the near one tells, says by how much.
   */
  private void judge(double time, OneWaySample sample, double total) {
    double tooLow = Math.max(0, Math.min(resolution, shortest - upBase - downBase));
    double excess = Math.max(0, total - upBase - downBase - tooLow);
    double upwards = sample.up() - drift * (time - origin) - upBase - tooLow / 2;
    upInflation = Math.max(0, Math.min(excess, upwards));
    downInflation = excess - upInflation;
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) WINDOW_SECONDS);
  }
}
