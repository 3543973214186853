package io.github.qosrl.core.estimate;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.Estimate.Source;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives the {@link LinkState} of each tick from what the probes measured.
 *
 * <p><b>Queues.</b> The most direct signal speaks for each direction:
 *
 * <ol>
 *   <li>download: one-way delay by the senders' TCP timestamps, or by echoes whose far end keeps
 *       time;
 *   <li>upload: the same echoes; or a round trip less what it waited in the download on its way
 *       back: that of the users' data to its acknowledgement, or else of echoes;
 *   <li>with neither, the round trip as it is: of the direction that alone carries traffic, else of
 *       both.
 * </ol>
 *
 * <p><b>Echoes are blind</b> if they stand still while the users' packets are seen to wait; then
 * they say nothing until they move with the users' queue again.
 *
 * <p>What our own shaper holds is in none of the queues: the interface sees downloads before it and
 * uploads behind it, and from echoes its share is taken off ({@link OwnShaperDelay}).
 *
 * <p>Not thread-safe.
 */
public final class LinkEstimator {
  /** With less than this part of what the other carries, it may be acknowledgements alone. */
  private static final double POSSIBLE_SHARE = 0.06;

  private final DelayTracker tracker = new DelayTracker();
  private final EchoJudge judge = new EchoJudge();
  private final OwnShaperDelay ownDelay = new OwnShaperDelay();
  private final RoundTripRest rests = new RoundTripRest();
  private DirectionEstimator download = new DirectionEstimator(Direction.DOWNLOAD);
  private DirectionEstimator upload = new DirectionEstimator(Direction.UPLOAD);
  private boolean singleReplies;
  private long now = Long.MIN_VALUE;
  private Instant last = Instant.MIN;
  private LinkState state = LinkState.UNKNOWN;

  /** Forgets everything. */
  public void reset() {
    tracker.reset();
    judge.reset();
    ownDelay.reset();
    rests.reset();
    download = new DirectionEstimator(Direction.DOWNLOAD);
    upload = new DirectionEstimator(Direction.UPLOAD);
    singleReplies = false;
    now = Long.MIN_VALUE;
    last = Instant.MIN;
    state = LinkState.UNKNOWN;
  }

  /** Says how closely the link is watched from now on: at first as closely as can be. */
  public void pace(Instant time, Pace pace) {
    tracker.sparse(time, pace == Pace.IDLE);
  }

  /**
   * Takes in a tick.
   *
   * @param time the present moment, not before that of the last update
   * @param measured the newest measurement of each probe; single replies of the tick alone
   * @param plan that was in force meanwhile
   * @return what is believed now
   */
  public LinkState update(Instant time, List<Measurement> measured, ShapingPlan plan) {
    long before = now;
    now = Signal.nanos(time);
    double elapsed = before == Long.MIN_VALUE ? 0 : Math.max(0, now - before) * 1e-9;
    tracker.update(time, replies(measured));
    last = time;
    download.read(measured, plan.rate(Direction.DOWNLOAD, Double.POSITIVE_INFINITY), now);
    upload.read(measured, plan.rate(Direction.UPLOAD, Double.POSITIVE_INFINITY), now);
    double waiting = download.waiting() + upload.waiting();
    double echo = ownDelay.without(tracker.inflation().orElse(Double.NaN), waiting);
    Estimate down = download.oneWay();
    rests.add(now, ownDelay.without(tracker.leastInflation().orElse(Double.NaN)), down);
    judge.observe(echo, usersWait(down), packetTime(), elapsed);
    double sighted = judge.isBlind() || tracker.contradictory() ? Double.NaN : echo;
    Estimate up = uploadQueue(down, sighted);
    if (up.known() && up.source() != Source.ONE_WAY) {
      up = upload.byNow(up, tracker.baseline().orElse(Double.NaN) + down.orElse(0));
    }
    Estimate rest = roundTrip(sighted);
    state =
        new LinkState(
            download.state(down.known() ? down : undivided(rest, Direction.DOWNLOAD), elapsed),
            upload.state(up.known() ? up : undivided(rest, Direction.UPLOAD), elapsed),
            baseline(),
            rest,
            sight());
    return state;
  }

  /**
   * Adds to a measurement what agents that look at the round trip alone need: {@link
   * Metrics#BASELINE_DELAY}, {@link Metrics#DELAY_INFLATION}, where echoes do not see that of the
   * users' packets, and {@link Metrics#BLIND}.
   *
   * @return the same builder
   */
  public Measurement.Builder addTo(Measurement.Builder measurement) {
    boolean usersTell = state.echoes() != EchoSight.SEES && !state.blind();
    double users = state.download().queueDelay().orElse(0) + state.upload().queueDelay().orElse(0);
    measurement.put(Metrics.BASELINE_DELAY, tracker.baseline());
    if (usersTell) {
      measurement.put(Metrics.DELAY_INFLATION, users);
    } else {
      measurement.put(Metrics.DELAY_INFLATION, tracker.inflation());
    }
    return measurement.put(Metrics.BLIND, !usersTell && nothingTells() ? 1 : 0);
  }

  /** Whether decisions would rest on nothing; an idle link needs none. */
  private boolean nothingTells() {
    boolean loaded = download.isLoaded() || upload.isLoaded();
    return tracker.blind() || (judge.isBlind() && loaded);
  }

  /**
   * Of a full packet, at the rate of the slower direction that tells of the users' wait, if known.
   */
  private double packetTime() {
    double rate = download.rate();
    if (!Double.isNaN(upload.acknowledged())) {
      rate = Math.min(rate, upload.rate());
    }
    return rate > 0 ? QueueThreshold.PACKET_BITS / rate : 0;
  }

  /** The least that the users' packets wait, there and back. */
  private double usersWait(Estimate down) {
    double acknowledged = upload.acknowledged();
    if (!down.known()) {
      return acknowledged;
    }
    return Double.isNaN(acknowledged) ? down.value() : Math.max(acknowledged, down.value());
  }

  private Estimate uploadQueue(Estimate down, double echo) {
    Estimate own = upload.oneWay();
    if (own.known()) {
      return own;
    }
    double acknowledged = upload.acknowledged() - down.value();
    if (!Double.isNaN(acknowledged)) {
      double age = upload.acknowledgedAge();
      return new Estimate(Math.max(0, acknowledged), Source.ACKNOWLEDGED, age, 0.9);
    }
    double rest = Double.isNaN(echo) ? Double.NaN : rests.least();
    return Double.isNaN(rest)
        ? Estimate.UNKNOWN
        : new Estimate(rest, Source.ROUND_TRIP_REST, 0, 0.9);
  }

  /** A round trip that nobody has divided yet, by echoes or else by acknowledgements. */
  private Estimate roundTrip(double echo) {
    if (!Double.isNaN(echo)) {
      return new Estimate(echo, Source.ROUND_TRIP, 0, 0.5);
    }
    double acknowledged = upload.acknowledged();
    return Double.isNaN(acknowledged)
        ? Estimate.UNKNOWN
        : new Estimate(acknowledged, Source.ROUND_TRIP, upload.acknowledgedAge(), 0.5);
  }

  private Estimate undivided(Estimate roundTrip, Direction direction) {
    if (!roundTrip.known()) {
      return roundTrip;
    }
    double own = (direction == Direction.DOWNLOAD ? download : upload).rate();
    double other = (direction == Direction.DOWNLOAD ? upload : download).rate();
    if (own < POSSIBLE_SHARE * other) {
      return new Estimate(0, Source.ATTRIBUTED_ROUND_TRIP, roundTrip.age(), 0.5);
    }
    if (other < POSSIBLE_SHARE * own) {
      return new Estimate(roundTrip.value(), Source.ATTRIBUTED_ROUND_TRIP, roundTrip.age(), 0.8);
    }
    return roundTrip;
  }

  private Estimate baseline() {
    return tracker.baseline().isPresent()
        ? new Estimate(tracker.baseline().getAsDouble(), Source.ROUND_TRIP, 0, 1)
        : Estimate.UNKNOWN;
  }

  private EchoSight sight() {
    if (tracker.inflation().isEmpty()) {
      return EchoSight.SILENT;
    }
    if (judge.isBlind()) {
      return EchoSight.BLIND;
    }
    return tracker.contradictory() ? EchoSight.CONTRADICTORY : EchoSight.SEES;
  }

  /** The new single replies; while no probe has ever reported any, the probes' means stand in. */
  private List<DelaySample> replies(List<Measurement> measured) {
    List<DelaySample> replies = List.of();
    for (int i = 0; i < measured.size(); i++) {
      List<DelaySample> more = measured.get(i).delays();
      if (!more.isEmpty()) {
        replies = replies.isEmpty() ? more : joined(replies, more);
      }
    }
    singleReplies |= !replies.isEmpty();
    return singleReplies ? replies : means(measured);
  }

  private static List<DelaySample> joined(List<DelaySample> some, List<DelaySample> more) {
    List<DelaySample> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private List<DelaySample> means(List<Measurement> measured) {
    List<DelaySample> means = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      Measurement m = measured.get(i);
      if (m.has(Metrics.RTT_MEAN) && m.to().isAfter(last)) {
        long nanos = Math.round(Math.max(0, m.orElse(Metrics.RTT_MEAN, 0)) * 1e9);
        means.add(new DelaySample("probe " + i, m.to(), Duration.ofNanos(nanos)));
      }
    }
    return means;
  }
}
