package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;

/**
 * One direction of {@link ReceiveRateAgent}. Times in seconds, rates in bits per second.
 *
 * <p>The constants were chosen in the simulated link for recorded LTE, steps and constant rates at
 * 40 ms; none of them stands for a property of a particular link.
 */
final class ReceiveRateDirection {
  private static final double PACKET_BITS = 1500 * 8;

  /** Inflation that is not worth reacting to; more of it where the ceiling moves. */
  private static final double TOLERANCE = 0.002;

  private static final double TOLERANCE_OF_UNREST = 0.01;
  private static final double LARGEST_TOLERANCE = 0.003;

  /** A shaper's own queue delays by some packets' time: at a low rate that is much. */
  private static final double PACKETS = 1.5;

  /**
   * Delay that grows is answered as what it will be in this many seconds: about the time that a cut
   * takes to show.
   */
  private static final double LEAD = 0.1;

  /** A faster slope is a jump, of which one sample tells no more than that there was one. */
  private static final double STEEPEST = 0.5;

  /** How far the trend of the capacity is followed beyond what was measured. */
  private static final double LARGEST_TREND = 0.2;

  /** Part below where congestion began, so that the queue stays with us, and short; again more. */
  private static final double MARGIN = 0.02;

  private static final double MARGIN_OF_UNREST = 0.3;
  private static final double LARGEST_MARGIN = 0.05;

  /**
   * An excess delay of this much, or of so many round trips, would be drained at no rate at all.
   */
  private static final double DRAIN = 0.1;

  private static final double DRAIN_ROUND_TRIPS = 2.5;
  private static final double LEAST = 0.5;

  /** Growth of the rate in each period, next to where congestion began and well past it. */
  private static final double GENTLE_GROWTH = 0.005;

  private static final double GROWTH_OF_UNREST = 0.5;
  private static final double LARGEST_GROWTH = 0.08;
  private static final double GROWTH_PERIOD = 0.05;

  /** Part of the way back to where congestion began, in each growth period after it. */
  private static final double RETURN = 0.3;

  /**
   * A rate that is used to this part, or whose queue holds packets, has more demand than supply. Of
   * the two, only the queue tells that the limit is ours and not the link's, so that growth may
   * help.
   */
  private static final double USED = 0.8;

  private static final double BACKLOG = 3 * 1500;

  /** A direction that used this much of its rate within the last seconds may fill a queue. */
  private static final double LOADED = 0.7;

  private static final double LOAD_MEMORY = 2;

  /** More than this part of the rate arrives only while a queue before us drains. */
  private static final double DRAINING = 1.04;

  /** How long congestion must last to be held against a direction that was not loaded. */
  private static final double PATIENCE = 0.3;

  private static final double PATIENT_CUT = 0.9;

  /** A cut below this part of the rate should have made the queue shorter, if the queue is ours. */
  private static final double TELLING_CUT = 0.9;

  private static final double INNOCENCE = 2;
  private static final long SHORT = 50_000_000L;

  private final Direction direction;
  private final RateHistory throughput;
  private final DelaySlope slope = new DelaySlope();
  private final Ceiling ceiling = new Ceiling();
  private double baseline;
  private double arrivals = Double.NaN;
  private double arrivalsBefore = Double.NaN;
  private double growth;
  private double heldFor;
  private double peakLoad;
  private double pressedFor;
  private double startRate = Double.NaN;
  private double congestedFor;
  private double limitedFor;
  private double limitedInflation;
  private double innocentFor;

  ReceiveRateDirection(Direction direction) {
    this.direction = direction;
    this.throughput = new RateHistory(Metrics.throughput(direction));
  }

  void observe(Observation observation, double inflation, double elapsed) {
    baseline = observation.orElse(Metrics.BASELINE_DELAY, baseline);
    throughput.add(observation);
    slope.add(AutorateAgent.nanos(observation.time()), inflation, baseline);
    growth = LEAD * Math.max(0, Math.min(STEEPEST, slope.perSecond()));
    arrivalsBefore = arrivals;
    arrivals = throughput.mean(SHORT);
    double rate =
        observation
            .plan()
            .limit(direction)
            .map(r -> (double) r.bitsPerSecond())
            .orElse(Double.POSITIVE_INFINITY);
    double load = Double.isNaN(arrivals) ? 0 : arrivals / rate;
    peakLoad = Math.max(Math.min(1, load), peakLoad * Math.exp(-elapsed / LOAD_MEMORY));
    double backlog = observation.orElse(Metrics.backlog(direction), Double.NaN);
    boolean waiting = backlog > BACKLOG;
    heldFor = waiting && load <= DRAINING ? heldFor + elapsed : 0;
    boolean pressed = waiting || observation.orElse(Metrics.drops(direction), 0) > 0;
    if (Double.isNaN(backlog) || !ceiling.steady()) {
      pressed |= load > USED;
    }
    // TCP over a long path uses its rate in bursts, a round trip apart.
    pressedFor = pressed ? Math.max(baseline, GROWTH_PERIOD) : pressedFor - elapsed;
    innocentFor -= elapsed;
  }

  /** How much the present growth of the delay will add to it before a cut can show, in seconds. */
  double growth() {
    return growth;
  }

  /**
   * For how long, in seconds, packets have waited in our shaper, and no more have come than it
   * passes: then it is the bottleneck, and no queue before it grows.
   */
  double heldFor() {
    return heldFor;
  }

  /** The largest load of the last seconds, fading. */
  double recentLoad() {
    return peakLoad;
  }

  /** Whether it may have filled a queue in the last seconds. */
  boolean wasLoaded() {
    return peakLoad >= LOADED;
  }

  /** Whether a cut of this direction did not make the queue shorter. */
  boolean innocent() {
    return innocentFor > 0;
  }

  /** Whether congestion has lasted for longer than a cut takes to show, and does not get less. */
  boolean cutsDoNotHelp() {
    return congestedFor > 0.3 + baseline && slope.perSecond() > -0.02;
  }

  /**
   * The next rate.
   *
   * @param blamed whether this direction is to give way if the link is congested
   * @param alone whether no other direction can be the cause
   */
  double decide(
      double rate, double inflation, double noise, double elapsed, boolean blamed, boolean alone) {
    if (Double.isNaN(inflation) || Double.isNaN(arrivals)) {
      return rate;
    }
    double excess = inflation + growth - tolerance() - noise - PACKETS * PACKET_BITS / rate;
    if (excess <= 0) {
      congestedFor = 0;
      limitedFor = 0;
      ceiling.pass(elapsed);
      return recovered(rate, elapsed);
    }
    if (congestedFor == 0) {
      startRate = rate;
      if (blamed) {
        ceiling.met(rate);
      }
    }
    congestedFor += Math.max(elapsed, 1e-3);
    if (!blamed) {
      return rate;
    }
    if (!alone && provenInnocent(rate, inflation, elapsed)) {
      return startRate;
    }
    double drain = Math.max(DRAIN, DRAIN_ROUND_TRIPS * baseline);
    double share = Math.max(LEAST, 1 - excess / drain);
    return Math.max(patientFloor(rate, elapsed), Math.min(startRate, capacity() * share));
  }

  /**
   * Where little was carried, little arrives whatever the capacity is: a link that is far slower
   * than its rate shows by congestion that lasts, and is approached step by step.
   */
  private double patientFloor(double rate, double elapsed) {
    if (wasLoaded()) {
      return 0;
    }
    return congestedFor < PATIENCE ? rate : rate * Math.pow(PATIENT_CUT, elapsed / GROWTH_PERIOD);
  }

  private double tolerance() {
    return Math.min(LARGEST_TOLERANCE, TOLERANCE + TOLERANCE_OF_UNREST * ceiling.unrest());
  }

  private double growthFactor() {
    double bold = LARGEST_GROWTH * ceiling.distance();
    return 1 + Math.min(LARGEST_GROWTH, GENTLE_GROWTH + GROWTH_OF_UNREST * ceiling.unrest() + bold);
  }

  /**
   * Uncongested: back to a little below where congestion began, and on from there if it is used.
   */
  private double recovered(double rate, double elapsed) {
    double periods = Math.min(elapsed / GROWTH_PERIOD, 4);
    double grown = pressedFor > 0 ? rate * Math.pow(growthFactor(), periods) : rate;
    double margin = Math.min(LARGEST_MARGIN, MARGIN + MARGIN_OF_UNREST * ceiling.unrest());
    double target = (1 - margin) * startRate;
    if (!(target > grown)) {
      startRate = Double.NaN;
      return grown;
    }
    return Math.max(grown, rate + (1 - Math.pow(1 - RETURN, periods)) * (target - rate));
  }

  /**
   * After a telling cut, with this direction limited by us, its queue would drain. If the delay has
   * not fallen by then, the queue is another's.
   */
  private boolean provenInnocent(double rate, double inflation, double elapsed) {
    boolean limited =
        rate <= TELLING_CUT * startRate
            && (direction == Direction.UPLOAD || arrivals <= 1.05 * rate);
    if (!limited || inflation < limitedInflation - 0.03 * limitedFor) {
      limitedFor = 0;
      limitedInflation = inflation;
      return false;
    }
    limitedFor += elapsed;
    if (limitedFor <= 0.2 + baseline + limitedInflation) {
      return false;
    }
    limitedFor = 0;
    innocentFor = INNOCENCE;
    return true;
  }

  /**
   * What the congested bottleneck lets through, by the time that the limit shows: seen for the
   * download, whose trend goes on, and inferred for the upload.
   */
  private double capacity() {
    if (direction == Direction.DOWNLOAD) {
      double trend = arrivals - arrivalsBefore;
      double most = LARGEST_TREND * arrivals;
      return Double.isNaN(trend) ? arrivals : arrivals + Math.max(-most, Math.min(most, trend));
    }
    double sent = throughput.mean(slope.sentFrom(), slope.sentTo());
    return Double.isNaN(sent) ? arrivals : sent * (1 - slope.perSecond());
  }
}
