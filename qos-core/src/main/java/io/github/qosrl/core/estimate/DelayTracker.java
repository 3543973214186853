package io.github.qosrl.core.estimate;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Follows the delay of a path from the single replies of several targets: its baseline, its
 * inflation over that, and whether the signal is blind. All times in seconds.
 *
 * <p><b>Baseline</b>, for each target: the smallest round-trip time of the last 60 s. It falls at
 * once. It rises when the minimum leaves that window, or sooner after a change of route: a step of
 * at most 100 ms that then stands still (minima of successive seconds within 1 to 3 ms) is taken
 * for the new baseline after 4 to 5 s, given at least one reply a second. A queue does not stand
 * still.
 *
 * <p><b>Inflation</b>: each target's newest reply minus that target's baseline, and of those the
 * (lower) median over the targets that replied since the last update, or over the three heard most
 * recently if fewer did. So one bad reflector among three, or one of two, does not matter. Replies
 * count when they arrive, however late. Silence counts too: replies that are overdue by more than
 * four usual gaps (more than four losses in a row) mean a delay of at least that, unless replies
 * are {@linkplain #sparse known to be few}.
 *
 * <p><b>Blind</b>: no reply for 3 s, none yet, or for seconds most targets have contradicted each
 * other.
 *
 * <p>Not thread-safe. Steady updates allocate nothing.
 */
public final class DelayTracker {
  /** Silence after which the signal is blind. */
  public static final Duration BLIND_AFTER = Duration.ofSeconds(3);

  private static final int POOLED = 3;
  private static final int LOSSES_IN_A_ROW = 4;
  private static final double LONGEST_GAP = 1;
  private static final double GAP_WEIGHT = 1.0 / 16;

  /** Targets agree if they are this close to the median, or within half of it. */
  private static final double AGREEMENT = 0.015;

  /** Time constant with which agreement is judged, in seconds. */
  private static final double AGREEMENT_MEMORY = 5;

  private static final double NANO = 1e-9;
  private static final long BLIND_AFTER_NANOS = BLIND_AFTER.toNanos();
  private static final long SETTLING_NANOS = 1_000_000_000L;

  private final Map<String, TargetDelay> byTarget = new HashMap<>();
  private final List<TargetDelay> targets = new ArrayList<>();
  private double[] scratch = new double[8];
  private long now = Long.MIN_VALUE;
  private long lastReply = Long.MIN_VALUE;
  private double gap = Double.NaN;
  private boolean sparse;
  private long denseFrom = Long.MIN_VALUE;
  private double agreement = 1;
  private double pooled = Double.NaN;
  private double least = Double.NaN;

  /** Forgets everything. */
  public void reset() {
    byTarget.clear();
    targets.clear();
    now = Long.MIN_VALUE;
    lastReply = Long.MIN_VALUE;
    gap = Double.NaN;
    sparse = false;
    denseFrom = Long.MIN_VALUE;
    agreement = 1;
    pooled = Double.NaN;
  }

  /**
   * Says whether from now on replies are few because few packets are sent, about one a second:
   * their silence then means no delay, until it means blindness. What gap is usual stays what it
   * was, and counts again a second after the end of that: so long may the first reply take.
   */
  public void sparse(Instant time, boolean few) {
    if (sparse && !few) {
      denseFrom = nanos(time);
    }
    sparse = few;
  }

  /**
   * Takes in what happened since the last update.
   *
   * @param time the present moment, not before that of the last update
   * @param replies the replies that arrived since; one that is dated in the future or more than a
   *     minute ago (its probe has another clock) counts as arriving now
   */
  public void update(Instant time, List<DelaySample> replies) {
    long before = now;
    now = nanos(time);
    least = Double.NaN;
    for (int i = 0; i < replies.size(); i++) {
      add(replies.get(i));
    }
    if (replies.isEmpty()) {
      return;
    }
    pool(before);
    if (before != Long.MIN_VALUE) {
      judgeAgreement((now - before) * NANO);
    }
  }

  /** The median of the targets' baselines; empty before the first reply. */
  public OptionalDouble baseline() {
    int n = 0;
    for (int i = 0; i < targets.size(); i++) {
      TargetDelay target = targets.get(i);
      if (now - target.newestAt() <= BLIND_AFTER_NANOS) {
        n = collect(n, target.baseline());
      }
    }
    return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(lowerMedian(n));
  }

  /** The present inflation; empty while no reply is recent enough to tell. Never negative. */
  public OptionalDouble inflation() {
    if (silent()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(pooled + Math.max(0, overdue()));
  }

  private double overdue() {
    if (Double.isNaN(gap) || sparse || now < denseFrom + SETTLING_NANOS) {
      return 0;
    }
    return (now - lastReply) * NANO - LOSSES_IN_A_ROW * Math.max(gap, 0);
  }

  /** The smallest inflation of the replies of the last update; empty if there were none. */
  OptionalDouble leastInflation() {
    return Double.isNaN(least) ? OptionalDouble.empty() : OptionalDouble.of(least);
  }

  /** Whether the delay signal says nothing about the link at present. */
  public boolean blind() {
    return silent() || contradictory();
  }

  /** Whether most targets have contradicted each other over the last seconds. */
  public boolean contradictory() {
    return agreement < 0.5;
  }

  /**
   * Adds what is known to a measurement: {@link Metrics#BASELINE_DELAY}, {@link
   * Metrics#DELAY_INFLATION} and {@link Metrics#BLIND}.
   *
   * @return the same builder
   */
  public Measurement.Builder addTo(Measurement.Builder measurement) {
    return measurement
        .put(Metrics.BASELINE_DELAY, baseline())
        .put(Metrics.DELAY_INFLATION, inflation())
        .put(Metrics.BLIND, blind() ? 1 : 0);
  }

  private void add(DelaySample reply) {
    long at = nanos(reply.receivedAt());
    if (at > now || now - at > 60_000_000_000L) {
      at = now;
    }
    TargetDelay target = byTarget.get(reply.target());
    if (target == null) {
      target = new TargetDelay();
      byTarget.put(reply.target(), target);
      targets.add(target);
    }
    double rtt = reply.rtt().toNanos() * NANO;
    target.add(at, rtt);
    double inflation = rtt - target.baseline();
    least = inflation >= least ? least : inflation;
    if (lastReply != Long.MIN_VALUE && lastReply >= denseFrom && !sparse) {
      double since = Math.min(LONGEST_GAP, Math.max(0, at - lastReply) * NANO);
      gap = Double.isNaN(gap) ? since : gap + GAP_WEIGHT * (since - gap);
    }
    lastReply = Math.max(lastReply, at);
  }

  private boolean silent() {
    return Double.isNaN(pooled) || now - lastReply > BLIND_AFTER_NANOS;
  }

  private void pool(long before) {
    int n = 0;
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).newestAt() > before) {
        n = collect(n, targets.get(i).inflation());
      }
    }
    if (n < POOLED) {
      n = collectMostRecent();
    }
    if (n > 0) {
      pooled = lowerMedian(n);
    }
  }

  /** The newest replies of the targets heard most recently, at most {@link #POOLED}. */
  private int collectMostRecent() {
    int n = 0;
    long bound = Long.MAX_VALUE;
    while (n < POOLED) {
      long next = Long.MIN_VALUE;
      for (int i = 0; i < targets.size(); i++) {
        long at = targets.get(i).newestAt();
        if (at < bound && at > next) {
          next = at;
        }
      }
      if (next == Long.MIN_VALUE || now - next > BLIND_AFTER_NANOS) {
        break;
      }
      for (int i = 0; i < targets.size() && n < POOLED; i++) {
        if (targets.get(i).newestAt() == next) {
          n = collect(n, targets.get(i).inflation());
        }
      }
      bound = next;
    }
    return n;
  }

  private void judgeAgreement(double elapsed) {
    int live = 0;
    int agreeing = 0;
    for (int i = 0; i < targets.size(); i++) {
      TargetDelay target = targets.get(i);
      if (now - target.newestAt() <= BLIND_AFTER_NANOS) {
        live++;
        double distance = Math.abs(target.inflation() - pooled);
        agreeing += distance <= Math.max(AGREEMENT, 0.5 * pooled) ? 1 : 0;
      }
    }
    if (live > 0) {
      double share = (double) agreeing / live;
      agreement += (1 - Math.exp(-elapsed / AGREEMENT_MEMORY)) * (share - agreement);
    }
  }

  private int collect(int n, double value) {
    if (n == scratch.length) {
      scratch = Arrays.copyOf(scratch, 2 * n);
    }
    scratch[n] = value;
    return n + 1;
  }

  private double lowerMedian(int n) {
    Arrays.sort(scratch, 0, n);
    return scratch[(n - 1) / 2];
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
