package io.github.qosrl.probes.internal;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.estimate.DelayTracker;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about all targets of an echo probe in the present window. Thread-safe: readers of
 * processes feed it, whoever measures takes from it.
 */
public final class EchoWindows {
  /** Single replies kept for one window; the oldest are forgotten. */
  static final int MAX_DELAYS = 65_536;

  private static final class State {
    final Target target;
    final EchoTracker tracker;
    final EchoMetrics metrics;
    final Metric baseline;
    final DelayTracker delay = new DelayTracker();
    final List<DelaySample> fresh = new ArrayList<>();
    boolean active;

    State(Target target, EchoOptions options) {
      this.target = target;
      this.tracker = new EchoTracker(options.deadline().toNanos(), options.interval().toNanos());
      this.metrics = EchoMetrics.of(target.host());
      this.baseline = Metrics.BASELINE_DELAY.in(target.host());
    }
  }

  private final Map<String, State> states = new LinkedHashMap<>();
  private final TypeShares types;
  private final EchoMetrics pooled = EchoMetrics.of("");
  private final ArrayDeque<DelaySample> delays = new ArrayDeque<>();
  private final DelayTracker tracker = new DelayTracker();
  private final MonotonicClock clock;
  private final Instant epoch;
  private final @Nullable OneWayMeter oneWay;
  private Instant from;

  /**
   * @param sight whether the source tells the directions apart
   * @param clock tells when a window ends. The first starts now.
   */
  EchoWindows(EchoOptions options, EchoProbe.Sight sight, MonotonicClock clock) {
    for (Target target : options.targets()) {
      states.put(target.host(), new State(target, options));
    }
    this.types = new TypeShares(options.targets());
    this.clock = clock;
    this.epoch = clock.now();
    this.from = epoch;
    this.oneWay = sight == EchoProbe.Sight.EACH_WAY ? new OneWayMeter(options, epoch) : null;
  }

  /** All metrics that a window may have. */
  public synchronized Set<Metric> metrics() {
    Set<Metric> all = new LinkedHashSet<>(pooled.all());
    all.add(Metrics.BASELINE_DELAY);
    all.add(Metrics.DELAY_INFLATION);
    all.add(Metrics.BLIND);
    for (State state : states.values()) {
      all.addAll(state.metrics.all());
      all.add(state.baseline);
    }
    all.addAll(types.metrics());
    if (oneWay != null) {
      all.addAll(OneWayMeter.METRICS);
    }
    return all;
  }

  /** Someone starts sending to the target anew, counting from the start. */
  public synchronized void started(Target target) {
    state(target).tracker.restart(nanos(clock.now()));
  }

  /** All packets up to this one are sent. */
  public synchronized void sent(Target target, long seq, Instant at) {
    state(target).tracker.sent(seq, nanos(at));
  }

  /** All packets are sent that a schedule has until now. */
  public synchronized void sent(Target target, SendSchedule schedule, Instant now) {
    EchoTracker tracker = state(target).tracker;
    long last = schedule.lastSent(now);
    for (long i = Math.max(0, tracker.highest() + 1); i <= last; i++) {
      tracker.sent(i, nanos(schedule.timeOf(i)));
    }
  }

  /**
   * An answer arrived.
   *
   * @param at when; what arrived before the present window, and was read too late for its own,
   *     counts from the beginning of this one
   * @param rttNanos negative if unknown
   */
  public void replied(Target target, long seq, Instant at, long rttNanos) {
    replied(target, seq, at, rttNanos, Optional.empty());
  }

  /**
   * An answer arrived, and may tell how long it took each way.
   *
   * @param at as in {@link #replied(Target, long, Instant, long)}
   * @param rttNanos negative if unknown
   */
  public synchronized void replied(
      Target target, long seq, Instant at, long rttNanos, Optional<OneWaySample> eachWay) {
    Instant arrived = at.isBefore(from) ? from : at;
    State state = state(target);
    EchoTracker.Reply reply = state.tracker.replied(seq, nanos(arrived), rttNanos);
    long rtt = state.tracker.acceptedRtt();
    if (reply == EchoTracker.Reply.NEW && rtt >= 0) {
      DelaySample sample = new DelaySample(target.host(), arrived, Duration.ofNanos(rtt));
      if (delays.size() == MAX_DELAYS) {
        delays.removeFirst();
      }
      delays.addLast(sample);
      if (oneWay != null && eachWay.isPresent()) {
        oneWay.add(target, arrived, eachWay.get());
      }
    }
  }

  /** The network says that a packet could not be delivered. */
  public synchronized void refused(Target target, long seq, Instant at) {
    state(target).tracker.refused(seq, nanos(at));
  }

  /** The highest sequence number known to be sent; {@code Long.MIN_VALUE} before the first. */
  public synchronized long highest(Target target) {
    return state(target).tracker.highest();
  }

  /** Says whether packets are sent so seldom that their silence says little. */
  public synchronized void sparse(boolean few) {
    Instant now = clock.now();
    tracker.sparse(now, few);
    states.values().forEach(state -> state.delay.sparse(now, few));
  }

  /** Says which targets are probed from now on. */
  public synchronized void activate(List<Target> active) {
    for (State state : states.values()) {
      state.active = active.contains(state.target);
    }
  }

  /**
   * Ends the window and starts the next.
   *
   * @param health receives how each active target does
   * @param unmoved whether delay is known not to move with load
   */
  public synchronized Measurement take(List<TargetHealth> health, boolean unmoved) {
    Instant to = clock.now();
    Measurement.Builder m = Measurement.builder(from, to);
    double seconds = Duration.between(from, to).toNanos() * 1e-9;
    long now = nanos(to);
    List<DelaySample> replies = new ArrayList<>(delays);
    delays.clear();
    // The targets' answers may have been read one target after the other.
    replies.sort(Comparator.comparing(DelaySample::receivedAt));
    for (DelaySample reply : replies) {
      state(reply.target()).fresh.add(reply);
    }
    Map<Target, EchoWindow> windows = new LinkedHashMap<>();
    for (State state : states.values()) {
      state.tracker.expire(now);
      EchoWindow window = state.tracker.take();
      state.delay.update(to, state.fresh);
      state.fresh.clear();
      if (state.active || window.received() > 0) {
        windows.put(state.target, window);
      }
      if (state.active) {
        health.add(TargetHealth.of(state.target, window, state.delay, now));
      }
    }
    tracker.update(to, replies);
    List<EchoWindow> all = new ArrayList<>(windows.values());
    EchoWindow.pool(all).addTo(m, pooled, now, seconds);
    m.put(Metrics.BASELINE_DELAY, tracker.baseline());
    m.put(Metrics.DELAY_INFLATION, tracker.inflation());
    m.put(Metrics.BLIND, unmoved || tracker.blind() ? 1 : 0);
    for (Map.Entry<Target, EchoWindow> entry : windows.entrySet()) {
      State state = state(entry.getKey());
      entry.getValue().addTo(m, state.metrics, now, seconds);
      m.put(state.baseline, state.delay.baseline());
    }
    types.addTo(m, windows, now, seconds);
    if (oneWay != null) {
      oneWay.addTo(m, to);
    }
    from = to;
    return m.delays(replies).build();
  }

  private State state(Target target) {
    return state(target.host());
  }

  private State state(String host) {
    State state = states.get(host);
    if (state == null) {
      throw new IllegalArgumentException(host + " is not a target of this probe");
    }
    return state;
  }

  private long nanos(Instant time) {
    return Duration.between(epoch, time).toNanos();
  }
}
