package io.github.qosrl.core.control;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link ControlLoop}; {@link #build} validates. Not thread-safe. */
public final class ControlLoopBuilder {
  final Environment environment;
  final Agent agent;
  final List<LoopListener> listeners = new ArrayList<>();
  @Nullable Agent fallback;
  SafetyEnvelope envelope = SafetyEnvelope.standard();
  MonotonicClock clock = MonotonicClock.system();
  boolean learn;
  boolean shutdownHook = true;
  long maxTicks = Long.MAX_VALUE;
  long maxEpisodes = 1;
  long seed;

  ControlLoopBuilder(Environment environment, Agent agent) {
    this.environment = Objects.requireNonNull(environment);
    this.agent = Objects.requireNonNull(agent);
  }

  /** What every plan must keep to. */
  public ControlLoopBuilder envelope(SafetyEnvelope newEnvelope) {
    this.envelope = Objects.requireNonNull(newEnvelope);
    return this;
  }

  /**
   * Who decides while the agent is broken or the delay signal is blind. Without one the plan in
   * force is held while the agent is broken, and blindness is the agent's own affair.
   */
  public ControlLoopBuilder fallback(Agent newFallback) {
    this.fallback = Objects.requireNonNull(newFallback);
    return this;
  }

  /** Adds a listener. */
  public ControlLoopBuilder listener(LoopListener listener) {
    listeners.add(Objects.requireNonNull(listener));
    return this;
  }

  /** Whether the agent learns as it goes; no by default. */
  public ControlLoopBuilder learn(boolean newLearn) {
    this.learn = newLearn;
    return this;
  }

  /** The clock that decisions are timed with; the machine's by default. */
  public ControlLoopBuilder clock(MonotonicClock newClock) {
    this.clock = Objects.requireNonNull(newClock);
    return this;
  }

  /** Ends the loop after so many ticks, over all episodes; by default it goes on. */
  public ControlLoopBuilder maxTicks(long ticks) {
    this.maxTicks = ticks;
    return this;
  }

  /** Ends the loop after so many episodes; 1 by default, which a live link never ends. */
  public ControlLoopBuilder maxEpisodes(long episodes) {
    this.maxEpisodes = episodes;
    return this;
  }

  /** The seed of the first episode; each later one counts up. 0 by default. */
  public ControlLoopBuilder seed(long newSeed) {
    this.seed = newSeed;
    return this;
  }

  /**
   * Whether SIGTERM and SIGINT restore the link, by a shutdown hook of the JVM; yes by default.
   * Switch it off in a host that stops its parts itself.
   */
  public ControlLoopBuilder shutdownHook(boolean newShutdownHook) {
    this.shutdownHook = newShutdownHook;
    return this;
  }

  /**
   * The loop.
   *
   * @throws IllegalArgumentException if a setting is out of range; lists all of it
   */
  public ControlLoop build() {
    List<String> problems = new ArrayList<>();
    if (maxTicks < 1) {
      problems.add("at most " + maxTicks + " ticks; accepted: at least 1");
    }
    if (maxEpisodes < 1) {
      problems.add("at most " + maxEpisodes + " episodes; accepted: at least 1");
    }
    if (fallback == agent) {
      problems.add("the agent cannot be its own fallback");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("control loop: " + String.join("; ", problems));
    }
    return new ControlLoop(this);
  }
}
