package io.github.qosrl.core.control;

import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.estimate.LinkEstimator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live link: probes that measure it, a shaper that enforces, a reward, and a rhythm.
 *
 * <pre>{@code
 * Environment link =
 *     LinkEnvironment.builder()
 *         .shaper(shaper)
 *         .probe(ping)
 *         .probe(counters)
 *         .probe(iperf3, Duration.ofMinutes(10))
 *         .interval(Duration.ofMillis(100))
 *         .build();
 * }</pre>
 *
 * <p><b>Rhythm.</b> {@link #step} puts the plan in force, waits for the next tick of a fixed grid
 * and observes. A tick that comes late (by half an interval or more) is reported as {@link
 * LoopEvent.Kind#LATE}, and ticks that were missed, by a suspended machine say, are left out.
 *
 * <p><b>Probes</b> that {@linkplain Probe#isImmediate answer at once} are measured on the thread of
 * the loop, the others on daemon threads of their own. Those without a period are asked at every
 * tick and get a grace of at most a quarter of an interval; those with one are asked in the
 * background. What has not arrived by then is represented by the probe's previous measurement,
 * which is older and no longer carries its single replies; when it arrives, the next tick sees it.
 * While a probe fails its metrics are absent: told once, as is its recovery.
 *
 * <p><b>Idle links.</b> When hardly anything has passed for a minute, probes go over to the pace
 * {@link Pace#IDLE}, and back in the tick that sees traffic, or no reply for seconds; {@link
 * LoopEvent.Kind#LINK_IDLE} and {@link LoopEvent.Kind#LINK_ACTIVE} tell of it. Throughput is
 * measured at every tick all the same, and the ticks, the agent and the plan in force know nothing
 * of it.
 *
 * <p><b>Derived metrics.</b> The observation's first measurement holds {@link
 * Metrics#BASELINE_DELAY}, {@link Metrics#DELAY_INFLATION} and {@link Metrics#BLIND}, which a
 * {@link LinkEstimator} derives beside the {@link LinkState}.
 *
 * <p><b>Shaper.</b> If the first plan cannot be put in force, {@code reset} or {@code step} throws.
 * A later failure is held out: the newest plan is tried again every second, the observation shows
 * the plan that is in force, and {@link LoopEvent.Kind#LINK_LOST} or {@link
 * LoopEvent.Kind#SHAPER_FAILED}, then {@link LoopEvent.Kind#LINK_RESTORED} tell of it.
 *
 * <p>The environment owns its probes and its shaper: {@link #close} closes them, the shaper first.
 * One thread drives it; {@code close} may come from any thread.
 */
public final class LinkEnvironment implements Environment, EventSource {
  private static final Duration LATE_SILENCE = Duration.ofSeconds(10);

  private final MonotonicClock clock;
  private final Duration interval;
  private final Duration grace;
  private final ShapingPlan initialPlan;
  private final Reward reward;
  private final Shaper shaper;
  private final Enforcement enforcement;
  private final ProbePanel probes;
  private final long episodeTicks;
  private final LinkEstimator estimator = new LinkEstimator();
  private final IdleWatch idleWatch;

  private Pace pace = Pace.FULL;
  private Consumer<LoopEvent> events = event -> {};
  private @Nullable TickGrid grid;
  private @Nullable Observation last;
  private @Nullable Instant lateToldAt;
  private EchoSight toldSight = EchoSight.SEES;
  private long ticks;
  private boolean over;
  private volatile boolean closed;
  private boolean released;

  LinkEnvironment(LinkEnvironmentBuilder builder, Shaper shaper) {
    this.clock = builder.clock;
    this.interval = builder.interval;
    this.grace = interval.dividedBy(4);
    this.initialPlan = builder.initialPlan;
    this.reward = builder.reward;
    this.shaper = shaper;
    this.enforcement = new Enforcement(shaper, clock);
    this.probes = builder.panel();
    this.episodeTicks = builder.episodeTicks;
    this.idleWatch = new IdleWatch(builder.idleAfter);
  }

  /** Starts with nothing but defaults: a shaper is needed. */
  public static LinkEnvironmentBuilder builder() {
    return new LinkEnvironmentBuilder();
  }

  /** Time between two ticks. */
  public Duration interval() {
    return interval;
  }

  @Override
  public void events(Consumer<LoopEvent> sink) {
    this.events = sink;
    if (shaper instanceof EventSource source) {
      source.events(sink);
    }
  }

  /**
   * Starts an episode. The first one puts the initial plan in force; a live link cannot be rewound,
   * so later ones go on from the plan that is in force.
   *
   * @param seed ignored
   */
  @Override
  public Observation reset(long seed) throws QosException, InterruptedException {
    requireOpen();
    if (last == null && !initialPlan.equals(ShapingPlan.UNLIMITED)) {
      enforcement.apply(initialPlan, events);
    }
    ticks = 0;
    over = false;
    Observation first = observe(interval);
    grid = new TickGrid(clock, interval);
    return first;
  }

  @Override
  public Step step(ShapingPlan action) throws QosException, InterruptedException {
    requireOpen();
    Observation before = last;
    TickGrid rhythm = grid;
    if (before == null || rhythm == null || over) {
      throw new IllegalStateException(
          over ? "the episode is over; reset the environment" : "reset the environment first");
    }
    enforcement.apply(action, events);
    reportLate(rhythm.await());
    requireOpen();
    Observation after = observe(grace);
    adaptPace(after);
    over = ++ticks == episodeTicks;
    return new Step(after, reward.of(before, after.plan(), after), false, over);
  }

  /** Ticks keep their interval, which agents rely on; only the probes slow down. */
  private void adaptPace(Observation seen) {
    Pace suited = idleWatch.idles(seen) ? Pace.IDLE : Pace.FULL;
    if (suited == pace) {
      return;
    }
    pace = suited;
    probes.pace(suited);
    boolean idle = suited == Pace.IDLE;
    estimator.pace(seen.time(), suited);
    events.accept(
        new LoopEvent(
            seen.time(),
            idle ? LoopEvent.Kind.LINK_IDLE : LoopEvent.Kind.LINK_ACTIVE,
            idle
                ? "hardly anything has passed for a while: probing slowly until something does"
                : "traffic passes, or no reply comes: probing at the full rate"));
  }

  private Observation observe(Duration grace) throws InterruptedException {
    List<Measurement> measured = probes.read(grace, events);
    Instant now = clock.now();
    ShapingPlan inForce = enforcement.current();
    LinkState state = estimator.update(now, measured, inForce);
    reportSight(now, state.echoes());
    List<Measurement> all = new ArrayList<>(measured.size() + 1);
    Instant from = last == null ? now : last.time();
    all.add(estimator.addTo(Measurement.builder(from, now)).build());
    all.addAll(measured);
    last = new Observation(now, all, inForce, state);
    return last;
  }

  private void reportSight(Instant now, EchoSight sight) {
    boolean blind = sight == EchoSight.BLIND;
    if (blind != (toldSight == EchoSight.BLIND) && (blind || sight == EchoSight.SEES)) {
      toldSight = sight;
      String message =
          blind
              ? "the targets' replies do not wait where the users' packets wait: from now on these"
                  + " alone tell of the queue"
              : "the targets' replies show the users' queue again";
      events.accept(new LoopEvent(now, LoopEvent.Kind.SIGNAL_CHANGED, message));
    }
  }

  private void reportLate(Duration late) {
    if (late.plus(late).compareTo(interval) < 0) {
      return;
    }
    Instant now = clock.now();
    if (lateToldAt == null || !now.isBefore(lateToldAt.plus(LATE_SILENCE))) {
      lateToldAt = now;
      events.accept(
          new LoopEvent(
              now,
              LoopEvent.Kind.LATE,
              "a tick came %d ms late: the machine is overloaded or was suspended"
                  .formatted(late.toMillis())));
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the environment is closed");
    }
  }

  /** Restores the link, then ends the probes. A second call waits for the first. */
  @Override
  public void close() throws ShaperException {
    closed = true;
    synchronized (probes) {
      if (released) {
        return;
      }
      released = true;
      try {
        shaper.close();
      } finally {
        probes.close();
      }
    }
  }
}
