package io.github.qosrl.core;

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

  /** Frees what the agent holds. Repeated calls do nothing. */
  @Override
  default void close() {}
}
