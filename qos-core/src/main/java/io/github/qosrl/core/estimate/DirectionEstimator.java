package io.github.qosrl.core.estimate;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.DirectionState;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.Estimate.Source;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.LimitingFactor;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import java.util.List;

/** What one direction's own signals say. Rates in bit/s, times in seconds. */
final class DirectionEstimator {
  /** A passive figure that is older says nothing of the present queue. */
  private static final double FRESH = 0.2;

  /** Rates are averaged over this: some packets at any rate, and less than a round trip. */
  private static final long RATE_SPAN = 100_000_000L;

  /** Acknowledgements come in twos and threes, and bunch on radio links. */
  private static final long DELIVERY_SPAN = 150_000_000L;

  /** So many bytes wait in a shaper by chance. */
  private static final double FEW_BYTES = 3 * 1514;

  /** Less than this part of the limit arrives where the limit is not what holds it back. */
  private static final double BELOW_LIMIT = 0.97;

  /** More than this part of the limit arrives where a queue beyond us drains. */
  private static final double ABOVE_LIMIT = 1.04;

  private static final double USED = 0.9;

  /** A direction that uses less of its limit fills no queue that its limit could prevent. */
  private static final double LOADED = 0.3;

  /** Rates of what is sent and what is acknowledged differ by this part without a reason. */
  private static final double NOISE_OF_RATES = 0.1;

  /** No queue is believed to have grown by more than this part of the round trip meanwhile. */
  private static final double MOST_CHANGE = 2;

  /** Acknowledgements must speak for this part of an upload to tell its departures. */
  private static final double COVERED = 0.5;

  private final Direction direction;
  private final Signal throughput;
  private final Signal backlog;
  private final Signal flowDelay;
  private final Signal flowCoverage;
  private final Signal ackDelay;
  private final Signal echoDelay;
  private final Signal delivery;
  private final RateWindow passed = new RateWindow();
  private final RateWindow delivered = new RateWindow();
  private final CapacityMemory capacity = new CapacityMemory();
  private final PathShift shift = new PathShift();
  private double limit = Double.POSITIVE_INFINITY;
  private long now;

  DirectionEstimator(Direction direction) {
    this.direction = direction;
    this.throughput = new Signal(Metrics.throughput(direction));
    this.backlog = new Signal(Metrics.backlog(direction));
    this.flowDelay = new Signal(FlowMetrics.FLOW_ONE_WAY_INFLATION.in(direction));
    this.ackDelay = new Signal(FlowMetrics.FLOW_ACK_INFLATION.in(direction));
    this.echoDelay = new Signal(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(direction));
    this.delivery = new Signal(FlowMetrics.FLOW_DELIVERY_RATE.in(direction));
    this.flowCoverage =
        new Signal(
            (direction == Direction.DOWNLOAD
                    ? FlowMetrics.FLOW_TIMESTAMP_COVERAGE
                    : FlowMetrics.FLOW_ACK_COVERAGE)
                .in(direction));
  }

  void read(List<Measurement> measured, double limitInForce, long time) {
    limit = limitInForce;
    now = time;
    throughput.read(measured);
    backlog.read(measured);
    flowDelay.read(measured);
    flowCoverage.read(measured);
    ackDelay.read(measured);
    echoDelay.read(measured);
    delivery.read(measured);
    passed.add(throughput);
    delivered.add(delivery);
  }

  /** What waits in our own shaper takes this long at the limit. */
  double waiting() {
    double bits = 8 * Math.max(0, backlog.within(1, now));
    return bits > 0 && limit < Double.POSITIVE_INFINITY ? bits / limit : 0;
  }

  /**
   * The queue by the direction's own signal: a clock at the far end, or for uploads data to its
   * acknowledgement less what that waited on its way back.
   */
  Estimate oneWay() {
    double flows = flowDelay.within(FRESH, now);
    if (direction == Direction.DOWNLOAD && !Double.isNaN(flows)) {
      return new Estimate(flows, Source.ONE_WAY, flowDelay.age(now), 1);
    }
    double echoes = echoDelay.within(FRESH, now);
    if (!Double.isNaN(echoes)) {
      return new Estimate(echoes, Source.ONE_WAY, echoDelay.age(now), 1);
    }
    return Double.isNaN(flows)
        ? Estimate.UNKNOWN
        : new Estimate(flows, Source.ACKNOWLEDGED, flowDelay.age(now), 0.9);
  }

  /** Inflation of the round trip by the users' own data and acknowledgements; NaN if unknown. */
  double acknowledged() {
    return ackDelay.within(FRESH, now);
  }

  double acknowledgedAge() {
    return ackDelay.age(now);
  }

  /** The rate that passes the interface now; NaN if unknown. */
  double rate() {
    return passed.mean(RATE_SPAN);
  }

  /** Whether so much passes that a queue may form. */
  boolean isLoaded() {
    return rate() > LOADED * limit;
  }

  /** What leaves the bottleneck. */
  Estimate departures() {
    double seen = rate();
    if (direction == Direction.UPLOAD && flowCoverage.within(1, now) >= COVERED) {
      double acknowledged = delivered.mean(DELIVERY_SPAN) / flowCoverage.value();
      if (delivery.age(now) <= FRESH && acknowledged > 0) {
        return new Estimate(acknowledged, Source.ACKNOWLEDGED, delivery.age(now), 0.9);
      }
    }
    if (Double.isNaN(seen)) {
      return Estimate.UNKNOWN;
    }
    boolean download = direction == Direction.DOWNLOAD;
    return new Estimate(
        seen, download ? Source.ARRIVALS : Source.SENT, throughput.age(now), download ? 1 : 0.5);
  }

  /**
   * The queue as it is by now, of which a sample tells what it was when the acknowledged data left
   * it: what has been sent since, less what has been served.
   *
   * <p>Of the data in flight, F = s·(q + b) where s is the mean rate at which it was sent, c·b are
   * beyond the bottleneck at its capacity c, with b the time that the rest of the round trip takes;
   * what remains waits for F/c − b (Little's law).
   *
   * @param queue that the newest acknowledged data has waited
   * @param rest the round trip without this queue
   */
  Estimate byNow(Estimate queue, double rest) {
    Estimate served = departures();
    if (served.source() != Source.ACKNOWLEDGED || Double.isNaN(rest)) {
      return queue;
    }
    boolean stands = queue.value() > QueueThreshold.at(Math.min(limit, served.value()));
    double known = stands ? served.value() : capacity.estimate().orElse(Double.NaN);
    double flight = queue.value() + rest;
    double sent = passed.mean(now - Math.round(flight * 1e9), now);
    double ratio = sent / Math.max(served.value(), known);
    if (Double.isNaN(ratio) || Math.abs(ratio - 1) < NOISE_OF_RATES) {
      return queue;
    }
    double change = Math.copySign(Math.abs(ratio - 1) - NOISE_OF_RATES, ratio - 1);
    double present = queue.value() + Math.min(MOST_CHANGE, change) * flight;
    return new Estimate(Math.max(0, present), queue.source(), queue.age(), queue.certainty());
  }

  /** All of it, given the delay that the signals show for this direction. */
  DirectionState state(Estimate delay, double elapsed) {
    Estimate departures = departures();
    boolean ours = isOurs(departures);
    Estimate queue = delay;
    if (delay.known()) {
      double known = capacity.estimate().orElse(Double.NaN);
      double left = shift.queue(delay.value(), ours, limit, known, elapsed);
      queue = new Estimate(left, delay.source(), delay.age(), delay.certainty());
    }
    double rate = Math.min(limit, departures.orElse(limit));
    boolean queued = queue.known() && queue.value() > QueueThreshold.at(rate);
    if (queued && !ours && departures.known()) {
      capacity.seen(departures, elapsed);
    } else {
      capacity.atLeast(departures, elapsed);
    }
    double covered = flowCoverage.within(5, now);
    return new DirectionState(
        direction,
        queue,
        departures,
        capacity.estimate(),
        limitedBy(queue.known(), queued, ours),
        waiting(),
        Double.isNaN(covered) ? 0 : covered);
  }

  /** Whether packets wait in our shaper, and no more leaves the link than that lets through. */
  private boolean isOurs(Estimate departures) {
    double above = departures.source() == Source.ACKNOWLEDGED ? 1 + NOISE_OF_RATES : ABOVE_LIMIT;
    return backlog.within(1, now) > FEW_BYTES
        && rate() >= BELOW_LIMIT * limit
        && departures.value() <= above * limit;
  }

  private LimitingFactor limitedBy(boolean known, boolean queued, boolean ours) {
    if (ours) {
      return LimitingFactor.SHAPER;
    }
    if (queued) {
      return LimitingFactor.LINK;
    }
    double seen = rate();
    if (Double.isNaN(seen)) {
      return LimitingFactor.UNKNOWN;
    }
    if (backlog.within(1, now) > FEW_BYTES) {
      boolean drains = direction == Direction.DOWNLOAD && seen < BELOW_LIMIT * limit;
      return drains ? LimitingFactor.DRAINING : LimitingFactor.SHAPER;
    }
    if (seen > USED * limit) {
      return LimitingFactor.SHAPER;
    }
    return known ? LimitingFactor.APPLICATION : LimitingFactor.UNKNOWN;
  }
}
