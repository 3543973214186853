package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.Estimate.Source;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;

/**
 * What one direction carries, and what that tells of the capacity while the link is congested.
 * Times in seconds, rates in bits per second.
 */
final class CarriedTraffic {
  /**
   * Delay that grows is answered as what it will be in this many seconds: about the time that a cut
   * takes to show.
   */
  private static final double LEAD = 0.1;

  /** A faster slope is a jump, of which one sample tells no more than that there was one. */
  private static final double STEEPEST = 0.5;

  /** How far the trend of the capacity is followed beyond what was measured. */
  private static final double LARGEST_TREND = 0.2;

  /** How quickly a load of the past is forgotten. */
  private static final double LOAD_MEMORY = 2;

  private static final long SHORT = 50_000_000L;
  private static final long LONG = 150_000_000L;

  private final Direction direction;
  private final RateHistory throughput;
  private final DelaySlope slope = new DelaySlope();
  private Estimate acknowledged = Estimate.UNKNOWN;
  private double arrivals = Double.NaN;
  private double arrivalsBefore = Double.NaN;
  private double load;
  private double peakLoad;

  CarriedTraffic(Direction direction) {
    this.direction = direction;
    this.throughput = new RateHistory(Metrics.throughput(direction));
  }

  void observe(Observation observation, double limit, Delay delay, double elapsed) {
    throughput.add(observation);
    Estimate departures = observation.state().of(direction).departures();
    acknowledged = departures.source() == Source.ACKNOWLEDGED ? departures : Estimate.UNKNOWN;
    slope.add(AutorateAgent.nanos(observation.time()), delay.inflation(), delay.baseline());
    arrivalsBefore = arrivals;
    arrivals = throughput.mean(SHORT);
    load = Double.isNaN(arrivals) ? 0 : arrivals / limit;
    peakLoad = Math.max(Math.min(1, load), peakLoad * Math.exp(-elapsed / LOAD_MEMORY));
  }

  /** A delay inflation, NaN if there is none, over a baseline; in seconds. */
  record Delay(double inflation, double baseline) {
    /** The present round trip. */
    double roundTrip() {
      return baseline + (Double.isNaN(inflation) ? 0 : inflation);
    }
  }

  /** At present; NaN if that is not known. */
  double rate() {
    return arrivals;
  }

  /** In the newest window. */
  double newest() {
    return throughput.newest();
  }

  /** Over a time that short bursts do not matter for. */
  double sustained() {
    return throughput.mean(LONG);
  }

  /** Part of the limit that is used. */
  double load() {
    return load;
  }

  /** The largest load of the last seconds, fading. */
  double recentLoad() {
    return peakLoad;
  }

  /** How much the present growth of the delay will add to it before a cut can show, in seconds. */
  double delayToCome() {
    return LEAD * Math.max(0, Math.min(STEEPEST, slope.perSecond()));
  }

  /**
   * What the congested bottleneck lets through, by the time that the limit shows: seen for the
   * download, whose trend goes on, or acknowledged, or else inferred for the upload.
   */
  double capacity() {
    if (direction == Direction.DOWNLOAD) {
      double trend = arrivals - arrivalsBefore;
      double most = LARGEST_TREND * arrivals;
      return Double.isNaN(trend) ? arrivals : arrivals + Math.max(-most, Math.min(most, trend));
    }
    if (acknowledged.known()) {
      return acknowledged.value();
    }
    double sent = throughput.mean(slope.sentFrom(), slope.sentTo());
    return Double.isNaN(sent) ? arrivals : sent * (1 - slope.perSecond());
  }
}
