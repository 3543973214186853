package io.github.qosrl.core.sim;

import io.github.qosrl.core.Environment;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import java.time.Instant;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A link with no kernel, in virtual time: deep buffers at the bottleneck, our shaper, TCP flows
 * that fill them, probes that wait in them.
 *
 * <p>Reports the metrics of a live link, so that an agent cannot tell the two apart: what probes
 * see, what the interface counts, what the shaper holds. What really goes on is told apart from
 * that, by {@link #truth} and {@link #score}. Equal scenarios and seeds give equal episodes. An
 * episode is truncated after the scenario's duration and never terminates before.
 *
 * <p>Not thread-safe.
 */
public final class SimulatedLink implements Environment {
  private final LongFunction<Scenario> scenarios;
  private @Nullable Episode episode;
  private volatile boolean closed;

  /** A link that plays one scenario. */
  public SimulatedLink(Scenario scenario) {
    this(seed -> scenario);
  }

  /**
   * A link that plays another scenario in each episode.
   *
   * @param scenarios gives the scenario of an episode by the seed of its {@link #reset}
   */
  public SimulatedLink(LongFunction<Scenario> scenarios) {
    this.scenarios = scenarios;
  }

  @Override
  public Observation reset(long seed) throws InterruptedException {
    requireOpen();
    heedInterrupt();
    Episode started = new Episode(scenarios.apply(seed), seed);
    episode = started;
    return started.begin();
  }

  @Override
  public Step step(ShapingPlan action) throws InterruptedException {
    requireOpen();
    heedInterrupt();
    return running().step(action);
  }

  /**
   * What really went on in the last tick.
   *
   * @throws IllegalStateException before the first {@link #reset}
   */
  public LinkTruth truth() {
    return running().truth();
  }

  /**
   * How the link was used since the last {@link #reset}, by probes of its own: one every 100 ms,
   * from behind our shaper.
   *
   * @throws IllegalStateException before the first {@link #reset}
   */
  public LinkScore score() {
    return running().score();
  }

  /**
   * The scenario of the present episode.
   *
   * @throws IllegalStateException before the first {@link #reset}
   */
  public Scenario scenario() {
    return running().scenario();
  }

  /** Virtual time: it moves as ticks pass, and never because somebody waits for it. */
  public MonotonicClock clock() {
    return new MonotonicClock() {
      @Override
      public Instant now() {
        Episode present = episode;
        return present == null ? Instant.EPOCH : present.now();
      }

      @Override
      public void sleepUntil(Instant moment) {}
    };
  }

  /** Ends the link; there is nothing to restore. */
  @Override
  public void close() {
    closed = true;
  }

  private static void heedInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted between two simulated ticks");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the simulated link is closed");
    }
  }

  private Episode running() {
    if (episode == null) {
      throw new IllegalStateException("the simulated link was not reset yet");
    }
    return episode;
  }
}
