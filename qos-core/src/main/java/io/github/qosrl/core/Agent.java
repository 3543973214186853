package io.github.qosrl.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides, and may learn from what came of it.
 *
 * <p>Not thread-safe: one thread drives it. Neither method blocks: both are called within a control
 * tick.
 */
public interface Agent extends AutoCloseable {

  /**
   * The plan to put in force next.
   *
   * @param observation what is seen at this tick
   */
  ShapingPlan act(Observation observation);

  /** Learns from one experience. An agent that does not learn ignores it. */
  default void learn(Transition transition) {}

  /**
   * Forgets the history of the episode (past observations, tracked baselines), but nothing that was
   * learned. Called before each episode.
   */
  default void reset() {}

  /**
   * The time between two decisions that this agent is made for, such as the one that a policy was
   * trained at; empty if any will do. Whoever sets no interval of their own should follow it.
   */
  default Optional<Duration> preferredInterval() {
    return Optional.empty();
  }

  /** Frees what the agent holds. Repeated calls do nothing. */
  @Override
  default void close() {}
}
