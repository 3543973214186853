package io.github.qosrl.core.control;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.reward.UtilityReward;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link LinkEnvironment}; {@link #build} validates. Not thread-safe. */
public final class LinkEnvironmentBuilder {
  private static final Duration SHORTEST = Duration.ofMillis(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final Duration SHORTEST_IDLE = Duration.ofSeconds(1);

  private record Line(Probe probe, Duration period) {}

  private final List<Line> lines = new ArrayList<>();
  private @Nullable Shaper shaper;
  private @Nullable Function<Probe, Executor> executors;
  Reward reward = UtilityReward.standard();
  Duration interval = Duration.ofMillis(100);
  MonotonicClock clock = MonotonicClock.system();
  ShapingPlan initialPlan = ShapingPlan.UNLIMITED;
  long episodeTicks = Long.MAX_VALUE;
  Duration idleAfter = Duration.ofMinutes(1);

  LinkEnvironmentBuilder() {}

  /** What enforces the plans. Required; the environment closes it. */
  public LinkEnvironmentBuilder shaper(Shaper newShaper) {
    this.shaper = Objects.requireNonNull(newShaper);
    return this;
  }

  /**
   * A probe to read at every tick: a continuous one. Where two probes report the same metric, the
   * one that was added first speaks. The environment closes it.
   */
  public LinkEnvironmentBuilder probe(Probe probe) {
    return probe(probe, Duration.ZERO);
  }

  /**
   * A probe to measure in the background.
   *
   * @param period time from one start to the next, and the probe's timeout if at least 1 s; zero
   *     for every tick
   */
  public LinkEnvironmentBuilder probe(Probe probe, Duration period) {
    lines.add(new Line(Objects.requireNonNull(probe), period));
    return this;
  }

  /** How good a tick was. {@link UtilityReward#standard()} by default. */
  public LinkEnvironmentBuilder reward(Reward newReward) {
    this.reward = Objects.requireNonNull(newReward);
    return this;
  }

  /** Time between two ticks, 5 ms to 1 h; 100 ms by default. */
  public LinkEnvironmentBuilder interval(Duration newInterval) {
    this.interval = newInterval;
    return this;
  }

  /** The clock; the machine's by default. */
  public LinkEnvironmentBuilder clock(MonotonicClock newClock) {
    this.clock = Objects.requireNonNull(newClock);
    return this;
  }

  /** The plan to start from; by default the link is left alone until the agent's first action. */
  public LinkEnvironmentBuilder initialPlan(ShapingPlan plan) {
    this.initialPlan = Objects.requireNonNull(plan);
    return this;
  }

  /** Cuts episodes off ({@code truncated}) after so many ticks; by default they never end. */
  public LinkEnvironmentBuilder episodeTicks(long newTicks) {
    this.episodeTicks = newTicks;
    return this;
  }

  /**
   * How long hardly anything must have passed before the link is probed slowly, 1 s or more; zero
   * to probe it at the full rate always. One minute by default.
   */
  public LinkEnvironmentBuilder idleAfter(Duration time) {
    this.idleAfter = Objects.requireNonNull(time);
    return this;
  }

  /** Where each probe runs, for tests. */
  LinkEnvironmentBuilder executors(Function<Probe, Executor> newExecutors) {
    this.executors = newExecutors;
    return this;
  }

  static boolean accepts(Duration interval) {
    return interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0;
  }

  ProbePanel panel() {
    ProbePanel panel = new ProbePanel(clock, executors);
    lines.forEach(line -> panel.add(line.probe(), line.period(), interval));
    return panel;
  }

  /**
   * The environment. Nothing is started or changed before its first {@code reset}.
   *
   * @throws IllegalArgumentException if something is missing or out of range; lists all of it
   */
  public LinkEnvironment build() {
    List<String> problems = new ArrayList<>();
    if (shaper == null) {
      problems.add("a shaper is missing");
    }
    if (!accepts(interval)) {
      problems.add("interval " + interval + " is out of range: 5 ms to 1 h");
    }
    if (episodeTicks < 1) {
      problems.add("episode of " + episodeTicks + " ticks; accepted: at least 1");
    }
    if (!idleAfter.isZero() && idleAfter.compareTo(SHORTEST_IDLE) < 0) {
      problems.add("idle after " + idleAfter + " is out of range: 1 s or more, or zero for never");
    }
    for (Line line : lines) {
      if (line.period().isNegative()) {
        problems.add("period " + line.period() + " of a probe is negative");
      }
    }
    if (shaper == null || !problems.isEmpty()) {
      throw new IllegalArgumentException("live link: " + String.join("; ", problems));
    }
    return new LinkEnvironment(this, shaper);
  }
}
