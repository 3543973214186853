package io.github.qosrl.core.control;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides at each tick who decides: the agent, or its fallback while the agent is broken or the
 * signal is blind, and then within {@link BlindLimit}. With a broken fallback the plan in force is
 * held; with none, a blind agent stays in charge, which may need no signal. Both see every
 * observation, so that whoever takes over knows the recent past.
 */
final class Pilot {
  private static final Logger LOG = LoggerFactory.getLogger(Pilot.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  record Decision(ShapingPlan plan, boolean fallback, Duration took) {}

  private final Agent agent;
  private final @Nullable Agent fallback;
  private final SignalWatch watch;
  private final BlindLimit blindLimit = new BlindLimit();
  private final MonotonicClock clock;
  private final Consumer<LoopEvent> events;

  private boolean blind;
  private boolean relieved;
  private String failure = "";
  private Duration pause = FIRST_PAUSE;
  private @Nullable Instant agentRestsUntil;
  private boolean fallbackBroke;

  Pilot(
      Agent agent,
      @Nullable Agent fallback,
      SignalWatch watch,
      MonotonicClock clock,
      Consumer<LoopEvent> events) {
    this.agent = agent;
    this.fallback = fallback;
    this.watch = watch;
    this.clock = clock;
    this.events = events;
  }

  void reset() {
    watch.reset();
    blind = false;
    agent.reset();
    if (fallback != null) {
      fallback.reset();
    }
  }

  Decision decide(Observation observation) {
    Instant start = clock.now();
    blind = fallback != null && watch.blind(observation);
    ShapingPlan own = askAgent(observation);
    ShapingPlan other = askFallback(observation);
    boolean relieve = blind || own == null;
    tell(relieve, observation.time());
    ShapingPlan wanted = relieve ? other : own;
    ShapingPlan plan = wanted == null ? observation.plan() : wanted;
    if (blind) {
      plan = blindLimit.admit(observation, plan);
    } else {
      blindLimit.reset();
    }
    return new Decision(plan, relieve, Duration.between(start, clock.now()));
  }

  /** Lets the agent learn, unless what it would learn from was not to be believed. */
  void learn(Transition transition) {
    if (blind || agentRestsUntil != null) {
      return;
    }
    try {
      agent.learn(transition);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      rest(transition.next().time(), "failed to learn", e);
    }
  }

  private @Nullable ShapingPlan askAgent(Observation observation) {
    Instant rests = agentRestsUntil;
    try {
      if (rests != null) {
        if (observation.time().isBefore(rests)) {
          return null;
        }
        agentRestsUntil = null;
        agent.reset();
      }
      return Objects.requireNonNull(agent.act(observation), "it returned no plan");
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      rest(observation.time(), "failed", e);
      return null;
    }
  }

  private void rest(Instant now, String what, Throwable cause) {
    LOG.warn("agent {} {}; it rests for {} s", name(agent), what, pause.toSeconds(), cause);
    failure = "agent " + name(agent) + " " + what + " (" + cause + ")";
    agentRestsUntil = now.plus(pause);
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  private @Nullable ShapingPlan askFallback(Observation observation) {
    if (fallback == null) {
      return null;
    }
    try {
      ShapingPlan plan = Objects.requireNonNull(fallback.act(observation), "it returned no plan");
      fallbackBroke = false;
      return plan;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      if (!fallbackBroke) {
        LOG.warn("fallback {} failed; the plan is held", name(fallback), e);
      }
      fallbackBroke = true;
      return null;
    }
  }

  private void tell(boolean relieve, Instant now) {
    if (relieve == relieved) {
      return;
    }
    relieved = relieve;
    if (relieve) {
      String deputy = fallback == null ? "the plan is held" : name(fallback) + " takes over";
      String why = agentRestsUntil != null ? failure : watch.reason();
      events.accept(
          new LoopEvent(
              now,
              LoopEvent.Kind.FALLBACK_ENTERED,
              why + (why.endsWith("?") ? " " : "; ") + deputy));
    } else {
      String message = "agent " + name(agent) + " is in charge again";
      events.accept(new LoopEvent(now, LoopEvent.Kind.FALLBACK_LEFT, message));
    }
  }

  private static String name(Agent agent) {
    return agent.getClass().getSimpleName();
  }
}
